// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis verify-certificate` says whether a certificate was made by the owner of a key,
// without a network and without the installation that made it.
#include <stdio.h>
#include <string.h>

#include "admin.h"
#include "app/recognition/recognition.h"
#include "auth/sign.h"
#include "auth/token.h"

enum { EXIT_FAILED = 1, EXIT_USE = 2, FILE_MAX = 16 << 10 };

static const char help[] =
    "Usage: trellis verify-certificate FILE [--key KEY]\n"
    "\n"
    "Says whether the file of a certificate (\"the signed text\" on its page) is as it was\n"
    "signed. --key is the public key of the organisation, as its page /certificates/key\n"
    "shows it: without it only the file's own key is used, which proves that the text was\n"
    "not changed, but not by whom it was signed.\n"
    "\n"
    "A certificate may have been replaced or taken back since: only its page tells that.\n"
    "\n"
    "Exit status: 0 it fits, 1 it does not, 2 wrong use or a file that cannot be read.\n";

static int judge(struct arena *arena, const char *file, const char *key)
{
    struct certificate_parts parts;
    if (certificate_read(arena, file, &parts) != RC_OK) {
        fputs("trellis: this is not the file of a certificate.\n", stderr);
        return EXIT_USE;
    }
    if (key != NULL && strcmp(key, parts.public) != 0) {
        puts("It is NOT by the owner of this key.");
        return EXIT_FAILED;
    }
    if (!sign_fits(parts.public, parts.text, parts.sign)) {
        puts("It is NOT as it was signed: somebody has changed it.");
        return EXIT_FAILED;
    }
    fputs(parts.text, stdout);
    printf("\nIt is as it was signed%s.\n",
           key == NULL ? "; compare its key with that of the organisation's page" : "");
    if (key == NULL)
        printf("key %s\n", parts.public);
    return 0;
}

static int read_file(struct arena *arena, const char *path, const char **ret_file)
{
    FILE *from = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *bytes = arena_alloc(arena, FILE_MAX + 1);
    if (from == NULL || bytes == NULL) {
        fprintf(stderr, "trellis: %s cannot be read.\n", path);
        return EXIT_USE;
    }
    size_t length = fread(bytes, 1, FILE_MAX, from);
    bytes[length] = '\0';
    *ret_file = bytes;
    if (from != stdin)
        (void)fclose(from);
    return 0;
}

int certificate_command(int argc, char **argv)
{
    const char *path = NULL;
    const char *key = NULL;
    const char *file = "";
    bool wrong = false;
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        fputs(help, stdout);
        return 0;
    }
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--key") == 0 && k + 1 < argc)
            key = argv[++k];
        else if (path == NULL && (argv[k][0] != '-' || argv[k][1] == '\0'))
            path = argv[k];
        else
            wrong = true;
    }
    if (path == NULL || wrong || auth_start() != RC_OK) {
        fputs(help, stderr);
        return EXIT_USE;
    }
    struct arena arena;
    arena_open(&arena, 1 << 20);
    int status = read_file(&arena, path, &file);
    if (status == 0)
        status = judge(&arena, file, key);
    arena_close(&arena);
    return status;
}
