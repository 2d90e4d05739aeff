// SPDX-License-Identifier: Apache-2.0
//
// Mail out: the message format (RFC 5322, 2045, 2047) and its two ways out; see mail.h.
#include "mail.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/text.h"

enum {
    MAIL_LIMIT_BYTES = 1 << 20,
    LINE_MOST = 76,
    WORD_BYTES_MOST = 42,
    NAME_BYTES_MOST = 45,
    SMTP_TIMEOUT_S = 60
};

#define MORE '\x1e' // in a job's body: before what goes with the text

static const char *const day_names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static bool is_plain(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
        if (*c < ' ' || *c > '~')
            return false;
    return true;
}

static bool has_controls(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
        if (*c < ' ' || *c == 0x7f)
            return true;
    return false;
}

// An address for a header and an envelope: one @, nothing that ends or divides it.
static bool is_address(const char *text)
{
    const char *at = strchr(text, '@');
    return at != NULL && at != text && at[1] != '\0' && strchr(at + 1, '@') == NULL &&
           !has_controls(text) && strpbrk(text, " <>,;:\"()[]\\") == NULL;
}

// ---- headers ---------------------------------------------------------------------------------

static void write_base64(struct buffer *out, const unsigned char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t k = 0; k < length; k += 3) {
        uint32_t bits = (uint32_t)bytes[k] << 16;
        bits |= k + 1 < length ? (uint32_t)bytes[k + 1] << 8 : 0;
        bits |= k + 2 < length ? (uint32_t)bytes[k + 2] : 0;
        buffer_byte(out, digits[bits >> 18]);
        buffer_byte(out, digits[bits >> 12 & 63]);
        buffer_byte(out, k + 1 < length ? digits[bits >> 6 & 63] : '=');
        buffer_byte(out, k + 2 < length ? digits[bits & 63] : '=');
    }
}

// Encoded words of RFC 2047, cut between code points.
static void write_words(struct buffer *out, const char *text)
{
    const char *gap = "";
    if (is_plain(text)) {
        buffer_text(out, text);
        return;
    }
    while (*text != '\0') {
        size_t length = strlen(text);
        if (length > WORD_BYTES_MOST)
            length = text_valid_bytes(text, WORD_BYTES_MOST);
        if (length == 0)
            return; // not UTF-8; values of the database are
        buffer_text(out, gap);
        buffer_text(out, "=?utf-8?B?");
        write_base64(out, (const unsigned char *)text, length);
        buffer_text(out, "?=");
        gap = "\r\n ";
        text += length;
    }
}

