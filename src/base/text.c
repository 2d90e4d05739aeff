// SPDX-License-Identifier: Apache-2.0
// Comparing text as people mean it, over utf8proc; see text.h.
#include "base/text.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

enum { STACK_CODES = 256, KEY_BYTES_A_CODE = 4 };

// Bytes of the code point at the start, 0 when it is not valid UTF-8.
static size_t decode(const char *bytes, size_t length, int32_t *ret_code)
{
    const utf8proc_uint8_t *start = (const utf8proc_uint8_t *)bytes;
    utf8proc_ssize_t got =
        utf8proc_iterate(start, (utf8proc_ssize_t)(length < 4 ? length : 4), ret_code);
    return got > 0 ? (size_t)got : 0;
}

size_t text_valid_bytes(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        int32_t code = 0;
        uint64_t eight = 0;
        if (length - at >= sizeof eight) {
            memcpy(&eight, bytes + at, sizeof eight);
            if ((eight & 0x8080808080808080u) == 0) { // all ASCII
                at += sizeof eight;
                continue;
            }
        }
        size_t got = (unsigned char)bytes[at] < 0x80 ? 1 : decode(bytes + at, length - at, &code);
        if (got == 0)
            return at;
        at += got;
    }
    return at;
}

bool text_is_utf8(const char *bytes, size_t length)
{
    return text_valid_bytes(bytes, length) == length;
}

static bool is_space(int32_t code)
{
    if (code <= ' ')
        return code == ' ' || (code >= '\t' && code <= '\r');
    if (code == 0x85 || code == 0xfeff || (code >= 0x200b && code <= 0x200f))
        return true;
    if (code < 0x80)
        return false;
    utf8proc_category_t category = utf8proc_category(code);
    return category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP;
}

