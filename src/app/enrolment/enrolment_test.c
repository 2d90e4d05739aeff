// SPDX-License-Identifier: Apache-2.0
//
// What two lists of answers have in common.
#include "app/enrolment/enrolment.h"

#include "base/tap.h"

int main(void)
{
    is_uint(enrolment_common("", "data "), 0, "nothing in common with nothing");
    is_uint(enrolment_common("data security ", "security ux data "), 2,
            "two in common, in any order");
    is_uint(enrolment_common("data ", "database "), 0, "a beginning is not the word");
    is_uint(enrolment_common("database ", "data "), 0, "nor the other way round");
    is_str(enrolment_state_label("approved"), "accepted", "a state in words");
    return tap_done();
}
