// SPDX-License-Identifier: Apache-2.0
//
// Requests to other programs, by libcurl; see post.h. The guard is where the socket is opened:
// there the address is known, whatever the name stood for a moment before.
#define _GNU_SOURCE // SOCK_CLOEXEC

#include "post.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

// ---- addresses ---------------------------------------------------------------------------------

// IANA's registry of special-purpose addresses, IPv4; what is multicast and reserved, too.
static const struct {
    uint32_t first;
    unsigned bits;
} special[] = {
    {0x00000000, 8 },
    {0x0A000000, 8 },
    {0x64400000, 10},
    {0x7F000000, 8 },
    {0xA9FE0000, 16},
    {0xAC100000, 12},
    {0xC0000000, 24},
    {0xC0000200, 24},
    {0xC0586300, 24},
    {0xC0A80000, 16},
    {0xC6120000, 15},
    {0xC6336400, 24},
    {0xCB007100, 24},
    {0xE0000000, 4 },
    {0xF0000000, 4 },
};

static bool is_public_4(uint32_t address)
{
    for (size_t k = 0; k < sizeof special / sizeof special[0]; k++)
        if ((address ^ special[k].first) >> (32 - special[k].bits) == 0)
            return false;
    return true;
}

static uint32_t number_of(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

// Of IPv6 only 2000::/3 is given out to the public; in it are left out 2001::/23 (with Teredo),
// examples (2001:db8::/32, 3fff::/20) and 6to4 (2002::/16), which hides an address of IPv4.
static bool is_public_6(const unsigned char bytes[16])
{
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    uint32_t head = number_of(bytes);
    if (memcmp(bytes, mapped, sizeof mapped) == 0)
        return is_public_4(number_of(bytes + 12));
    return head >> 29 == 1 && head >> 9 != 0x20010000 >> 9 && head != 0x20010db8 &&
           head >> 16 != 0x2002 && head >> 12 != 0x3fff0000 >> 12;
}

static bool is_loopback_4(uint32_t address)
{
    return address >> 24 == 127;
}

static bool is_loopback_6(const unsigned char bytes[16])
{
    static const unsigned char one[16] = {[15] = 1};
    return memcmp(bytes, one, sizeof one) == 0;
}

bool post_is_public(const char *address)
{
    unsigned char bytes[16];
    if (inet_pton(AF_INET, address, bytes) == 1)
        return is_public_4(number_of(bytes));
    return inet_pton(AF_INET6, address, bytes) == 1 && is_public_6(bytes);
}

static bool is_loopback(const char *address)
{
    unsigned char bytes[16];
    if (inet_pton(AF_INET, address, bytes) == 1)
        return is_loopback_4(number_of(bytes));
    return inet_pton(AF_INET6, address, bytes) == 1 && is_loopback_6(bytes);
}

// The address is longer than its member, as libcurl says.
static bool may_connect(const struct curl_sockaddr *to, bool loopback)
{
    const unsigned char *address = (const unsigned char *)to + offsetof(struct curl_sockaddr, addr);
    if (to->family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        uint32_t number = ntohl(in.sin_addr.s_addr);
        return is_public_4(number) || (loopback && is_loopback_4(number));
    }
    if (to->family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        return is_public_6(in.sin6_addr.s6_addr) ||
               (loopback && is_loopback_6(in.sin6_addr.s6_addr));
    }
    return false;
}

// ---- what people type --------------------------------------------------------------------------

static bool has_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    bool has = curl_url_get(url, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return has;
}

static bool scheme_is(CURLU *url, const char *wanted)
{
    char *text = NULL;
    bool is =
        curl_url_get(url, CURLUPART_SCHEME, &text, 0) == CURLUE_OK && strcmp(text, wanted) == 0;
    curl_free(text);
    return is;
}

// An address must be public; a name must have a dot, for others stand for machines nearby.
static bool host_may(const char *host, bool loopback, bool *ret_here)
{
    char bare[256];
    unsigned char bytes[16];
    size_t length = strlen(host);
    bool bracket = host[0] == '[' && length > 2 && length < sizeof bare;
    if (bracket) {
        memcpy(bare, host + 1, length - 2);
        bare[length - 2] = '\0';
        host = bare;
    }
    *ret_here = loopback && (strcmp(host, "localhost") == 0 || is_loopback(host));
    if (*ret_here)
        return true;
    if (inet_pton(AF_INET, host, bytes) == 1 || inet_pton(AF_INET6, host, bytes) == 1)
        return post_is_public(host);
    return strchr(host, '.') != NULL;
}

static bool parts_may_go(CURLU *parts, const char *url, bool loopback)
{
    char *host = NULL;
    bool here = false;
    if (curl_url_set(parts, CURLUPART_URL, url, 0) != CURLUE_OK ||
        has_part(parts, CURLUPART_USER) || has_part(parts, CURLUPART_PASSWORD) ||
        has_part(parts, CURLUPART_FRAGMENT) ||
        curl_url_get(parts, CURLUPART_HOST, &host, 0) != CURLUE_OK)
        return false;
    bool may = host_may(host, loopback, &here);
    curl_free(host);
    return may && (scheme_is(parts, "https") || (here && scheme_is(parts, "http")));
}

bool post_may_go(const char *url, bool loopback)
{
    for (const unsigned char *c = (const unsigned char *)url; *c != '\0'; c++)
        if (*c <= ' ' || *c == 0x7f)
            return false;
    CURLU *parts = strlen(url) > POST_URL_MOST ? NULL : curl_url();
    if (parts == NULL)
        return false;
    bool may = parts_may_go(parts, url, loopback);
    curl_url_cleanup(parts);
    return may;
}

// ---- sending -----------------------------------------------------------------------------------

struct posting {
    bool loopback;
    bool forbidden; // an address was refused
    size_t got;
};

static curl_socket_t open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct posting *posting = data;
    if (purpose != CURLSOCKTYPE_IPCXN || !may_connect(to, posting->loopback)) {
        posting->forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

// What is too long ends it; the status is known by then.
static size_t drop(char *bytes, size_t size, size_t count, void *data)
{
    struct posting *posting = data;
    (void)bytes;
    posting->got += size * count;
    return posting->got > POST_ANSWER_MOST ? 0 : size * count;
}

static enum post_fault fault_of(CURLcode code, const struct posting *posting, long status)
{
    if (code == CURLE_OK || (code == CURLE_WRITE_ERROR && status != 0))
        return POST_ANSWERED;
    if (posting->forbidden)
        return POST_FORBIDDEN;
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return POST_NO_NAME;
    case CURLE_COULDNT_CONNECT:
        return POST_NO_CONNECTION;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
        return POST_NO_TLS;
    case CURLE_OPERATION_TIMEDOUT:
        return POST_TOO_SLOW;
    default:
        return POST_BROKEN;
    }
}

static void set_options(CURL *curl, const struct post *post, struct posting *posting)
{
    curl_easy_setopt(curl, CURLOPT_URL, post->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, post->loopback ? "https,http" : "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post->body);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)strlen(post->body));
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, posting);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, posting);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)POST_TIMEOUT_S);
}

static enum rc send_with(CURL *curl, const struct post *post, struct post_answer *ret_answer)
{
    struct posting posting = {.loopback = post->loopback};
    struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
    struct curl_slist *more = headers;
    struct post_answer answer = {POST_BROKEN, 0};
    for (size_t k = 0; more != NULL && post->headers[k] != NULL; k++)
        more = curl_slist_append(headers, post->headers[k]);
    if (more == NULL) {
        curl_slist_free_all(headers);
        return RC_NO_MEMORY;
    }
    set_options(curl, post, &posting);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    answer.fault = fault_of(code, &posting, answer.status);
    if (answer.fault != POST_ANSWERED)
        answer.status = 0;
    curl_slist_free_all(headers);
    *ret_answer = answer;
    return RC_OK;
}

enum rc post_send(const struct post *post, struct post_answer *ret_answer)
{
    if (!post_may_go(post->url, post->loopback)) {
        *ret_answer = (struct post_answer){POST_FORBIDDEN, 0};
        return RC_OK;
    }
    CURL *curl = curl_easy_init();
    if (curl == NULL)
        return RC_NO_MEMORY;
    enum rc rc = send_with(curl, post, ret_answer);
    curl_easy_cleanup(curl);
    return rc;
}