static bool is_word(int32_t code)
{
    if (code < 0x80)
        return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
               (code >= 'a' && code <= 'z');
    utf8proc_category_t category = utf8proc_category(code);
    bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    return letter || (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

// Bytes of the code point that ends at length.
static size_t last_bytes(const char *bytes, size_t length)
{
    size_t count = 1;
    while (count < length && count < 4 && ((unsigned char)bytes[length - count] & 0xc0u) == 0x80u)
        count++;
    return count;
}

struct text text_trim(const char *bytes, size_t length)
{
    int32_t code = 0;
    for (size_t got; length > 0; bytes += got, length -= got) {
        got = decode(bytes, length, &code);
        if (got == 0 || !is_space(code))
            break;
    }
    for (size_t got; length > 0; length -= got) {
        got = last_bytes(bytes, length);
        if (decode(bytes + length - got, got, &code) != got || !is_space(code))
            break;
    }
    return (struct text){bytes, length};
}

// The base letters of letters that Unicode does not take apart.
static const char *base_letters(int32_t code)
{
    switch (code) {
    case 0x00e6:
        return "ae";
    case 0x00f0:
    case 0x0111:
        return "d";
    case 0x00f8:
        return "o";
    case 0x00fe:
        return "th";
    case 0x0127:
        return "h";
    case 0x0131:
        return "i";
    case 0x0142:
        return "l";
    case 0x0153:
        return "oe";
    case 0x2018:
    case 0x2019:
    case 0x02bc:
        return "'";
    default:
        return NULL;
    }
}

// Room on the stack for the text of a usual cell, so that keys leave nothing else in the arena.
struct folded {
    int32_t stack_codes[STACK_CODES];
    char stack_key[STACK_CODES * KEY_BYTES_A_CODE + 1];
    int32_t *codes; // without case and marks
    size_t count;
    char *key; // room for all of them
};

static enum rc make_key_room(struct folded *folded, struct arena *arena)
{
    folded->key = folded->stack_key;
    if (folded->count > STACK_CODES)
        folded->key = arena_alloc(arena, folded->count * KEY_BYTES_A_CODE + 1);
    return folded->key == NULL ? RC_NO_MEMORY : RC_OK;
}

// Most names and addresses are ASCII, where only capital letters have another form.
static bool fold_plain(const char *bytes, size_t length, struct folded *folded)
{
    if (length > STACK_CODES)
        return false;
    for (size_t k = 0; k < length; k++) {
        unsigned char c = (unsigned char)bytes[k];
        if (c >= 0x80)
            return false;
        folded->stack_codes[k] = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }
    folded->codes = folded->stack_codes;
    folded->count = length;
    folded->key = folded->stack_key;
    return true;
}

static enum rc fold(struct arena *arena, const char *bytes, size_t length, struct folded *folded)
{
    if (length > TEXT_KEY_LIMIT_BYTES)
        return RC_LIMIT;
    if (fold_plain(bytes, length, folded))
        return RC_OK;
    const utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                      UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
    const utf8proc_uint8_t *start = (const utf8proc_uint8_t *)bytes;
    utf8proc_ssize_t size = (utf8proc_ssize_t)length;
    folded->codes = folded->stack_codes;
    utf8proc_ssize_t need =
        utf8proc_decompose(start, size, folded->stack_codes, STACK_CODES, options);
    if (need < 0)
        return RC_BAD_INPUT;
    folded->count = (size_t)need;
    if (folded->count > STACK_CODES) {
        folded->codes = ARENA_ARRAY(arena, int32_t, folded->count);
        if (folded->codes == NULL)
            return RC_NO_MEMORY;
        if (utf8proc_decompose(start, size, folded->codes, need, options) != need)
            return RC_BAD_INPUT;
    }
    return make_key_room(folded, arena);
}

// Adds one code point to a key; returns the new length.
static size_t put_code(char *key, size_t length, int32_t code)
{
    if (code < 0x80) {
        key[length] = (char)code;
        return length + 1;
    }
    const char *letters = base_letters(code);
    if (letters != NULL) {
        size_t count = strlen(letters);
        memcpy(key + length, letters, count);
        return length + count;
    }
    return length + (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)key + length);
}

// A space that is neither first nor doubled.
static size_t put_space(char *key, size_t length)
{
    if (length > 0 && key[length - 1] != ' ')
        key[length++] = ' ';
    return length;
}

// The finished key: copied from the stack, or where it was made.
static enum rc close_key(const struct folded *folded, struct arena *arena, size_t length,
                         char **ret_key)
{
    if (length > 0 && folded->key[length - 1] == ' ')
        length--;
    folded->key[length] = '\0';
    char *key = folded->key;
    if (key == folded->stack_key)
        key = arena_strndup(arena, key, length);
    if (key == NULL)
        return RC_NO_MEMORY;
    *ret_key = key;
    return RC_OK;
}

enum rc text_key(struct arena *arena, const char *bytes, size_t length, char **ret_key)
{
    struct folded folded;
    TRY(fold(arena, bytes, length, &folded));
    size_t used = 0;
    for (size_t i = 0; i < folded.count; i++) {
        int32_t code = folded.codes[i];
        used = is_space(code) ? put_space(folded.key, used) : put_code(folded.key, used, code);
    }
    return close_key(&folded, arena, used, ret_key);
}

// "c++" and "c#" are words; "a+b" is two.
static bool is_kept_sign(const int32_t *codes, size_t count, size_t at)
{
    if (at == 0 || (codes[at] != '+' && codes[at] != '#'))
        return false;
    int32_t before = codes[at - 1];
    bool after_word = is_word(before) || (before == codes[at] && at >= 2 && is_word(codes[at - 2]));
    bool followed = at + 1 < count && (is_word(codes[at + 1]));
    return after_word && !followed;
}

static bool is_apostrophe(int32_t code)
{
    return code == '\'' || code == 0x2018 || code == 0x2019 || code == 0x02bc;
}

enum rc text_word_key(struct arena *arena, const char *bytes, size_t length, char **ret_key)
{
    struct folded folded;
    TRY(fold(arena, bytes, length, &folded));
    size_t used = 0;
    for (size_t i = 0; i < folded.count; i++) {
        int32_t code = folded.codes[i];
        if (is_apostrophe(code))
            continue;
        if (is_word(code) || is_kept_sign(folded.codes, folded.count, i))
            used = put_code(folded.key, used, code);
        else
            used = put_space(folded.key, used);
    }
    return close_key(&folded, arena, used, ret_key);
}

size_t text_split(const char *key, struct text *ret_words, size_t max)
{
    size_t count = 0;
    while (*key != '\0') {
        size_t length = strcspn(key, " ");
        if (length > 0 && count < max)
            ret_words[count] = (struct text){key, length};
        count += length > 0 ? 1 : 0;
        key += length;
        key += strspn(key, " ");
    }
    return count;
}

size_t text_code_points(const char *bytes, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)bytes[i] & 0xc0u) != 0x80u ? 1 : 0;
    return count;
}

