// SPDX-License-Identifier: Apache-2.0
//
// Why: letters to people, in their language, sent with the transaction that makes them needed.
#include <string.h>

#include "app/app.h"
#include "app/back.h"
#include "jobs/mail.h"

enum { LETTER_LIMIT_BYTES = 64 << 10, APP_VALUES = 10 }; // {0} to {9}

// Days and times among the values are said in words, in her language.
static enum rc say_days(const struct app_place *place, const struct locale *locale,
                        const char *const *values, size_t count, const char *ret_said[APP_VALUES])
{
    if (count > APP_VALUES)
        return RC_LIMIT;
    for (size_t k = 0; k < count; k++)
        ret_said[k] = app_when_in(place->arena, locale, values[k]);
    return RC_OK;
}

enum rc app_send_from(const struct app_place *place, const char *to, const char *tag,
                      const struct app_letter *letter, const char *const *values, size_t count)
{
    static const struct app_more nothing = {0};
    return app_send_more(place, to, tag, letter, values, count, &nothing);
}

// A letter is one thing with many parts; a struct for them would only move the list.
// NOLINTNEXTLINE(readability-function-size)
static enum rc send_to(const struct app_place *place, const char *to, const char *tag,
                       const struct app_letter *letter, const char *const *values, size_t count,
                       const struct app_more *more)
{
    const struct locale *locale = locale_find(tag);
    struct buffer subject;
    struct buffer text;
    if (strstr(to, DATA_NOWHERE) != NULL)
        return RC_OK;
    buffer_open(&subject, place->arena, LETTER_LIMIT_BYTES);
    buffer_open(&text, place->arena, LETTER_LIMIT_BYTES);
    const char *said[APP_VALUES];
    TRY(say_days(place, locale, values, count, said));
    message_write(&subject, message_in(locale, letter->subject), said, count);
    for (size_t k = 0; k < sizeof letter->lines / sizeof letter->lines[0]; k++) {
        if (letter->lines[k] == NULL)
            break;
        message_write(&text, message_in(locale, letter->lines[k]), said, count);
        buffer_text(&text, "\n\n");
    }
    buffer_printf(&text, "-- \n%s\n", place->app->site);
    TRY(subject.rc);
    TRY(text.rc);
    int64_t number = more->number == 0 ? db_new_id(place->now_us) : more->number;
    const char *back = NULL;
    TRY(back_address(place, to, number, &back));
    const struct mail mail = {.to = to,
                              .subject = subject.bytes,
                              .text = text.bytes,
                              .unsubscribe = more->unsubscribe,
                              .calendar = more->calendar,
                              .method = more->method,
                              .reply = more->reply,
                              .number = number,
                              .after_us = more->after_us,
                              .back = back};
    return mail_add(place->tx, place->arena, &mail, place->now_us);
}

// NOLINTNEXTLINE(readability-function-size)
enum rc app_send_more(const struct app_place *place, const char *to, const char *tag,
                      const struct app_letter *letter, const char *const *values, size_t count,
                      const struct app_more *more)
{
    bool stops = false;
    TRY(back_stops(place->tx, place->arena, to, &stops));
    return stops ? RC_OK : send_to(place, to, tag, letter, values, count, more);
}

enum rc app_send_anyway(struct req *req, const char *to, const char *tag,
                        const struct app_letter *letter, const char *const *values, size_t count)
{
    static const struct app_more nothing = {0};
    const struct app_place place = app_here(req);
    return send_to(&place, to, tag, letter, values, count, &nothing);
}

enum rc app_send(struct req *req, const char *to, const char *tag, const struct app_letter *letter,
                 const char *const *values, size_t count)
{
    const struct app_place place = app_here(req);
    return app_send_from(&place, to, tag, letter, values, count);
}

// ---- in the words of a programme ---------------------------------------------------------------

// The number of a value by its name, of `length` bytes; -1: there is none.
static int value_number(const char *values, const char *name, size_t length)
{
    for (int k = 0; *values != '\0'; k++) {
        size_t here = strcspn(values, " ");
        if (here == length && memcmp(values, name, length) == 0)
            return k;
        values += here + (values[here] == ' ');
    }
    return -1;
}

static struct text value_name(const char *values, int number)
{
    for (; number > 0 && *values != '\0'; number--) {
        size_t here = strcspn(values, " ");
        values += here + (values[here] == ' ');
    }
    return (struct text){values, strcspn(values, " ")};
}

// How long the {word} is that begins here, without its braces; 0: none begins here.
static size_t word_length(const char *c)
{
    if (*c != '{')
        return 0;
    size_t length = strspn(c + 1, "abcdefghijklmnopqrstuvwxyz");
    return c[1 + length] == '}' ? length : 0;
}

static const char *number_values(struct arena *arena, const char *values, const char *words)
{
    struct buffer out;
    buffer_open(&out, arena, LETTER_LIMIT_BYTES);
    for (const char *c = words; *c != '\0'; c++) {
        size_t length = word_length(c);
        int number = length == 0 ? -1 : value_number(values, c + 1, length);
        if (number < 0) {
            buffer_byte(&out, *c);
            continue;
        }
        buffer_printf(&out, "{%d}", number);
        c += length + 1;
    }
    return out.rc == RC_OK && out.length > 0 ? out.bytes : out.rc == RC_OK ? "" : NULL;
}

