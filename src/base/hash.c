// SPDX-License-Identifier: Apache-2.0
// FNV-1a; see hash.h.
#include "base/hash.h"

#include <string.h>

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *from = bytes;
    for (size_t k = 0; k < length; k++)
        hash = (hash ^ from[k]) * UINT64_C(1099511628211);
    return hash;
}

uint64_t hash_text(uint64_t hash, const char *text)
{
    return hash_bytes(hash, text, strlen(text));
}
