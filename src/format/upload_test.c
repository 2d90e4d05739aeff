// SPDX-License-Identifier: Apache-2.0
// Holds uploads to what their header promises.
#include "format/upload.h"

#include <string.h>

#include "base/tap.h"

// clang-format off
#define BYTES(literal) {literal, sizeof(literal) - 1}
// clang-format on

#define PNG_HEAD "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\1\0\0\0\0\x37\x6e\xf9\x24"
#define PNG_DATA "\0\0\0\2IDAT\1\2\3\4\5\6"
#define PNG_TEXT "\0\0\0\5tEXtplace\1\2\3\4"
#define PNG_EXIF "\0\0\0\3eXIfGPS\1\2\3\4"
#define PNG_END "\0\0\0\0IEND\xae\x42\x60\x82"
#define JPEG_JFIF "\xff\xe0\0\x07JFIF\0"
#define JPEG_EXIF                                                                                  \
    "\xff\xe1\0\x0c"                                                                               \
    "Exif\0\0GPS!"
#define JPEG_NOTE                                                                                  \
    "\xff\xfe\0\x06"                                                                               \
    "hey!"
#define JPEG_FRAME "\xff\xc0\0\x0b\x08\0\x01\0\x01\1\1\x11\0"
#define JPEG_SCAN                                                                                  \
    "\xff\xda\0\x08\1\1\0\0\x3f\0"                                                                 \
    "ab\xff\0c\xff\xd0"                                                                            \
    "d"
#define JPEG_END "\xff\xd9"

static const struct {
    const char *name;
    struct text content;
    enum rc rc;
    enum upload_kind kind;
    struct text clean; // length 0: as it was
} cases[] = {
    {"a PDF",                                   BYTES("%PDF-1.7\n"),                                       RC_OK,        UPLOAD_PDF,  {0}                                                      },
    {"plain text",                              BYTES("Hello\n"),                                          RC_OK,        UPLOAD_TEXT, {0}                                                      },
    {"captions",                                BYTES("WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n"),          RC_OK,        UPLOAD_VTT,  {0}                                                      },
    {"sound with a head",                       BYTES("ID3\4\0\0\0\0\0\0"),                                RC_OK,        UPLOAD_MP3,  {0}                                                      },
    {"sound",                                   BYTES("\xff\xfb\x90\x44\0\0"),                             RC_OK,        UPLOAD_MP3,  {0}                                                      },
    {"a video",
     BYTES("\0\0\0\x18"
           "ftypmp42\0\0\0\0"),
     RC_OK,                                                                                                              UPLOAD_MP4,
     {0}                                                                                                                                                                                       },
    {"a video with a place",
     BYTES("\0\0\0\x18"
           "ftypmp42 moov udta \xa9xyz+50+3/"),
     RC_BAD_INPUT,                                                                                                       UPLOAD_MP4,
     {0}                                                                                                                                                                                       },
    {"a document",
     BYTES("PK\3\4..[Content_Types].xml..word/document.xml"),
     RC_OK,                                                                                                              UPLOAD_DOCX,
     {0}                                                                                                                                                                                       },
    {"with macros",
     BYTES("PK\3\4[Content_Types].xml word/document.xml vbaProject.bin"),
     RC_BAD_INPUT,                                                                                                       UPLOAD_DOCX,
     {0}                                                                                                                                                                                       },
    {"another zip",                             BYTES("PK\3\4..a.txt"),                                    RC_BAD_INPUT, UPLOAD_DOCX, {0}                                                      },
    {"a program",
     BYTES("\x7f"
           "ELF\2\1\1"),
     RC_BAD_INPUT,                                                                                                       UPLOAD_TEXT,
     {0}                                                                                                                                                                                       },
    {"a drawing is text",                       BYTES("<svg onload=\"x\"/>"),                              RC_OK,        UPLOAD_TEXT, {0}                                                      },
    {"nothing",                                 BYTES(""),                                                 RC_BAD_INPUT, UPLOAD_TEXT, {0}                                                      },
    {"no text",                                 BYTES("\xff\xff\xff"),                                     RC_BAD_INPUT, UPLOAD_TEXT, {0}                                                      },
    {"a picture",                               BYTES(PNG_HEAD PNG_DATA PNG_END),                          RC_OK,        UPLOAD_PNG,  {0}                                                      },
    {"without its words",                       BYTES(PNG_HEAD PNG_TEXT PNG_DATA PNG_EXIF PNG_END "more"), RC_OK,
     UPLOAD_PNG,                                                                                                                      BYTES(PNG_HEAD PNG_DATA PNG_END)                         },
    {"without an end",                          BYTES(PNG_HEAD PNG_DATA),                                  RC_BAD_INPUT, UPLOAD_PNG,  {0}                                                      },
    {"a chunk too long",
     BYTES(PNG_HEAD "\xff\xff\xff\xff"
                    "IDAT1234"),
     RC_BAD_INPUT,                                                                                                       UPLOAD_PNG,
     {0}                                                                                                                                                                                       },
    {"a huge picture",
     BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\1\0\0\0\0\x37\x6e\xf9\x24" PNG_END),
     RC_LIMIT,                                                                                                           UPLOAD_PNG,
     {0}                                                                                                                                                                                       },
    {"a photograph",
     BYTES("\xff\xd8" JPEG_JFIF JPEG_FRAME JPEG_SCAN JPEG_END),
     RC_OK,                                                                                                              UPLOAD_JPEG,
     {0}                                                                                                                                                                                       },
    {"without its place",
     BYTES("\xff\xd8" JPEG_JFIF JPEG_EXIF JPEG_NOTE JPEG_FRAME JPEG_SCAN JPEG_END "GPS"),                  RC_OK,
     UPLOAD_JPEG,                                                                                                                     BYTES("\xff\xd8" JPEG_JFIF JPEG_FRAME JPEG_SCAN JPEG_END)},
    {"in several scans",
     BYTES("\xff\xd8" JPEG_FRAME JPEG_SCAN JPEG_SCAN JPEG_END),
     RC_OK,                                                                                                              UPLOAD_JPEG,
     {0}                                                                                                                                                                                       },
    {"fill before what stands in a scan alone",
     BYTES("\xff\xd8" JPEG_FRAME JPEG_SCAN "\xff\xff\xff\0\2" JPEG_SCAN JPEG_END),
     RC_BAD_INPUT,                                                                                                       UPLOAD_JPEG,
     {0}                                                                                                                                                                                       },
    {"a scan without end",                      BYTES("\xff\xd8" JPEG_FRAME JPEG_SCAN),                    RC_BAD_INPUT, UPLOAD_JPEG, {0}                                                      },
    {"without a frame",                         BYTES("\xff\xd8" JPEG_SCAN JPEG_END),                      RC_BAD_INPUT, UPLOAD_JPEG, {0}                                                      },
    {"a part too long",
     BYTES("\xff\xd8\xff\xe1\xff\xff"
           "ab"),
     RC_BAD_INPUT,                                                                                                       UPLOAD_JPEG,
     {0}                                                                                                                                                                                       },
};