static void write_date(struct buffer *out, int64_t now_us)
{
    int64_t seconds = now_us / 1000000;
    int64_t days = date_days_of_seconds(seconds);
    int64_t rest = seconds - days * DATE_SECONDS_A_DAY;
    struct date date = date_from_days(days);
    buffer_printf(out, "Date: %s, %02d %s %d %02d:%02d:%02d +0000\r\n",
                  day_names[date_weekday(days)], (int)date.day, month_names[date.month - 1],
                  (int)date.year, (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

// A display name stands as an encoded word, which needs no quoting.
static void write_from(struct buffer *out, const struct mail_settings *settings)
{
    size_t length = settings->from_name == NULL ? 0 : strlen(settings->from_name);
    buffer_text(out, "From: ");
    if (settings->from_name != NULL && !has_controls(settings->from_name)) {
        buffer_text(out, "=?utf-8?B?");
        write_base64(out, (const unsigned char *)settings->from_name,
                     text_valid_bytes(settings->from_name,
                                      length < NAME_BYTES_MOST ? length : NAME_BYTES_MOST));
        buffer_text(out, "?= ");
    }
    buffer_printf(out, "<%s>\r\n", settings->from);
}

// ---- the body --------------------------------------------------------------------------------

static bool needs_encoding(const char *text)
{
    size_t line = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        line = *c == '\n' ? 0 : line + 1;
        if (*c > '~' || (*c < ' ' && *c != '\n' && *c != '\t') || line > 900)
            return true;
    }
    return false;
}

// Quoted-printable of RFC 2045: soft breaks before 76, white space at a line's end escaped.
static void write_quoted(struct buffer *out, const char *text)
{
    size_t column = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        if (*c == '\n') {
            buffer_text(out, "\r\n");
            column = 0;
            continue;
        }
        bool at_end = c[1] == '\n' || c[1] == '\0';
        bool escaped = *c > '~' || *c == '=' || (*c < ' ' && *c != '\t') ||
                       ((*c == ' ' || *c == '\t') && at_end);
        size_t width = escaped ? 3 : 1;
        if (column + width >= LINE_MOST) {
            buffer_text(out, "=\r\n");
            column = 0;
        }
        if (escaped)
            buffer_printf(out, "=%02X", (unsigned)*c);
        else
            buffer_byte(out, (char)*c);
        column += width;
    }
}

static void write_lines(struct buffer *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        if (*c == '\n')
            buffer_text(out, "\r\n");
        else
            buffer_byte(out, *c);
}

// The headers of a part of text, and the text.
static void write_text_part(struct buffer *out, const char *text)
{
    bool encoded = needs_encoding(text);
    buffer_printf(
        out, "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n\r\n",
        encoded ? "quoted-printable" : "7bit");
    if (encoded)
        write_quoted(out, text);
    else
        write_lines(out, text);
}

static void write_base64_lines(struct buffer *out, const char *text)
{
    enum { LINE_BYTES = 57 };
    size_t length = strlen(text);
    for (size_t at = 0; at < length; at += LINE_BYTES) {
        size_t part = length - at < LINE_BYTES ? length - at : LINE_BYTES;
        write_base64(out, (const unsigned char *)text + at, part);
        buffer_text(out, "\r\n");
    }
}

// Nothing in a header can end it.
static bool is_clean(const struct mail *mail)
{
    return !has_controls(mail->subject) &&
           (mail->unsubscribe == NULL ||
            (!has_controls(mail->unsubscribe) && strpbrk(mail->unsubscribe, "<> ") == NULL)) &&
           (mail->calendar == NULL || strcmp(mail->method, "REQUEST") == 0 ||
            strcmp(mail->method, "CANCEL") == 0) &&
           (mail->reply == NULL || is_address(mail->reply)) &&
           (mail->back == NULL || is_address(mail->back));
}

enum rc mail_write(struct buffer *out, const struct mail_settings *settings,
                   const struct mail *mail, int64_t number, int64_t now_us)
{
    if (!is_address(mail->to) || !is_address(settings->from) || !is_clean(mail))
        return RC_BAD_INPUT;
    write_date(out, now_us);
    write_from(out, settings);
    buffer_printf(out, "To: <%s>\r\nSubject: ", mail->to);
    write_words(out, mail->subject);
    buffer_printf(out, "\r\nMessage-ID: <%" PRId64 ".trellis%s>\r\n", number,
                  strchr(settings->from, '@'));
    buffer_text(out, "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n");
    if (mail->reply != NULL)
        buffer_printf(out, "Reply-To: <%s>\r\n", mail->reply);
    if (mail->unsubscribe != NULL)
        buffer_printf(out,
                      "List-Unsubscribe: <%s>\r\n"
                      "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                      mail->unsubscribe);
    if (mail->calendar == NULL) {
        write_text_part(out, mail->text);
        return out->rc;
    }
    buffer_printf(out,
                  "Content-Type: multipart/alternative; boundary=\"trellis-%" PRId64 "\"\r\n\r\n"
                  "--trellis-%" PRId64 "\r\n",
                  number, number);
    write_text_part(out, mail->text);
    buffer_printf(out,
                  "\r\n--trellis-%" PRId64 "\r\nContent-Type: text/calendar; charset=utf-8; "
                  "method=%s\r\nContent-Transfer-Encoding: base64\r\n\r\n",
                  number, mail->method);
    write_base64_lines(out, mail->calendar);
    buffer_printf(out, "--trellis-%" PRId64 "--\r\n", number);
    return out->rc;
}

// ---- the queue -------------------------------------------------------------------------------

enum rc mail_add(struct db_tx *tx, struct arena *arena, const struct mail *mail, int64_t now_us)
{
    if (!is_address(mail->to) || !is_clean(mail))
        return RC_BAD_INPUT;
    const char *body = arena_printf(
        arena, "%s\n%s\n%c%s\t%s\t%s\n%s\n%zu\n%s%s", mail->to, mail->subject, MORE,
        mail->unsubscribe == NULL ? "" : mail->unsubscribe, mail->reply == NULL ? "" : mail->reply,
        mail->back == NULL ? "" : mail->back, mail->calendar == NULL ? "" : mail->method,
        mail->calendar == NULL ? 0 : strlen(mail->calendar),
        mail->calendar == NULL ? "" : mail->calendar, mail->text);
    if (body == NULL)
        return RC_NO_MEMORY;
    return job_add_as(tx, mail->number == 0 ? db_new_id(now_us) : mail->number, "mail", body,
                      mail->after_us > now_us ? mail->after_us : now_us);
}

// The next line of a body, ended where it ends; NULL: there is none.
static char *cut_line(char **rest)
{
    char *line = *rest;
    char *end = line == NULL ? NULL : strchr(line, '\n');
    if (end == NULL)
        return NULL;
    *end = '\0';
    *rest = end + 1;
    return line;
}

// What stands behind the next tab, which ends the text; NULL: a letter of an older version has
// none.
static char *cut_field(char *text)
{
    char *tab = strchr(text, '\t');
    if (tab == NULL)
        return NULL;
    *tab = '\0';
    return tab + 1;
}

// What goes with a text: who can end such mail, and a calendar of so many bytes before it.
static enum rc read_more(struct job *job, char *rest, struct mail *ret_mail)
{
    char *unsubscribe = cut_line(&rest);
    const char *method = cut_line(&rest);
    const char *bytes = cut_line(&rest);
    if (unsubscribe == NULL || method == NULL || bytes == NULL)
        return RC_BAD_INPUT;
    size_t length = strtoul(bytes, NULL, 10);
    if (length > strlen(rest))
        return RC_BAD_INPUT;
    char *reply = cut_field(unsubscribe);
    const char *back = reply == NULL ? NULL : cut_field(reply);
    ret_mail->reply = reply == NULL || reply[0] == '\0' ? NULL : reply;
    ret_mail->back = back == NULL || back[0] == '\0' ? NULL : back;
    ret_mail->text = rest + length;
    ret_mail->unsubscribe = unsubscribe[0] == '\0' ? NULL : unsubscribe;
    if (length > 0) {
        ret_mail->method = method;
        ret_mail->calendar = arena_strndup(job->arena, rest, length);
        return ret_mail->calendar == NULL ? RC_NO_MEMORY : RC_OK;
    }
    return RC_OK;
}

static enum rc read_body(struct job *job, struct mail *ret_mail)
{
    char *body = arena_strdup(job->arena, job->body);
    if (body == NULL)
        return RC_NO_MEMORY;
    char *subject = strchr(body, '\n');
    char *text = subject == NULL ? NULL : strchr(subject + 1, '\n');
    if (text == NULL)
        return RC_BAD_INPUT;
    *subject = '\0';
    *text = '\0';
    *ret_mail = (struct mail){.to = body, .subject = subject + 1, .text = text + 1};
    return text[1] == MORE ? read_more(job, text + 2, ret_mail) : RC_OK;
}

// ---- the two ways out ------------------------------------------------------------------------

struct reading {
    const char *bytes;
    size_t left;
};

static size_t read_message(char *space, size_t size, size_t count, void *data)
{
    struct reading *reading = data;
    size_t most = size * count;
    size_t take = reading->left < most ? reading->left : most;
    memcpy(space, reading->bytes, take);
    reading->bytes += take;
    reading->left -= take;
    return take;
}

static bool is_here(const char *url)
{
    const char *host = strstr(url, "://");
    host = host == NULL ? url : host + 3;
    return strncmp(host, "127.", 4) == 0 || strncmp(host, "[::1]", 5) == 0 ||
           strncmp(host, "localhost", 9) == 0;
}

static enum rc send_with(CURL *curl, const struct mail_settings *settings, const struct mail *mail,
                         const struct buffer *message)
{
    struct reading reading = {message->bytes, message->length};
    struct curl_slist *recipients = curl_slist_append(NULL, mail->to);
    if (recipients == NULL)
        return RC_NO_MEMORY;
    curl_easy_setopt(curl, CURLOPT_URL, settings->smtp);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     is_here(settings->smtp) ? (long)CURLUSESSL_TRY : (long)CURLUSESSL_ALL);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, mail->back == NULL ? settings->from : mail->back);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(curl, CURLOPT_READDATA, &reading);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SMTP_TIMEOUT_S);
    if (settings->user != NULL) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, settings->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, settings->password);
    }
    CURLcode code = curl_easy_perform(curl);
    curl_slist_free_all(recipients);
    return code == CURLE_OK ? RC_OK : RC_IO;
}

