// SPDX-License-Identifier: Apache-2.0
//
// A database file that is damaged: bytes changed, pieces lost, doubled or moved, in the file and in
// its log. The program never crashes: it says what is wrong in a sentence and gives up, or it
// works.
//
//   TEST_FAULTS=all    20,000 damaged files instead of 500
#define _GNU_SOURCE // fork

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/file.h"

#include "auth/token.h"
#include "db/db_test.h"
#include "demo.h"
#include "desk_test.h"

enum { FILE_MAX_BYTES = 32 << 20, LIMIT_S = 10 };

struct dice {
    uint64_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 7;
    dice->state ^= dice->state << 17;
    return sides == 0 ? 0 : (uint32_t)(dice->state >> 11) % sides;
}

// Damages a copy in place; gives its new length.
static size_t damage(struct dice *dice, char *bytes, size_t length)
{
    uint32_t pages = (uint32_t)(length / 4096);
    char *page = bytes + (size_t)roll(dice, pages) * 4096;
    switch (roll(dice, 7)) {
    case 0: // bytes anywhere
        for (uint32_t k = roll(dice, 40) + 1; k > 0; k--)
            bytes[roll(dice, (uint32_t)length)] = (char)roll(dice, 256);
        return length;
    case 1: // the head of the file
        for (uint32_t k = roll(dice, 8) + 1; k > 0; k--)
            bytes[roll(dice, 100)] = (char)roll(dice, 256);
        return length;
    case 2: // the head of a page: kind, cells, pointers
        for (uint32_t k = roll(dice, 12) + 1; k > 0; k--)
            page[roll(dice, 120)] = (char)roll(dice, 256);
        return length;
    case 3: // cut off
        return roll(dice, (uint32_t)length);
    case 4: // a page of zeroes
        memset(page, 0, 4096);
        return length;
    case 5: // a page in the place of another
        memcpy(page, bytes + (size_t)roll(dice, pages) * 4096, 4096);
        return length;
    default: // the tables' own table
        for (uint32_t k = roll(dice, 20) + 1; k > 0; k--)
            bytes[100 + roll(dice, 3900)] = (char)roll(dice, 256);
        return length;
    }
}

static bool write_bytes(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return false;
    bool fine = fwrite(bytes, 1, length, file) == length;
    return fclose(file) == 0 && fine;
}

// What the child does with it: opens, reads pages, writes a little, closes.
static int use(const char *folder)
{
    static const char *const paths[] = {"/", "/cohorts", "/sign-in", "/readyz", "/help"};
    struct installation installation = {.folder = folder, .readers = 3, .loops = 2};
    struct app app;
    struct web *web = NULL;
    struct http_exchange exchange;
    if (installation_open(&installation) != RC_OK)
        return 1;
    if (desk_open(&installation, &app, &web) != RC_OK)
        return 1;
    desk_exchange_open(&exchange, NULL);
    for (size_t k = 0; k < sizeof paths / sizeof paths[0]; k++) {
        arena_open(&exchange.arena, DESK_ARENA_BYTES);
        int status = desk_ask(&exchange, paths[k], "trellis=0123", NULL);
        arena_close(&exchange.arena);
        if (status != 200 && status != 303 && status != 404 && status != 503 && status != 500)
            return 3;
    }
    web_stop(web);
    db_close(installation.db);
    arena_close(&installation.arena);
    return 0;
}

struct seen {
    int fine;
    int refused;
    int silent; // refused without a sentence
    int odd;
    int crashed;
};

static void look(const char *folder, const char *said, struct seen *seen)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {LIMIT_S, LIMIT_S};
        setrlimit(RLIMIT_CPU, &limit);
        if (freopen(said, "wb", stderr) == NULL)
            _exit(4);
        int result = use(folder);
        (void)fflush(stderr);
        _exit(result);
    }
    waitpid(child, &status, 0);
    if (!WIFEXITED(status)) {
        seen->crashed++;
    } else if (WEXITSTATUS(status) == 0) {
        seen->fine++;
    } else if (WEXITSTATUS(status) == 1) {
        struct arena arena;
        struct text words = {"", 0};
        const char *error = "";
        arena_open(&arena, 1 << 20);
        seen->refused++;
        if (file_read(&arena, said, 1 << 16, &words, &error) != RC_OK || words.length < 20)
            seen->silent++;
        arena_close(&arena);
    } else {
        seen->odd++;
    }
}

static bool make_demo(char *folder)
{
    char *words[] = {(char[]){"demo"}, (char[]){"--data"}, folder, NULL};
    (void)fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    bool fine = freopen("/dev/null", "wb", stdout) != NULL && demo_command(3, words) == 0;
    (void)fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    return fine;
}

int main(void)
{
    struct test_place place;
    struct arena arena;
    struct text whole = {"", 0};
    const char *error = "";
    struct dice dice = {.state = 88172645463325252u};
    struct seen seen = {0};
    char folder[80];
    char file[128];
    char said[128];
    test_place_open(&place);
    arena_open(&arena, (size_t)4 * FILE_MAX_BYTES);
    snprintf(folder, sizeof folder, "%s/data", place.folder);
    snprintf(file, sizeof file, "%s/trellis.db", folder);
    snprintf(said, sizeof said, "%s/said", place.folder);
    if (!ok(auth_start() == RC_OK && make_demo(folder) &&
                file_read(&arena, file, FILE_MAX_BYTES, &whole, &error) == RC_OK,
            "a demo to damage"))
        return tap_done();
    look(folder, said, &seen);
    is_int(seen.fine, 1, "whole, it works");
    const char *wanted = getenv("TEST_FAULTS");
    int files = wanted != NULL && strcmp(wanted, "all") == 0 ? 20000 : (int)tap_share(500);
    char *bytes = arena_alloc(&arena, whole.length);
    for (int k = 0; k < files && bytes != NULL; k++) {
        memcpy(bytes, whole.bytes, whole.length);
        size_t length = damage(&dice, bytes, whole.length);
        char log[140];
        snprintf(log, sizeof log, "%s-wal", file);
        unlink(log);
        snprintf(log, sizeof log, "%s-shm", file);
        unlink(log);
        if (!write_bytes(file, bytes, length))
            break;
        look(folder, said, &seen);
    }
    is_int(seen.crashed, 0, "%d damaged files: none crashes the program or stops it", files);
    is_int(seen.odd, 0, "nor makes it answer in an odd way");
    is_int(seen.silent, 0, "%d are refused, each with a sentence", seen.refused);
    ok(seen.refused > files / 20, "control: damage is noticed");
    arena_close(&arena);
    test_place_close(&place);
    return tap_done();
}
