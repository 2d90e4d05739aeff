// SPDX-License-Identifier: Apache-2.0
//
// The text of certificates; pure. See recognition.h.
#include "app/recognition/recognition.h"

#include <string.h>

enum { FILE_LIMIT_BYTES = 8 << 10 };
static const char first_line[] = "Trellis certificate 1\n";

const char *certificate_hours(struct arena *arena, int64_t minutes)
{
    return arena_printf(arena, "%lld.%lld", (long long)(minutes / 60),
                        (long long)(minutes % 60 / 6));
}

static void add_line(struct buffer *out, const char *key, const char *value)
{
    buffer_printf(out, "%s ", key);
    for (const char *c = value; *c != '\0'; c++)
        buffer_byte(out, (unsigned char)*c < ' ' ? ' ' : *c);
    buffer_byte(out, '\n');
}

enum rc certificate_text(struct arena *arena, const struct certificate_words *words,
                         const char **ret_text)
{
    struct buffer out;
    const char *hours = certificate_hours(arena, words->minutes);
    if (hours == NULL)
        return RC_NO_MEMORY;
    buffer_open(&out, arena, FILE_LIMIT_BYTES);
    buffer_text(&out, first_line);
    add_line(&out, "code", words->code);
    add_line(&out, "name", words->name);
    add_line(&out, "programme", words->programme);
    add_line(&out, "role", words->role);
    add_line(&out, "from", words->from);
    add_line(&out, "until", words->until);
    add_line(&out, "hours", hours);
    add_line(&out, "issued", words->issued);
    add_line(&out, "by", words->by);
    TRY(out.rc);
    *ret_text = out.bytes;
    return RC_OK;
}

enum rc certificate_file(struct arena *arena, const char *text, const char *sign,
                         const char *public, const char **ret_file)
{
    const char *file = arena_printf(arena, "%ssignature %s\nkey %s\n", text, sign, public);
    if (file == NULL)
        return RC_NO_MEMORY;
    *ret_file = file;
    return RC_OK;
}

// The value of a line "key value" at `at`, whose end moves on; NULL: it is another line.
static const char *take_line(struct arena *arena, const char **at, const char *key)
{
    size_t length = strlen(key);
    if (strncmp(*at, key, length) != 0 || (*at)[length] != ' ')
        return NULL;
    const char *value = *at + length + 1;
    const char *end = strchr(value, '\n');
    if (end == NULL)
        return NULL;
    *at = end + 1;
    return arena_strndup(arena, value, (size_t)(end - value));
}

// Files that went through a mail program may have other line ends; the signed text has not.
static char *with_plain_ends(struct arena *arena, const char *file)
{
    char *plain = arena_alloc(arena, strlen(file) + 1);
    size_t length = 0;
    for (const char *c = file; plain != NULL && *c != '\0'; c++)
        if (*c != '\r')
            plain[length++] = *c;
    if (plain != NULL)
        plain[length] = '\0';
    return plain;
}

enum rc certificate_read(struct arena *arena, const char *file, struct certificate_parts *ret_parts)
{
    if (strlen(file) > FILE_LIMIT_BYTES)
        return RC_BAD_INPUT;
    const char *plain = with_plain_ends(arena, file);
    if (plain == NULL)
        return RC_NO_MEMORY;
    const char *sign_at = strstr(plain, "\nsignature ");
    if (strncmp(plain, first_line, sizeof first_line - 1) != 0 || sign_at == NULL)
        return RC_BAD_INPUT;
    const char *at = sign_at + 1;
    struct certificate_parts parts = {0};
    parts.text = arena_strndup(arena, plain, (size_t)(at - plain));
    parts.sign = take_line(arena, &at, "signature");
    parts.public = parts.sign == NULL ? NULL : take_line(arena, &at, "key");
    if (parts.text == NULL)
        return RC_NO_MEMORY;
    if (parts.public == NULL || *at != '\0')
        return RC_BAD_INPUT;
    *ret_parts = parts;
    return RC_OK;
}
