// SPDX-License-Identifier: Apache-2.0
// The hash against figures that its authors give.
#include "base/hash.h"

#include "base/tap.h"

int main(void)
{
    ok(hash_text(HASH_START, "") == UINT64_C(0xcbf29ce484222325), "of nothing");
    ok(hash_text(HASH_START, "a") == UINT64_C(0xaf63dc4c8601ec8c), "of a letter");
    ok(hash_text(HASH_START, "foobar") == UINT64_C(0x85944171f73967e8), "of a word");
    ok(hash_text(hash_text(HASH_START, "foo"), "bar") == hash_text(HASH_START, "foobar"),
       "in two pieces");
    ok(hash_bytes(HASH_START, "a\0b", 3) != hash_text(HASH_START, "a"), "of each byte, also of 0");
    return tap_done();
}
