// SPDX-License-Identifier: Apache-2.0
//
// Reads what is ready; see support_ready.h.
#include "app/support/support_ready.h"

#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

#include "web/asset.h"

enum { PART_LIMIT_BYTES = 64 * 1024 };

// The files of the folder ready/, made part of the program by tools/embed.
#define READY_FILES(X)                                                                             \
    X(training_mentor, en)                                                                         \
    X(training_mentor, es)                                                                         \
    X(training_mentee, en)                                                                         \
    X(training_mentee, es)                                                                         \
    X(resources, en)                                                                               \
    X(resources, es)                                                                               \
    X(plan_pair, en)                                                                               \
    X(plan_pair, es)                                                                               \
    X(plan_mentee, en)                                                                             \
    X(plan_mentee, es)

#define READY_DECLARED(key, language) extern const struct asset ready_##key##_##language;
READY_FILES(READY_DECLARED)
#undef READY_DECLARED

static const struct {
    const char *key;
    const char *language;
    const struct asset *asset;
} files[] = {
#define READY_ROW(key, language) {#key, #language, &ready_##key##_##language},
    READY_FILES(READY_ROW)
#undef READY_ROW
};

size_t ready_file_count(void)
{
    return sizeof files / sizeof files[0];
}

struct ready_file ready_file_at(size_t index)
{
    return (struct ready_file){files[index].key, files[index].language, files[index].asset->bytes,
                               files[index].asset->length};
}

const char *ready_word(struct arena *arena, const char *line, size_t place)
{
    for (;;) {
        line += strspn(line, " ");
        size_t length = strcspn(line, " ");
        if (place == 0 || length == 0)
            return arena_strndup(arena, line, length);
        line += length;
        place--;
    }
}

const char *ready_value(struct arena *arena, const char *line, const char *name)
{
    size_t length = strlen(name);
    for (size_t place = 0;; place++) {
        const char *word = ready_word(arena, line, place);
        if (word == NULL || word[0] == '\0')
            return word;
        if (strncmp(word, name, length) == 0 && word[length] == '=')
            return word + length + 1;
    }
}

// A file that is being read, line by line.
struct reading {
    struct arena *arena;
    struct ready *ready;
    struct ready_part *part; // NULL: before the first
    struct buffer text;      // of the part
    struct ready_question *question;
    bool named; // the part has its title
};

static enum rc end_part(struct reading *r)
{
    TRY(r->text.rc);
    r->question = NULL;
    if (r->part == NULL)
        return RC_OK;
    struct text trimmed = text_trim(r->text.bytes, r->text.length);
    r->part->text = arena_strndup(r->arena, trimmed.bytes, trimmed.length);
    return r->part->text == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc begin_part(struct reading *r, const char *line)
{
    TRY(end_part(r));
    if (r->ready->count == READY_PARTS_MAX)
        return RC_LIMIT;
    r->part = &r->ready->parts[r->ready->count++];
    *r->part = (struct ready_part){
        .head = line + 2, .mark = line[0], .title = "", .about = "", .text = ""};
    r->named = line[0] == '#';
    buffer_open(&r->text, r->arena, PART_LIMIT_BYTES);
    return RC_OK;
}

static enum rc begin_question(struct reading *r, const char *line)
{
    if (r->part == NULL || r->part->question_count == READY_QUESTIONS_MAX)
        return RC_BAD_INPUT;
    r->question = &r->part->questions[r->part->question_count++];
    r->question->text = line + 2;
    return RC_OK;
}

// "- answer | why"
static enum rc add_answer(struct reading *r, const char *line)
{
    struct ready_question *q = r->question;
    const char *bar = strstr(line, " | ");
    if (q->count == READY_ANSWERS_MAX || bar == NULL)
        return RC_BAD_INPUT;
    if (line[0] == '+')
        q->right = q->count;
    q->answers[q->count] = arena_strndup(r->arena, line + 2, (size_t)(bar - line) - 2);
    q->feedbacks[q->count] = bar + 3;
    return q->answers[q->count++] == NULL ? RC_NO_MEMORY : RC_OK;
}

static bool is_named(const char *line, const char *name, const char **ret_value)
{
    size_t length = strlen(name);
    if (strncmp(line, name, length) != 0)
        return false;
    *ret_value = line + length + strspn(line + length, " ");
    return true;
}

static enum rc read_head(struct reading *r, const char *line)
{
    const char *value = NULL;
    if (is_named(line, "title:", &value))
        *(r->part == NULL ? &r->ready->title : &r->part->title) = value;
    else if (is_named(line, "about:", &value))
        *(r->part == NULL ? &r->ready->about : &r->part->about) = value;
    else
        return RC_NOT_FOUND;
    return RC_OK;
}

static bool has_head(const struct reading *r)
{
    return r->part == NULL || (r->part->mark == '=' && r->part->about[0] == '\0');
}

static enum rc read_line(struct reading *r, const char *line)
{
    bool mark = line[0] != '\0' && line[1] == ' ' && strchr("#@=", line[0]) != NULL;
    if (mark)
        return begin_part(r, line);
    if (has_head(r) && read_head(r, line) == RC_OK)
        return RC_OK;
    if (r->part == NULL)
        return line[0] == '\0' ? RC_OK : RC_BAD_INPUT;
    if (line[0] == '?' && line[1] == ' ')
        return begin_question(r, line);
    if (r->question != NULL && (line[0] == '-' || line[0] == '+'))
        return add_answer(r, line);
    r->question = NULL;
    if (r->part->mark == '@' && !r->named) {
        r->named = true;
        r->part->title = line;
        return RC_OK;
    }
    buffer_text(&r->text, line);
    return buffer_byte(&r->text, '\n');
}

enum rc ready_read(struct arena *arena, const char *bytes, size_t length, struct ready *ret_ready)
{
    struct ready ready = {.title = "", .about = ""};
    struct reading r = {.arena = arena, .ready = &ready};
    const char *end = bytes + length;
    ready.parts = ARENA_ARRAY(arena, struct ready_part, READY_PARTS_MAX);
    if (ready.parts == NULL)
        return RC_NO_MEMORY;
    buffer_open(&r.text, arena, PART_LIMIT_BYTES);
    while (bytes < end) {
        const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
        size_t line_length = stop == NULL ? (size_t)(end - bytes) : (size_t)(stop - bytes);
        char *line = arena_strndup(arena, bytes, line_length);
        if (line == NULL)
            return RC_NO_MEMORY;
        if (ready.kind == NULL)
            ready.kind = line;
        else
            TRY(read_line(&r, line));
        bytes += line_length + 1;
    }
    TRY(end_part(&r));
    if (ready.kind == NULL || ready.count == 0)
        return RC_BAD_INPUT;
    *ret_ready = ready;
    return RC_OK;
}
