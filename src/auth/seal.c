// SPDX-License-Identifier: Apache-2.0
//
// Sealing by libsodium; see seal.h. The file has one key a line: its id, and 64 hexadecimal digits.
#define _POSIX_C_SOURCE 200809L // open, chmod

#include "auth/seal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"

enum {
    KEY_BYTES = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    MAC_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    HEX_BYTES = 2 * KEY_BYTES,
    ID_LETTERS = SEAL_ID_BYTES - 1,
    FILE_MAX_BYTES = 1 << 16,
};
static const char mark[] = "$1$";
enum { MARK_LETTERS = sizeof mark - 1, HEAD_LETTERS = MARK_LETTERS + ID_LETTERS + 1 };

static_assert(KEY_BYTES == 32, "struct seal has room for one");

static void name_key(const unsigned char key[KEY_BYTES], char ret_id[SEAL_ID_BYTES])
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash(hash, sizeof hash, key, KEY_BYTES, (const unsigned char *)"id", 2);
    sodium_bin2hex(ret_id, SEAL_ID_BYTES, hash, ID_LETTERS / 2);
}

// ---- the file ----------------------------------------------------------------------------------

static enum rc write_keys(struct arena *arena, const char *path, const struct seal *seal,
                          const char **ret_error)
{
    struct buffer out;
    char hex[HEX_BYTES + 1];
    buffer_open(&out, arena, FILE_MAX_BYTES);
    buffer_text(&out, "# Keys of Trellis. Without them what is sealed is lost. Keep a copy apart "
                      "from the backups.\n");
    for (size_t k = 0; k < seal->count; k++) {
        sodium_bin2hex(hex, sizeof hex, seal->keys[k].key, KEY_BYTES);
        buffer_printf(&out, "%s %s\n", seal->keys[k].id, hex);
    }
    TRY(out.rc);
    TRY(file_write(arena, path, out.bytes, out.length, ret_error));
    sodium_memzero(hex, sizeof hex);
    if (chmod(path, 0600) == 0)
        return RC_OK;
    *ret_error = "the key file cannot be kept from others";
    return RC_IO;
}

static enum rc read_line(struct seal *seal, const char *line, size_t length)
{
    char id[SEAL_ID_BYTES];
    size_t got = 0;
    if (length == 0 || line[0] == '#')
        return RC_OK;
    if (length != ID_LETTERS + 1 + HEX_BYTES || line[ID_LETTERS] != ' ')
        return RC_BAD_INPUT;
    if (seal->count == SEAL_KEYS_MAX)
        return RC_LIMIT;
    unsigned char *key = seal->keys[seal->count].key;
    if (sodium_hex2bin(key, KEY_BYTES, line + ID_LETTERS + 1, HEX_BYTES, NULL, &got, NULL) != 0 ||
        got != KEY_BYTES)
        return RC_BAD_INPUT;
    name_key(key, id);
    if (memcmp(id, line, ID_LETTERS) != 0)
        return RC_BAD_INPUT; // a digit was lost
    memcpy(seal->keys[seal->count++].id, id, sizeof id);
    return RC_OK;
}

static enum rc read_keys(struct seal *seal, struct text content)
{
    size_t from = 0;
    while (from < content.length) {
        const char *line = content.bytes + from;
        const char *end = memchr(line, '\n', content.length - from);
        size_t length = end == NULL ? content.length - from : (size_t)(end - line);
        TRY(read_line(seal, line, length));
        from += length + 1;
    }
    return seal->count > 0 ? RC_OK : RC_BAD_INPUT;
}

enum rc seal_add(struct arena *arena, const char *path, struct seal *seal, const char **ret_error)
{
    struct seal more = *seal;
    *ret_error = "there are too many keys: forget the old ones";
    if (seal->count == SEAL_KEYS_MAX)
        return RC_LIMIT;
    randombytes_buf(more.keys[more.count].key, KEY_BYTES);
    name_key(more.keys[more.count].key, more.keys[more.count].id);
    more.count++;
    TRY(write_keys(arena, path, &more, ret_error));
    *seal = more;
    return RC_OK;
}

enum rc seal_forget(struct arena *arena, const char *path, struct seal *seal,
                    const char **ret_error)
{
    struct seal last = {.count = 1};
    last.keys[0] = seal->keys[seal->count - 1];
    TRY(write_keys(arena, path, &last, ret_error));
    *seal = last;
    return RC_OK;
}

