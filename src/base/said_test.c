// SPDX-License-Identifier: Apache-2.0
// Holds sentences to their words and values.
#include "base/said.h"

#include "base/tap.h"

__attribute__((format(printf, 3, 4))) static struct said *
say(struct arena *arena, struct said *then, const char *format, ...)
{
    struct said *said = NULL;
    va_list arguments;
    va_start(arguments, format);
    enum rc rc = said_print(arena, then, format, arguments, &said);
    va_end(arguments);
    return rc == RC_OK ? said : NULL;
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 1 << 20);
    struct said *plain = say(&arena, NULL, "nothing %s", "more");
    is_str(plain->text, "nothing {0}", "a place");
    is_str(plain->values[0], "more", "its value");
    const struct said *one =
        say(&arena, plain, "%.3s of %u, %d and %zu", "abcdef", 7u, -1, (size_t)9);
    is_str(one->text, "{0} of {1}, {2} and {3}", "four places");
    is_str(one->values[0], "abc", "a precision");
    is_str(said_text(&arena, one), "abc of 7, -1 and 9; nothing more", "all of it");
    one = say(&arena, NULL, "%.*s", 2, "xyz");
    is_str(one->values[0], "xy", "a precision that is given");
    struct said *copy = NULL;
    is_int(said_copy(&arena, one, plain, &copy), RC_OK, "a copy");
    is_str(said_text(&arena, copy), "xy; nothing more", "with an end of its own");
    ok(one->then == NULL, "the old one stays as it was");
    is_int(said_copy(&arena, NULL, plain, &copy), RC_OK, "a copy of nothing");
    ok(copy == plain, "is the end alone");
    ok(say(&arena, NULL, "%s%s%s%s%s", "1", "2", "3", "4", "5") == NULL, "five are too many");
    is_str(said_text(&arena, say(&arena, NULL, "{7} {0}")), "{7} ", "braces of its own stay");
    arena_close(&arena);
    return tap_done();
}