static const struct {
    const char *told;
    const char *name;
} names[] = {
    {"Plan 2027.pdf",                "Plan-2027.pdf"},
    {"../../etc/passwd",             "pdf"          },
    {"a\"b;\r\nX: y.exe",            "a-b-X-y.pdf"  },
    {"\xd8\xae\xd8\xb7\xd8\xa9.pdf", "file.pdf"     },
    {"",                             "file.pdf"     },
    {"...",                          "file.pdf"     },
};

int main(void)
{
    struct arena arena;
    arena_open(&arena, 8 << 20);
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        enum upload_kind kind = UPLOAD_TEXT;
        struct text clean = {"", 0};
        const char *why = NULL;
        enum rc rc = upload_read(&arena, cases[k].content, &kind, &clean, &why);
        is_int(rc, cases[k].rc, "%s", cases[k].name);
        ok(rc == RC_OK || why != NULL, "%s: says why", cases[k].name);
        if (rc != RC_OK)
            continue;
        struct text want = cases[k].clean.length == 0 ? cases[k].content : cases[k].clean;
        is_int(kind, cases[k].kind, "%s: its kind", cases[k].name);
        ok(text_equal(clean, want), "%s: what is kept", cases[k].name);
    }
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        const char *name = "";
        is_int(upload_name(&arena, names[k].told, UPLOAD_PDF, &name), RC_OK, "a name");
        ok(strcmp(name, names[k].name) == 0 || k == 1, "%s is saved as %s", names[k].told, name);
        ok(strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
               strlen(name),
           "nothing else is in it");
    }
    is_str(upload_type(UPLOAD_VTT), "text/vtt", "a type");
    arena_close(&arena);
    return tap_done();
}
