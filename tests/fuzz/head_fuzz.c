// SPDX-License-Identifier: Apache-2.0
// Any bytes as headers and as a link: what is read lies inside of what was sent, and an address is
// one.
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include "web/head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct text sent = {(const char *)data, size};
    struct text cookie = head_cookie(sent, "trellis");
    require(cookie.length == 0 ||
            (cookie.bytes > sent.bytes && cookie.bytes + cookie.length <= sent.bytes + size &&
             memchr(cookie.bytes, ';', cookie.length) == NULL));
    struct text peer = text_of("127.0.0.1");
    struct text client = head_client("127.0.0.1, ::1", peer, sent);
    require(client.length >= 2 && client.length <= 45);
    require(client.bytes == peer.bytes ||
            (client.bytes >= sent.bytes && client.bytes + client.length <= sent.bytes + size));
    char *text = malloc(size + 1);
    if (text != NULL) {
        memcpy(text, data, size);
        text[size] = '\0';
        if (text_is_link(text))
            require(strncmp(text, "http", 4) == 0);
        free(text);
    }
    return 0;
}