static enum rc send_by_smtp(const struct mail_settings *settings, const struct mail *mail,
                            const struct buffer *message)
{
    CURL *curl = curl_easy_init();
    if (curl == NULL)
        return RC_NO_MEMORY;
    enum rc rc = send_with(curl, settings, mail, message);
    curl_easy_cleanup(curl);
    return rc;
}

static enum rc keep_in_folder(struct job *job, const struct mail_settings *settings,
                              const struct buffer *message)
{
    const char *error = NULL;
    TRY(file_make_folder(job->arena, settings->folder, &error));
    const char *name = arena_printf(job->arena, "%019" PRId64 ".eml", job->id);
    const char *path = name == NULL ? NULL : file_join(job->arena, settings->folder, name);
    if (path == NULL)
        return RC_NO_MEMORY;
    return file_write(job->arena, path, message->bytes, message->length, &error);
}

static enum rc send_mail(struct job *job)
{
    const struct mail_settings *settings = job->context;
    struct mail mail;
    struct buffer message;
    TRY(read_body(job, &mail));
    buffer_open(&message, job->arena, MAIL_LIMIT_BYTES);
    if (settings->smtp == NULL && mail.back != NULL && is_address(mail.back))
        buffer_printf(&message, "Return-Path: <%s>\r\n", mail.back); // as the last server does
    TRY(mail_write(&message, settings, &mail, job->id, job->now_us));
    if (settings->smtp != NULL)
        return send_by_smtp(settings, &mail, &message);
    return keep_in_folder(job, settings, &message);
}

struct job_kind mail_kind(const struct mail_settings *settings)
{
    return (struct job_kind){
        .name = "mail", .outside = send_mail, .context = (void *)(uintptr_t)settings};
}