// At most TEXT_DISTANCE_LIMIT code points; more, or bytes that are not UTF-8, give
// TEXT_DISTANCE_LIMIT + 1.
static size_t decode_all(struct text text, int32_t codes[TEXT_DISTANCE_LIMIT])
{
    size_t count = 0;
    for (size_t at = 0; at < text.length; count++) {
        int32_t code = 0;
        size_t got = decode(text.bytes + at, text.length - at, &code);
        if (got == 0 || count == TEXT_DISTANCE_LIMIT)
            return TEXT_DISTANCE_LIMIT + 1;
        codes[count] = code;
        at += got;
    }
    return count;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

// One row of the distance table from the two rows above it; returns its least entry.
static unsigned distance_row(const int32_t *a, size_t i, const int32_t *b, size_t b_count,
                             unsigned (*rows)[TEXT_DISTANCE_LIMIT + 1])
{
    const unsigned *two_up = rows[(i + 1) % 3];
    const unsigned *up = rows[(i + 2) % 3];
    unsigned *row = rows[i % 3];
    row[0] = (unsigned)i;
    unsigned row_least = row[0];
    for (size_t j = 1; j <= b_count; j++) {
        unsigned change = up[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u);
        row[j] = least(change, least(up[j], row[j - 1]) + 1);
        bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        if (swapped)
            row[j] = least(row[j], two_up[j - 2] + 1);
        row_least = least(row_least, row[j]);
    }
    return row_least;
}

unsigned text_distance(struct text a, struct text b, unsigned bound)
{
    assert(bound <= 8);
    if (text_equal(a, b))
        return 0;
    int32_t a_codes[TEXT_DISTANCE_LIMIT];
    int32_t b_codes[TEXT_DISTANCE_LIMIT];
    size_t a_count = decode_all(a, a_codes);
    size_t b_count = decode_all(b, b_codes);
    if (a_count > TEXT_DISTANCE_LIMIT || b_count > TEXT_DISTANCE_LIMIT)
        return bound + 1;
    size_t gap = a_count > b_count ? a_count - b_count : b_count - a_count;
    if (gap > bound)
        return bound + 1;
    unsigned rows[3][TEXT_DISTANCE_LIMIT + 1];
    for (size_t j = 0; j <= b_count; j++)
        rows[0][j] = (unsigned)j;
    unsigned last_least = 0;
    for (size_t i = 1; i <= a_count; i++) {
        unsigned row_least = distance_row(a_codes, i, b_codes, b_count, rows);
        if (row_least > bound && last_least > bound)
            return bound + 1; // a swap reaches back two rows, no further
        last_least = row_least;
    }
    unsigned distance = rows[a_count % 3][b_count];
    return distance > bound ? bound + 1 : distance;
}

bool text_is_link(const char *text)
{
    return strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0;
}

bool text_same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

bool text_equal(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

struct text text_of(const char *closed_by_nul)
{
    return (struct text){closed_by_nul, strlen(closed_by_nul)};
}
