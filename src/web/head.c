// SPDX-License-Identifier: Apache-2.0
//
// Reads headers; see head.h.
#include "web/head.h"

#include <stdbool.h>
#include <string.h>

struct text head_cookie(struct text header, const char *name)
{
    size_t name_length = strlen(name);
    size_t from = 0;
    while (from < header.length) {
        const char *start = header.bytes + from;
        const char *end = memchr(start, ';', header.length - from);
        size_t length = end == NULL ? header.length - from : (size_t)(end - start);
        from += length + 1;
        struct text pair = text_trim(start, length);
        if (pair.length > name_length && memcmp(pair.bytes, name, name_length) == 0 &&
            pair.bytes[name_length] == '=')
            return (struct text){pair.bytes + name_length + 1, pair.length - name_length - 1};
    }
    return (struct text){NULL, 0};
}

static bool is_listed(const char *list, struct text address)
{
    while (list != NULL && *list != '\0') {
        size_t length = strcspn(list, ",");
        if (text_equal(text_trim(list, length), address))
            return true;
        list += length + (list[length] == ',');
    }
    return false;
}

static bool is_address(struct text text)
{
    for (size_t k = 0; k < text.length; k++)
        if (memchr("0123456789abcdefABCDEF.:", text.bytes[k], 24) == NULL)
            return false;
    return text.length >= 2 && text.length <= 45;
}

struct text head_client(const char *proxies, struct text peer, struct text forwarded)
{
    struct text client = peer;
    size_t end = forwarded.length;
    while (end > 0 && is_listed(proxies, client)) {
        size_t start = end;
        while (start > 0 && forwarded.bytes[start - 1] != ',')
            start--;
        struct text one = text_trim(forwarded.bytes + start, end - start);
        if (!is_address(one))
            break;
        client = one;
        end = start > 0 ? start - 1 : 0;
    }
    return client;
}
