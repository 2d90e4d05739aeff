// SPDX-License-Identifier: Apache-2.0
// The sentences of enum rc; see rc.h.
#include "base/rc.h"

const char *rc_text(enum rc rc)
{
    switch (rc) {
#define RC_CASE(name, text)                                                                        \
    case name:                                                                                     \
        return text;
        RC_LIST(RC_CASE)
#undef RC_CASE
    }
    return "unknown result";
}