// Of several programs that start at once, one makes it, and all read what that one made.
static enum rc make_file(struct arena *arena, const char *path, const char **ret_error)
{
    struct seal first = {.count = 0};
    const char *beside = arena_printf(arena, "%s.%ld", path, (long)getpid());
    if (beside == NULL)
        return RC_NO_MEMORY;
    TRY(seal_add(arena, beside, &first, ret_error));
    int linked = link(beside, path);
    bool made = linked == 0 || errno == EEXIST;
    unlink(beside);
    if (made)
        return RC_OK;
    *ret_error = "the key file cannot be made";
    return RC_IO;
}

enum rc seal_open(struct arena *arena, const char *path, bool make, struct seal **ret_seal,
                  const char **ret_error)
{
    struct text content;
    struct seal *seal = ARENA_NEW(arena, struct seal);
    *ret_error = "there is not enough memory";
    if (seal == NULL)
        return RC_NO_MEMORY;
    if (access(path, F_OK) != 0) {
        *ret_error = "the key file is not there";
        if (!make)
            return RC_NOT_FOUND;
        TRY(make_file(arena, path, ret_error));
    }
    TRY(file_read(arena, path, FILE_MAX_BYTES, &content, ret_error));
    *ret_error = "the key file is damaged, or is none";
    TRY(read_keys(seal, content));
    *ret_seal = seal;
    return RC_OK;
}

bool seal_is_private(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && (about.st_mode & 077) == 0;
}

// ---- texts -------------------------------------------------------------------------------------

enum rc seal_text(const struct seal *seal, struct arena *arena, const char *place, const char *text,
                  const char **ret_sealed)
{
    size_t length = strlen(text);
    if (length == 0) {
        *ret_sealed = "";
        return RC_OK;
    }
    if (seal == NULL)
        return RC_IO;
    if (length > SEAL_TEXT_MAX)
        return RC_LIMIT;
    size_t whole = NONCE_BYTES + length + MAC_BYTES;
    size_t letters = sodium_base64_encoded_len(whole, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    unsigned char *bytes = arena_alloc(arena, whole);
    char *out = arena_alloc(arena, HEAD_LETTERS + letters);
    if (bytes == NULL || out == NULL)
        return RC_NO_MEMORY;
    randombytes_buf(bytes, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        bytes + NONCE_BYTES, NULL, (const unsigned char *)text, length,
        (const unsigned char *)place, strlen(place), NULL, bytes, seal->keys[seal->count - 1].key);
    memcpy(out, mark, MARK_LETTERS);
    memcpy(out + MARK_LETTERS, seal->keys[seal->count - 1].id, ID_LETTERS);
    out[HEAD_LETTERS - 1] = '$';
    sodium_bin2base64(out + HEAD_LETTERS, letters, bytes, whole,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    *ret_sealed = out;
    return RC_OK;
}

static bool is_sealed(const char *text)
{
    return strlen(text) > HEAD_LETTERS && memcmp(text, mark, MARK_LETTERS) == 0 &&
           text[HEAD_LETTERS - 1] == '$';
}

bool seal_is_new(const struct seal *seal, const char *sealed)
{
    if (sealed[0] == '\0')
        return true;
    return is_sealed(sealed) &&
           memcmp(sealed + MARK_LETTERS, seal->keys[seal->count - 1].id, ID_LETTERS) == 0;
}

static const unsigned char *find_key(const struct seal *seal, const char *id)
{
    for (size_t k = 0; seal != NULL && k < seal->count; k++)
        if (memcmp(seal->keys[k].id, id, ID_LETTERS) == 0)
            return seal->keys[k].key;
    return NULL;
}

enum rc seal_read(const struct seal *seal, struct arena *arena, const char *place,
                  const char *sealed, const char **ret_text)
{
    if (!is_sealed(sealed)) {
        *ret_text = sealed;
        return RC_OK;
    }
    const unsigned char *key = find_key(seal, sealed + MARK_LETTERS);
    size_t letters = strlen(sealed) - HEAD_LETTERS;
    size_t whole = 0;
    unsigned long long length = 0;
    unsigned char *bytes = arena_alloc(arena, letters);
    char *text = arena_alloc(arena, letters + 1);
    if (key == NULL)
        return RC_NOT_FOUND;
    if (bytes == NULL || text == NULL)
        return RC_NO_MEMORY;
    if (sodium_base642bin(bytes, letters, sealed + HEAD_LETTERS, letters, NULL, &whole, NULL,
                          sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0 ||
        whole < NONCE_BYTES + MAC_BYTES)
        return RC_BAD_INPUT;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            (unsigned char *)text, &length, NULL, bytes + NONCE_BYTES, whole - NONCE_BYTES,
            (const unsigned char *)place, strlen(place), bytes, key) != 0)
        return RC_BAD_INPUT;
    text[length] = '\0';
    *ret_text = text;
    return RC_OK;
}
