// SPDX-License-Identifier: Apache-2.0
//
// Why: letters that come in are read in two ways: what somebody answers (mail_in.h), and what a
// mail server says of a letter that did not arrive (bounce.h). Both take messages apart by the same
// rules.
//
// Promises: any bytes are safe; nothing is read behind the end of a span; parts, their depth, and
// what is read of a header or a text have limits.
//
// Not for: pages; see the two above.
#ifndef TRELLIS_FORMAT_MAIL_PART_H
#define TRELLIS_FORMAT_MAIL_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"

enum { MAIL_TEXT_MAX = 64 << 10, MAIL_PARTS_MAX = 50, MAIL_DEPTH_MAX = 5 };

struct mail_span {
    const char *at;
    size_t length;
};
struct mail_part {
    struct mail_span head;
    struct mail_span body;
    unsigned depth;
};
struct mail_parts { // a stack
    struct mail_part parts[MAIL_PARTS_MAX];
    size_t count;
};

// Letters of ASCII, big or small, are the same to all of these.
char mail_small_letter(char c);
bool mail_begins(struct mail_span s, const char *with);
bool mail_holds(const char *text, const char *word);
bool mail_is_blank(struct mail_span line);

// The next line without its end; `rest` goes on behind it. False: there is none.
bool mail_next_line(struct mail_span *rest, struct mail_span *ret_line);

// Parts a message into its head, up to the first empty line, and its body.
struct mail_part mail_split(struct mail_span all, unsigned depth);

// The value of a header, with its folded lines: the `nth` of that name, from 0. "": none.
enum rc mail_header(struct arena *arena, struct mail_span head, const char *name, unsigned nth,
                    const char **ret_value);
// The value of a parameter such as boundary="a b". "": none.
enum rc mail_parameter(struct arena *arena, const char *value, const char *name,
                       const char **ret_text);

// The next address of a header, in small letters; quoted names are passed over. NULL: none.
const char *mail_next_address(struct arena *arena, const char **rest);

// A part of text, decoded, as UTF-8 without control characters. RC_BAD_INPUT: it is not of an
// alphabet that is known. RC_LIMIT: longer than MAIL_TEXT_MAX.
enum rc mail_part_text(struct arena *arena, const struct mail_part *part, const char *type,
                       const char **ret_text);

// The parts of a multipart with this Content-Type go onto the stack, so that the first is taken
// next. One that was cut off on its way ends where the message does. RC_BAD_INPUT: it names no
// boundary. RC_LIMIT: too many, or too deep.
enum rc mail_open_parts(struct arena *arena, const struct mail_part *of, const char *type,
                        struct mail_parts *stack);

#endif
