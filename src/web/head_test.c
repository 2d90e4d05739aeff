// SPDX-License-Identifier: Apache-2.0
// Holds head.h to what it promises: cookies by their name alone, and whom a proxy is believed of.
#include "web/head.h"

#include <string.h>

#include "base/tap.h"

static const struct cookie_row {
    const char *header;
    const char *value; // NULL: none
} cookies[] = {
    {"a=1",              "1"  },
    {"b=2; a=1",         "1"  },
    {"b=2;a=1",          "1"  },
    {"a=1; a=2",         "1"  },
    {"aa=2",             NULL },
    {"A=2",              NULL },
    {"xa=2; a =3",       NULL },
    {"a",                NULL },
    {"",                 NULL },
    {";;; a=x=y ;",      "x=y"},
    {"b=\"; a=1\"; c=3", "1\""},
};

static const struct client_row {
    const char *peer;
    const char *forwarded;
    const char *client;
} clients[] = {
    {"192.0.2.1", "203.0.113.9",                    "192.0.2.1"  },
    {"127.0.0.1", "",                               "127.0.0.1"  },
    {"127.0.0.1", "203.0.113.9",                    "203.0.113.9"},
    {"127.0.0.1", "198.51.100.1, 203.0.113.9",      "203.0.113.9"},
    {"127.0.0.1", "198.51.100.1, 203.0.113.9, ::1", "203.0.113.9"},
    {"::1",       "2001:db8::7",                    "2001:db8::7"},
    {"127.0.0.1", "127.0.0.1, ::1",                 "127.0.0.1"  },
    {"127.0.0.1", "203.0.113.9, someone",           "127.0.0.1"  },
    {"127.0.0.1", "203.0.113.9,",                   "127.0.0.1"  },
    {"127.0.0.1", "203.0.113.9:443, 1",             "127.0.0.1"  },
    {"127.0.0.1", "'; DROP TABLE person; --",       "127.0.0.1"  },
};

int main(void)
{
    for (size_t k = 0; k < sizeof cookies / sizeof cookies[0]; k++) {
        struct text got = head_cookie(text_of(cookies[k].header), "a");
        ok(cookies[k].value == NULL ? got.length == 0 : text_equal(got, text_of(cookies[k].value)),
           "a cookie of %s", cookies[k].header);
    }
    for (size_t k = 0; k < sizeof clients / sizeof clients[0]; k++) {
        const struct client_row *row = &clients[k];
        struct text got =
            head_client("127.0.0.1, ::1", text_of(row->peer), text_of(row->forwarded));
        ok(text_equal(got, text_of(row->client)), "%s says %s", row->peer, row->forwarded);
        ok(text_equal(head_client(NULL, text_of(row->peer), text_of(row->forwarded)),
                      text_of(row->peer)),
           "without a proxy of ours it is the peer");
    }
    return tap_done();
}
