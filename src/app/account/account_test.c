// SPDX-License-Identifier: Apache-2.0
// By which network failed sign-ins are counted.
#include "base/tap.h"

#include "app/account/account_store.h"

int main(void)
{
    static const char *const rows[][2] = {
        {"192.0.2.17",      "net 192.0.2"   },
        {"10.1.2.3",        "net 10.1.2"    },
        {"127.0.0.1",       ""              },
        {"::1",             ""              },
        {"",                ""              },
        {"2001:db8:1:2::3", "net 2001:db8:1"},
        {"fe80::1",         "net fe80::1"   },
    };
    struct arena arena;
    arena_open(&arena, 1 << 16);
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        is_str(failure_network(&arena, text_of(rows[k][0])), rows[k][1], "%s", rows[k][0]);
    arena_close(&arena);
    return tap_done();
}
