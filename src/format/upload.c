// SPDX-License-Identifier: Apache-2.0
//
// Knows files by their content, and cleans pictures; see upload.h.
#include "format/upload.h"

#include <stdbool.h>
#include <string.h>

#include "base/msg.h"

static const struct {
    const char *type;
    const char *ending;
} kinds[] = {
    [UPLOAD_PDF] = {"application/pdf",                                                         "pdf"},
    [UPLOAD_PNG] = {"image/png",                                                               "png"},
    [UPLOAD_JPEG] = {"image/jpeg",                                                              "jpg"},
    [UPLOAD_MP3] = {"audio/mpeg",                                                              "mp3"},
    [UPLOAD_MP4] = {"video/mp4",                                                               "mp4"},
    [UPLOAD_VTT] = {"text/vtt",                                                                "vtt"},
    [UPLOAD_DOCX] = {"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "docx"                                                                          },
    [UPLOAD_TEXT] = {"text/plain",                                                              "txt"},
};

const char *upload_type(enum upload_kind kind)
{
    return kinds[kind].type;
}

const char *upload_ending(enum upload_kind kind)
{
    return kinds[kind].ending;
}

static bool has_at(struct text t, size_t at, const char *bytes, size_t length)
{
    return at + length <= t.length && memcmp(t.bytes + at, bytes, length) == 0;
}

static bool contains(struct text t, const char *bytes, size_t length)
{
    for (size_t k = 0; k + length <= t.length; k++) {
        const char *next = memchr(t.bytes + k, (unsigned char)bytes[0], t.length - length - k + 1);
        if (next == NULL)
            return false;
        k = (size_t)(next - t.bytes);
        if (memcmp(next, bytes, length) == 0)
            return true;
    }
    return false;
}

static uint32_t number_at(struct text t, size_t at, unsigned bytes)
{
    uint32_t value = 0;
    for (unsigned k = 0; k < bytes; k++)
        value = value << 8 | (unsigned char)t.bytes[at + k];
    return value;
}

// What is being put together: never longer than what was sent.
struct cleaned {
    struct text from;
    char *bytes;
    size_t length;
};

static enum rc clean_open(struct arena *arena, struct text content, struct cleaned *out)
{
    *out = (struct cleaned){content, arena_alloc(arena, content.length), 0};
    return out->bytes == NULL ? RC_NO_MEMORY : RC_OK;
}

static void keep(struct cleaned *out, size_t at, size_t length)
{
    memcpy(out->bytes + out->length, out->from.bytes + at, length);
    out->length += length;
}

// ---- PNG ---------------------------------------------------------------------------------------

// Chunks that say how the picture looks; all others are left out.
static bool is_png_look(struct text t, size_t at)
{
    static const char *const looks[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
                                        "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs"};
    for (size_t k = 0; k < sizeof looks / sizeof looks[0]; k++)
        if (has_at(t, at, looks[k], 4))
            return true;
    return false;
}

static bool too_many(uint32_t wide, uint32_t high)
{
    return (uint64_t)wide * high > UPLOAD_PIXELS_MAX;
}

static enum rc clean_png(struct cleaned *out)
{
    struct text t = out->from;
    size_t at = 8;
    keep(out, 0, 8);
    if (t.length < 33 || !has_at(t, 12, "IHDR", 4))
        return RC_BAD_INPUT;
    if (too_many(number_at(t, 16, 4), number_at(t, 20, 4)))
        return RC_LIMIT;
    while (t.length - at >= 12) {
        size_t length = number_at(t, at, 4);
        if (length > t.length - at - 12)
            return RC_BAD_INPUT;
        if (is_png_look(t, at + 4))
            keep(out, at, length + 12);
        if (has_at(t, at + 4, "IEND", 4))
            return RC_OK;
        at += length + 12;
    }
    return RC_BAD_INPUT;
}

// ---- JPEG --------------------------------------------------------------------------------------

// APP0 (JFIF), the colour profile and Adobe's note on colours are kept; Exif, XMP, thumbnails and
// comments are not.
static bool is_jpeg_look(struct text t, size_t at, unsigned marker)
{
    if (marker == 0xe0)
        return has_at(t, at + 2, "JFIF\0", 5);
    if (marker == 0xe2)
        return has_at(t, at + 2, "ICC_PROFILE\0", 12);
    if (marker == 0xee)
        return has_at(t, at + 2, "Adobe", 5);
    return marker < 0xe0 || (marker > 0xef && marker != 0xfe);
}

static bool is_frame(unsigned marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

// The picture's own data up to the next marker.
static size_t scan_end(struct text t, size_t at)
{
    while (at + 1 < t.length) {
        unsigned next = (unsigned char)t.bytes[at + 1];
        bool data =
            (unsigned char)t.bytes[at] != 0xff || next == 0 || (next >= 0xd0 && next <= 0xd7);
        if (!data)
            return at;
        at++;
    }
    return t.length;
}

// The size of a picture stands in its frame.
static enum rc read_frame(struct text t, size_t at, bool *ret_framed)
{
    *ret_framed = true;
    return too_many(number_at(t, at + 5, 2), number_at(t, at + 7, 2)) ? RC_LIMIT : RC_OK;
}

// 0: what has none. It stands in a scan alone: kept between parts, it would become a part of one.
static size_t part_length(struct text t, size_t at, unsigned marker)
{
    bool none = marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9);
    return none ? 0 : number_at(t, at + 2, 2);
}

static enum rc clean_jpeg(struct cleaned *out)
{
    struct text t = out->from;
    size_t at = 2;
    bool framed = false;
    keep(out, 0, 2);
    while (t.length - at >= 4) {
        unsigned marker = (unsigned char)t.bytes[at + 1];
        if ((unsigned char)t.bytes[at] != 0xff)
            return RC_BAD_INPUT;
        if (marker == 0xff) { // filling
            at++;
            continue;
        }
        size_t length = part_length(t, at, marker);
        if (length < 2 || length > t.length - at - 2)
            return RC_BAD_INPUT;
        if (is_frame(marker) && length >= 7)
            TRY(read_frame(t, at, &framed));
        if (is_jpeg_look(t, at + 2, marker))
            keep(out, at, length + 2);
        at += length + 2;
        if (marker != 0xda)
            continue;
        size_t end = scan_end(t, at);
        keep(out, at, end - at);
        at = end;
        if (framed && has_at(t, at, "\xff\xd9", 2)) {
            keep(out, at, 2);
            return RC_OK;
        }
    }
    return RC_BAD_INPUT;
}

// ---- the others --------------------------------------------------------------------------------

static bool is_plain(struct text t)
{
    for (size_t k = 0; k < t.length; k++) {
        unsigned char c = (unsigned char)t.bytes[k];
        if (c == 0x7f || (c < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\f'))
            return false;
    }
    return t.length > 0 && text_is_utf8(t.bytes, t.length);
}

static bool has_place(struct text t)
{
    return contains(t, "\xa9xyz", 4) || contains(t, "com.apple.quicktime.location", 28) ||
           contains(t, "loci", 4);
}

static bool is_mp3(struct text t)
{
    if (has_at(t, 0, "ID3", 3))
        return true;
    return t.length > 4 && (unsigned char)t.bytes[0] == 0xff &&
           ((unsigned char)t.bytes[1] & 0xe6) == 0xe2;
}

static bool is_docx(struct text t)
{
    return has_at(t, 0, "PK\3\4", 4) && contains(t, "[Content_Types].xml", 19) &&
           contains(t, "word/document.xml", 17);
}

static bool find_kind(struct text t, enum upload_kind *ret_kind)
{
    if (has_at(t, 0, "%PDF-", 5))
        *ret_kind = UPLOAD_PDF;
    else if (has_at(t, 0, "\x89PNG\r\n\x1a\n", 8))
        *ret_kind = UPLOAD_PNG;
    else if (has_at(t, 0, "\xff\xd8\xff", 3))
        *ret_kind = UPLOAD_JPEG;
    else if (has_at(t, 4, "ftyp", 4))
        *ret_kind = UPLOAD_MP4;
    else if (is_docx(t))
        *ret_kind = UPLOAD_DOCX;
    else if (is_mp3(t))
        *ret_kind = UPLOAD_MP3;
    else if (is_plain(t))
        *ret_kind = has_at(t, 0, "WEBVTT", 6) || has_at(t, 0, "\xef\xbb\xbfWEBVTT", 9)
                        ? UPLOAD_VTT
                        : UPLOAD_TEXT;
    else
        return false;
    return true;
}

static enum rc refuse(const char **ret_why, const char *why)
{
    *ret_why = why;
    return RC_BAD_INPUT;
}

enum rc upload_read(struct arena *arena, struct text content, enum upload_kind *ret_kind,
                    struct text *ret_clean, const char **ret_why)
{
    enum upload_kind kind = UPLOAD_TEXT;
    struct cleaned out;
    if (!find_kind(content, &kind))
        return refuse(ret_why, MSG("This kind of file is not taken. Use PDF, PNG, JPEG, MP3, MP4, "
                                   "VTT, DOCX or plain text"));
    if (kind == UPLOAD_DOCX && contains(content, "vbaProject.bin", 14))
        return refuse(ret_why,
                      MSG("This document has programs (macros) in it. Save it without them"));
    if (kind == UPLOAD_MP4 && has_place(content))
        return refuse(ret_why,
                      MSG("This video says where it was recorded. Save it without its place"));
    if (kind != UPLOAD_PNG && kind != UPLOAD_JPEG) {
        *ret_kind = kind;
        *ret_clean = content;
        return RC_OK;
    }
    TRY(clean_open(arena, content, &out));
    enum rc rc = kind == UPLOAD_PNG ? clean_png(&out) : clean_jpeg(&out);
    if (rc == RC_LIMIT)
        *ret_why = MSG("This picture is too large. Make it smaller first");
    if (rc == RC_BAD_INPUT)
        *ret_why = MSG("This picture is broken. Save it again");
    TRY(rc);
    *ret_kind = kind;
    *ret_clean = (struct text){out.bytes, out.length};
    return RC_OK;
}

enum rc upload_name(struct arena *arena, const char *told, enum upload_kind kind,
                    const char **ret_name)
{
    char stem[UPLOAD_NAME_MAX + 1];
    size_t length = 0;
    const char *dot = strrchr(told, '.');
    size_t end = dot == NULL ? strlen(told) : (size_t)(dot - told);
    for (size_t k = 0; k < end && length < UPLOAD_NAME_MAX; k++) {
        unsigned char c = (unsigned char)told[k];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (plain)
            stem[length++] = (char)c;
        else if (length > 0 && stem[length - 1] != '-')
            stem[length++] = '-';
    }
    while (length > 0 && stem[length - 1] == '-')
        length--;
    stem[length] = '\0';
    const char *name =
        arena_printf(arena, "%s.%s", length == 0 ? "file" : stem, upload_ending(kind));
    if (name == NULL)
        return RC_NO_MEMORY;
    *ret_name = name;
    return RC_OK;
}