enum rc app_letter_read(struct arena *arena, const struct app_letter_name *name,
                        const char *subject, const char *body, struct app_letter *ret_letter)
{
    struct app_letter letter = {.subject = number_values(arena, name->values, subject)};
    letter.lines[0] = number_values(arena, name->values, body);
    if (letter.subject == NULL || letter.lines[0] == NULL)
        return RC_NO_MEMORY;
    *ret_letter = letter;
    return RC_OK;
}

static void name_values(struct buffer *out, const char *values, const char *line)
{
    for (const char *c = line; *c != '\0'; c++) {
        bool is_place = c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}';
        if (!is_place) {
            buffer_byte(out, *c);
            continue;
        }
        struct text name = value_name(values, c[1] - '0');
        buffer_printf(out, "{%.*s}", (int)name.length, name.bytes);
        c += 2;
    }
}

enum rc app_letter_words(struct arena *arena, const struct app_letter_name *name,
                         const struct locale *locale, const char **ret_subject,
                         const char **ret_body)
{
    struct buffer subject;
    struct buffer body;
    buffer_open(&subject, arena, LETTER_LIMIT_BYTES);
    buffer_open(&body, arena, LETTER_LIMIT_BYTES);
    name_values(&subject, name->values, message_in(locale, name->letter->subject));
    for (size_t k = 0; k < sizeof name->letter->lines / sizeof name->letter->lines[0]; k++) {
        if (name->letter->lines[k] == NULL)
            break;
        buffer_text(&body, k == 0 ? "" : "\n\n");
        name_values(&body, name->values, message_in(locale, name->letter->lines[k]));
    }
    TRY(subject.rc);
    TRY(body.rc);
    *ret_subject = subject.bytes;
    *ret_body = body.bytes;
    return RC_OK;
}

enum rc app_letter_fill(struct arena *arena, const char *line, const char *const *values,
                        size_t count, const char **ret_text)
{
    struct buffer out;
    buffer_open(&out, arena, LETTER_LIMIT_BYTES);
    message_write(&out, line, values, count);
    *ret_text = out.length == 0 ? "" : out.bytes;
    return out.rc;
}

const char *app_letter_unknown(struct arena *arena, const struct app_letter_name *name,
                               const char *words)
{
    for (const char *c = words; *c != '\0'; c++) {
        size_t length = word_length(c);
        if (length > 0 && (value_number(name->values, c + 1, length) < 0))
            return arena_strndup(arena, c, length + 2);
    }
    return NULL;
}

static const struct app_letter_name *find_name(const struct app *app,
                                               const struct app_letter *letter)
{
    if (app == NULL || app->slices == NULL)
        return NULL;
    for (const struct app_slice *const *slice = app->slices; *slice != NULL; slice++)
        for (const struct app_letter_name *const *list = (*slice)->letters;
             list != NULL && *list != NULL; list++)
            for (const struct app_letter_name *one = *list; one->name != NULL; one++)
                if (one->letter == letter)
                    return one;
    return NULL;
}

enum rc app_letter_own(const struct app_place *place, int64_t cohort, const char *tag,
                       const struct app_letter **letter)
{
    const struct app_letter_name *name = find_name(place->app, *letter);
    struct db_rows *rows = NULL;
    if (name == NULL)
        return RC_OK;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT t.subject, t.body FROM letter_text t JOIN cohort c "
                 "ON c.programme = t.programme WHERE c.id = $1 AND t.name = $2 AND t.language = $3",
                 DB_ARGS(DB_INT(cohort), DB_TEXT(name->name), DB_TEXT(tag))));
    if (db_count(rows) == 0)
        return RC_OK;
    struct app_letter *own = ARENA_NEW(place->arena, struct app_letter);
    if (own == NULL)
        return RC_NO_MEMORY;
    TRY(app_letter_read(place->arena, name, db_text(rows, 0, 0), db_text(rows, 0, 1), own));
    *letter = own;
    return RC_OK;
}

// A page asks what nobody is sent yet: its parts are a place, a letter and its values.
// NOLINTNEXTLINE(readability-function-size)
enum rc app_letter_show(const struct app_place *place, int64_t cohort, const char *tag,
                        const struct app_letter *letter, const char *const *values, size_t count,
                        struct app_shown_letter *ret_shown)
{
    const struct locale *locale = locale_find(tag);
    const char *said[APP_VALUES];
    struct app_shown_letter shown = {0};
    TRY(say_days(place, locale, values, count, said));
    TRY(app_letter_own(place, cohort, tag, &letter));
    TRY(app_letter_fill(place->arena, message_in(locale, letter->subject), said, count,
                        &shown.subject));
    for (size_t k = 0; k < APP_LETTER_LINES && letter->lines[k] != NULL; k++)
        TRY(app_letter_fill(place->arena, message_in(locale, letter->lines[k]), said, count,
                            &shown.lines[shown.line_count++].text));
    *ret_shown = shown;
    return RC_OK;
}
