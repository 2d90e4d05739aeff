// SPDX-License-Identifier: Apache-2.0
// What is ready can be read, and is the same in every language.
#include "app/support/support_ready.h"

#include <string.h>

#include "base/tap.h"
#include "base/text.h"

#include "web/markdown.h"

enum { AGENDA_MAX = 2000 };

static void compare_parts(struct arena *arena, const char *key, const struct ready *a,
                          const struct ready *b)
{
    is_uint(a->count, b->count, "%s: as many parts", key);
    for (size_t k = 0; k < a->count && k < b->count; k++) {
        const struct ready_part *x = &a->parts[k];
        const struct ready_part *y = &b->parts[k];
        ok(x->mark == y->mark, "%s %u: the same kind of part", key, (unsigned)k);
        if (x->mark != '#')
            is_str(y->head, x->head, "%s %u: the same settings", key, (unsigned)k);
        is_uint(x->question_count, y->question_count, "%s %u: as many questions", key, (unsigned)k);
        for (size_t q = 0; q < x->question_count && q < y->question_count; q++)
            ok(x->questions[q].count == y->questions[q].count &&
                   x->questions[q].right == y->questions[q].right,
               "%s %u: question %u has the same answers", key, (unsigned)k, (unsigned)q);
    }
    (void)arena;
}

static void look_at(struct arena *arena, const struct ready_file *file, const struct ready *ready)
{
    ok(ready->title[0] != '\0' || strncmp(ready->kind, "resources", 9) == 0, "%s %s: a title",
       file->key, file->language);
    for (size_t k = 0; k < ready->count; k++) {
        const struct ready_part *part = &ready->parts[k];
        struct safe_html html;
        const char *kind = ready_word(arena, part->head, 0);
        bool meeting = part->mark == '@' && strcmp(kind, "meeting") == 0;
        ok(markdown_render(arena, part->text, 2, &html) == RC_OK, "%s %s %u: its text", file->key,
           file->language, (unsigned)k);
        ok(part->mark == '#' || part->title[0] != '\0', "%s %s %u: a title", file->key,
           file->language, (unsigned)k);
        ok(!meeting || text_code_points(part->text, strlen(part->text)) <= AGENDA_MAX,
           "%s %s %u: an agenda fits into a meeting", file->key, file->language, (unsigned)k);
        for (size_t q = 0; q < part->question_count; q++)
            ok(part->questions[q].count >= 2, "%s %s %u: a question has answers", file->key,
               file->language, (unsigned)k);
    }
}

int main(void)
{
    struct arena arena;
    struct ready last = {.kind = ""};
    const char *last_key = "";
    arena_open(&arena, 32 << 20);
    for (size_t k = 0; k < ready_file_count(); k++) {
        struct ready_file file = ready_file_at(k);
        struct ready ready = {.kind = ""};
        is_int(ready_read(&arena, file.bytes, file.length, &ready), RC_OK, "%s %s: read", file.key,
               file.language);
        look_at(&arena, &file, &ready);
        if (strcmp(file.key, last_key) == 0 && strcmp(file.key, "resources") != 0)
            compare_parts(&arena, file.key, &last, &ready);
        last = ready;
        last_key = file.key;
    }
    static const char *const wrong[] = {"", "plan pair\n", "plan pair\nwords\n",
                                        "training x\n? a\n", "training x\n# a\n? b\n- no reason\n"};
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
        struct ready ready;
        is_int(ready_read(&arena, wrong[k], strlen(wrong[k]), &ready), RC_BAD_INPUT, "refused");
    }
    is_str(ready_value(&arena, "task both 3 unless=goal", "unless"), "goal", "a value");
    is_str(ready_value(&arena, "task both 3", "unless"), "", "and none");
    arena_close(&arena);
    return tap_done();
}
