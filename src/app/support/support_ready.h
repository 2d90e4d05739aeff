// SPDX-License-Identifier: Apache-2.0
//
// Why: ready plans, trainings and resources are written as text files (ready/*.md), so that editors
// and translators can read and mend them without C; they are part of the program.
//
// A file begins with what it is, then lines "title:" and "about:", then its parts:
//
//   training ROLE MINUTES        "# page", Markdown, then questions: "? text", with "- answer |
//   why"
//                                and "+ answer | why" for the right one, up to an empty line
//   plan ROLE [draft]            "# stage"; "@ KIND OWNER DAYS [unless=X] [survey=X]
//   [resource=KEY]",
//                                the title in the next line, then Markdown
//   resources                    "= KEY ROLE STAGE MINUTES TOPIC,TOPIC", "title:", "about:",
//   Markdown
//
// The same file in another language has the same parts in the same order.
#ifndef TRELLIS_APP_SUPPORT_SUPPORT_READY_H
#define TRELLIS_APP_SUPPORT_SUPPORT_READY_H

#include "base/arena.h"
#include "base/rc.h"

enum { READY_PARTS_MAX = 80, READY_QUESTIONS_MAX = 8, READY_ANSWERS_MAX = 4 };

struct ready_question {
    const char *text;
    const char *answers[READY_ANSWERS_MAX];
    const char *feedbacks[READY_ANSWERS_MAX];
    size_t count;
    size_t right;
};

struct ready_part {
    const char *head;  // the words after the mark: a page's or a stage's title; an item's settings
    char mark;         // '#', '@', '='
    const char *title; // of '@' and '='
    const char *about; // of '='
    const char *text;
    struct ready_question questions[READY_QUESTIONS_MAX];
    size_t question_count;
};

struct ready {
    const char *kind; // the first line
    const char *title;
    const char *about;
    struct ready_part *parts;
    size_t count;
};

// RC_BAD_INPUT: not as above.
enum rc ready_read(struct arena *arena, const char *bytes, size_t length, struct ready *ret_ready);

// The word at a place of a line, "" beyond the last; and the value of "name=value" in it, "".
const char *ready_word(struct arena *arena, const char *line, size_t place);
const char *ready_value(struct arena *arena, const char *line, const char *name);

// One thing in its languages: the first is English.
struct ready_file {
    const char *key;
    const char *language;
    const char *bytes;
    size_t length;
};
size_t ready_file_count(void);
struct ready_file ready_file_at(size_t index);

#endif
