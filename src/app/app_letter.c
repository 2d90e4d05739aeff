// SPDX-License-Identifier: Apache-2.0
//
// Why: letters to people, in their language, sent with the transaction that makes them needed.
#include <string.h>

#include "app/app.h"
#include "jobs/mail.h"

enum { LETTER_LIMIT_BYTES = 64 << 10 };

// {0} {1} ... become values, whose line ends become spaces in a subject.
static void write_line(struct buffer *out, const char *line, const char *const *values,
                       size_t count)
{
    for (const char *c = line; *c != '\0'; c++) {
        bool is_place = c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}';
        if (!is_place || (size_t)(c[1] - '0') >= count) {
            buffer_byte(out, *c);
            continue;
        }
        buffer_text(out, values[c[1] - '0']);
        c += 2;
    }
}

enum rc app_send_from(const struct app_place *place, const char *to, const char *tag,
                      const struct app_letter *letter, const char *const *values, size_t count)
{
    static const struct app_more nothing = {NULL, NULL, NULL};
    return app_send_more(place, to, tag, letter, values, count, &nothing);
}

// A letter is one thing with many parts; a struct for them would only move the list.
// NOLINTNEXTLINE(readability-function-size)
enum rc app_send_more(const struct app_place *place, const char *to, const char *tag,
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
    write_line(&subject, message_in(locale, letter->subject), values, count);
    for (size_t k = 0; k < sizeof letter->lines / sizeof letter->lines[0]; k++) {
        if (letter->lines[k] == NULL)
            break;
        write_line(&text, message_in(locale, letter->lines[k]), values, count);
        buffer_text(&text, "\n\n");
    }
    buffer_printf(&text, "-- \n%s\n", place->app->site);
    TRY(subject.rc);
    TRY(text.rc);
    struct mail mail = {to,          subject.bytes, text.bytes, more->unsubscribe, more->calendar,
                        more->method};
    return mail_add(place->tx, place->arena, &mail, place->now_us);
}

enum rc app_send(struct req *req, const char *to, const char *tag, const struct app_letter *letter,
                 const char *const *values, size_t count)
{
    const struct app_place place = app_here(req);
    return app_send_from(&place, to, tag, letter, values, count);
}
