// SPDX-License-Identifier: Apache-2.0
// Holds the kinds of questions, and when one is asked, to what bank.h promises.
#include "app/bank/bank.h"

#include "base/tap.h"

static void test_moments(void)
{
    const struct bank_question q = {.moments = "pulse end "};
    ok(bank_asks(&q, BANK_PULSE) && bank_asks(&q, BANK_END), "the moments that it names");
    ok(!bank_asks(&q, BANK_MID) && !bank_asks(&q, BANK_LATER), "and no others");
    ok(!bank_asks(&q, "pul") && !bank_asks(&q, "pulses"), "by whole words");
    const struct bank_question none = {.moments = ""};
    ok(!bank_asks(&none, BANK_PULSE), "none, when it names none");
}

static void test_kinds(void)
{
    size_t count = 0;
    for (const struct field_option *one = bank_kind_options; one->value != NULL; one++, count++) {
        const struct bank_kind *kind = bank_kind_find(one->value);
        ok(kind != NULL && one->label[0] != '\0', "%s is a kind with words", one->value);
        bool chooses = kind != NULL && kind->field == FIELD_ONE;
        ok(kind != NULL && chooses == (kind->options != NULL) &&
               chooses == (kind->counts != BANK_READ),
           "%s: what is chosen is counted, what is written is read", one->value);
    }
    ok(count >= 4, "there are some");
    ok(bank_kind_find("nothing") == NULL, "what is no kind is found to be none");
}

static void test_said(void)
{
    ok(!bank_is_said(&(struct bank_said){0, ""}), "nothing is said");
    ok(bank_is_said(&(struct bank_said){2, ""}) && bank_is_said(&(struct bank_said){0, "x"}),
       "a number or words are");
}

int main(void)
{
    test_moments();
    test_kinds();
    test_said();
    return tap_done();
}
