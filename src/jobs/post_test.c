// SPDX-License-Identifier: Apache-2.0
// Holds post to what its header promises about addresses; tests/webhook_client.py sends.
#include "jobs/post.h"

#include "base/tap.h"

static void try_addresses(void)
{
    static const struct {
        const char *address;
        bool is_public;
    } rows[] = {
        {"8.8.8.8",              true },
        {"0.0.0.0",              false},
        {"10.0.0.1",             false},
        {"100.64.0.1",           false},
        {"100.128.0.1",          true },
        {"127.0.0.1",            false},
        {"127.255.255.255",      false},
        {"169.254.169.254",      false},
        {"172.15.0.1",           true },
        {"172.16.0.1",           false},
        {"172.31.255.255",       false},
        {"172.32.0.1",           true },
        {"192.0.0.8",            false},
        {"192.0.2.1",            false},
        {"192.88.99.1",          false},
        {"192.168.1.1",          false},
        {"192.169.0.1",          true },
        {"198.18.0.1",           false},
        {"198.19.255.255",       false},
        {"198.51.100.7",         false},
        {"203.0.113.9",          false},
        {"224.0.0.1",            false},
        {"255.255.255.255",      false},
        {"::",                   false},
        {"::1",                  false},
        {"::ffff:127.0.0.1",     false},
        {"::ffff:8.8.8.8",       true },
        {"64:ff9b::7f00:1",      false},
        {"fc00::1",              false},
        {"fe80::1",              false},
        {"ff02::1",              false},
        {"2001::1",              false},
        {"2001:db8::1",          false},
        {"2002:7f00:1::",        false},
        {"3fff:0:1::",           false},
        {"2606:4700:4700::1111", true },
        {"example.org",          false},
        {"",                     false},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        ok(post_is_public(rows[k].address) == rows[k].is_public, "%s is %spublic", rows[k].address,
           rows[k].is_public ? "" : "not ");
}

static void try_links(void)
{
    static const struct {
        const char *url;
        bool may;
        bool may_here; // where this machine itself is allowed
    } rows[] = {
        {"https://example.org/hook",        true,  true },
        {"https://example.org:8443/h?a=b",  true,  true },
        {"https://8.8.8.8/",                true,  true },
        {"http://example.org/hook",         false, false},
        {"ftp://example.org/hook",          false, false},
        {"file:///etc/passwd",              false, false},
        {"https://user@example.org/",       false, false},
        {"https://user:word@example.org/",  false, false},
        {"https://example.org/#part",       false, false},
        {"https://example.org/a b",         false, false},
        {"https://example.org/\r\nHost: x", false, false},
        {"https://intranet/hook",           false, false},
        {"https://10.0.0.1/hook",           false, false},
        {"https://169.254.169.254/latest",  false, false},
        {"https://2130706433/",             false, true },
        {"https://0x7f.1/",                 false, true },
        {"https://[::1]/",                  false, true },
        {"https://[::ffff:10.0.0.1]/",      false, false},
        {"http://127.0.0.1:9000/hook",      false, true },
        {"http://localhost:9000/hook",      false, true },
        {"http://[::1]:9000/hook",          false, true },
        {"http://10.0.0.1/hook",            false, false},
        {"example",                         false, false},
        {"",                                false, false},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        ok(post_may_go(rows[k].url, false) == rows[k].may, "may go: %s", rows[k].url);
        ok(post_may_go(rows[k].url, true) == rows[k].may_here, "with this machine: %s",
           rows[k].url);
    }
}

int main(void)
{
    static const char *const headers[] = {"content-type: application/json", NULL};
    struct post post = {"https://10.1.2.3/hook", headers, "{}", false};
    struct post_answer answer = {POST_BROKEN, 7};
    try_addresses();
    try_links();
    is_int(post_send(&post, &answer), RC_OK, "what may not go is answered at once");
    ok(answer.fault == POST_FORBIDDEN && answer.status == 0, "as forbidden");
    post.url = "https://localhost.localdomain.:1/"; // a name with a dot, for this machine or nobody
    is_int(post_send(&post, &answer), RC_OK, "a name is looked at when it is connected");
    ok(answer.fault == POST_FORBIDDEN || answer.fault == POST_NO_NAME, "and not asked (%d)",
       (int)answer.fault);
    return tap_done();
}
