// SPDX-License-Identifier: Apache-2.0
//
// Why: public collections of what breaks parsers go through ours; see ../corpora_client.py, which
// has the collections and what is expected of them.
//
//   corpora-read csv|written|json|markdown|mail|picture <cases >answers
//
// A case is a line with its length and its bytes. An answer is a line with its length, how long it
// took in microseconds of CPU, and what was read.
//
// Not for: people.
#define _POSIX_C_SOURCE 200809L // clock_gettime

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/csv.h"
#include "base/json_read.h"

#include "format/mail_in.h"
#include "format/picture.h"
#include "web/markdown.h"

enum { CASE_BYTES_MAX = 1 << 20, ANSWER_BYTES_MAX = 8 << 20, ARENA_BYTES_MAX = 256 << 20 };

typedef enum rc reader(struct arena *arena, struct text sent, struct buffer *answer);

// ---- sheets ------------------------------------------------------------------------------------

static void put_cell(struct buffer *answer, const char *text)
{
    buffer_printf(answer, "%zu ", strlen(text));
    buffer_text(answer, text);
}

static enum rc read_csv(struct arena *arena, struct text sent, struct buffer *answer)
{
    struct problem_list problems;
    struct csv_table table = {0};
    problem_list_open(&problems, arena, 10);
    TRY(csv_read(arena, sent.bytes, sent.length, &(struct csv_options){.file = "x"}, &problems,
                 &table));
    for (uint32_t k = 0; k < table.row_count; k++) {
        buffer_printf(answer, "%u ", table.rows[k].cell_count);
        for (uint32_t c = 0; c < table.rows[k].cell_count; c++)
            put_cell(answer, table.rows[k].cells[c].bytes);
    }
    return answer->rc;
}

// A text as a cell of a sheet that is written and read again.
static enum rc read_written(struct arena *arena, struct text sent, struct buffer *answer)
{
    struct buffer out;
    struct csv_writer writer;
    struct problem_list problems;
    struct csv_table table = {0};
    const char *text = arena_strndup(arena, sent.bytes, sent.length);
    buffer_open(&out, arena, ANSWER_BYTES_MAX);
    problem_list_open(&problems, arena, 10);
    csv_writer_open(&writer, &out);
    csv_cell_text(&writer, "name");
    csv_cell_text(&writer, text);
    TRY(csv_end_row(&writer));
    TRY(csv_read(arena, out.bytes, out.length, &(struct csv_options){.file = "x", .delimiter = ','},
                 &problems, &table));
    if (table.row_count != 1 || table.rows[0].cell_count != 2)
        return RC_NOT_FOUND;
    return buffer_text(answer, csv_plain(table.rows[0].cells[1].bytes));
}

// ---- the others --------------------------------------------------------------------------------

static enum rc count_leaf(void *context, const struct json_leaf *leaf)
{
    (void)leaf;
    ++*(size_t *)context;
    return RC_OK;
}

static enum rc read_json(struct arena *arena, struct text sent, struct buffer *answer)
{
    size_t leaves = 0;
    const char *fault = NULL;
    enum rc rc = json_read(arena, sent, count_leaf, &leaves, &fault);
    if (rc == RC_BAD_INPUT)
        return buffer_text(answer, fault);
    TRY(rc);
    return buffer_printf(answer, "%zu", leaves);
}

static enum rc read_markdown(struct arena *arena, struct text sent, struct buffer *answer)
{
    struct safe_html html;
    const char *text = arena_strndup(arena, sent.bytes, sent.length);
    if (text == NULL || strlen(text) != sent.length)
        return text == NULL ? RC_NO_MEMORY : RC_BAD_INPUT;
    TRY(markdown_render(arena, text, 2, &html));
    return buffer_append(answer, html.html.bytes, html.html.length);
}

static enum rc read_mail(struct arena *arena, struct text sent, struct buffer *answer)
{
    struct mail_in mail = {0};
    const char *words = NULL;
    TRY(mail_in_read(arena, sent.bytes, sent.length, &mail));
    TRY(mail_in_words(arena, mail.text, &words));
    put_cell(answer, mail.automatic ? "machine" : "person");
    return buffer_text(answer, mail.text);
}

static enum rc read_picture(struct arena *arena, struct text sent, struct buffer *answer)
{
    struct picture picture = {0};
    const char *why = "";
    enum rc rc = picture_read(arena, sent, &picture, &why);
    if (rc == RC_BAD_INPUT)
        return buffer_text(answer, why);
    TRY(rc);
    return buffer_printf(answer, "%u x %u", picture.wide, picture.high);
}

// ---- all of them -------------------------------------------------------------------------------

static const struct {
    const char *name;
    reader *read;
} readers[] = {
    {"csv",      read_csv     },
    {"written",  read_written },
    {"json",     read_json    },
    {"markdown", read_markdown},
    {"mail",     read_mail    },
    {"picture",  read_picture },
};

static reader *find_reader(const char *name)
{
    for (size_t k = 0; k < sizeof readers / sizeof readers[0]; k++)
        if (strcmp(readers[k].name, name) == 0)
            return readers[k].read;
    return NULL;
}

static long cpu_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void answer_one(reader *read, struct text sent)
{
    struct arena arena;
    struct buffer answer;
    arena_open(&arena, ARENA_BYTES_MAX);
    buffer_open(&answer, &arena, ANSWER_BYTES_MAX);
    long began = cpu_us();
    enum rc rc = read(&arena, sent, &answer);
    long used = cpu_us() - began;
    struct text said = rc == RC_OK ? (struct text){answer.bytes, answer.length} : text_of("");
    printf("%s %ld %zu\n", rc == RC_OK ? "read" : rc_text(rc), used, said.length);
    if (said.length > 0)
        fwrite(said.bytes, 1, said.length, stdout);
    printf("\n");
    fflush(stdout);
    arena_close(&arena);
}

int main(int argc, char **argv)
{
    char line[32];
    reader *read = argc == 2 ? find_reader(argv[1]) : NULL;
    if (read == NULL)
        return 2;
    while (fgets(line, sizeof line, stdin) != NULL) {
        size_t length = strtoul(line, NULL, 10);
        char *exact = length < CASE_BYTES_MAX ? malloc(length == 0 ? 1 : length) : NULL;
        if (exact == NULL || fread(exact, 1, length, stdin) != length)
            return 1;
        answer_one(read, (struct text){exact, length});
        free(exact); // a block of its own, so that a sanitizer sees who reads behind it
    }
    return 0;
}
