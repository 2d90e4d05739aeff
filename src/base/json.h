// SPDX-License-Identifier: Apache-2.0
//
// Why: results are also written as JSON (RFC 8259) for other programs.
//
// Promises: strict UTF-8 out: what is not UTF-8 becomes U+FFFD; every control character is
// escaped, and also < > & and U+2028/2029, so that the text may stand inside an HTML page; objects
// and arrays are closed in order, nested at most JSON_DEPTH_LIMIT deep. The first failure stays in
// the buffer.
//
// Not for: reading.
#ifndef TRELLIS_BASE_JSON_H
#define TRELLIS_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/rc.h"

enum { JSON_DEPTH_LIMIT = 32 };

struct json {
    struct buffer *buffer;
    bool indent; // two spaces a level, one member a line
    unsigned depth;
    char kind[JSON_DEPTH_LIMIT];   // '{' or '['
    bool filled[JSON_DEPTH_LIMIT]; // has a member already
    bool has_key;                  // a key was written, its value not yet
    bool has_root;
};

void json_open(struct json *json, struct buffer *buffer, bool indent);

// The value's key inside an object. `json_key(j, "score"); json_integer(j, 7);`
void json_key(struct json *json, const char *key);

void json_object(struct json *json);
void json_array(struct json *json);
void json_end(struct json *json); // of the innermost object or array

void json_text(struct json *json, const char *text); // NULL is null
void json_text_bytes(struct json *json, const char *bytes, size_t length);
void json_base64(struct json *json, const char *bytes, size_t length); // any bytes, as text
void json_integer(struct json *json, int64_t value);
void json_real(struct json *json, double value,
               int decimals); // not a number or infinite: null; decimals 0..17
void json_boolean(struct json *json, bool value);
void json_null(struct json *json);

// Closes the document with a line feed. RC_BAD_INPUT: used wrongly (a value without key, not
// closed); else the buffer's.
enum rc json_close(struct json *json);

#endif
