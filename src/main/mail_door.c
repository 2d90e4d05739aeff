// SPDX-License-Identifier: Apache-2.0
//
// The door itself; see mail_door.h. What goes through it: the recipient and a line end, the letter,
// and then no more; back comes a number, a space and a sentence.
#define _GNU_SOURCE // accept4, O_PATH

#include "mail_door.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "format/mail_in.h"

#define DOOR_NAME "mail-in.sock"

enum {
    LETTER_MS = 10000, // a whole letter
    ANSWER_MS = 60000, // until the database has it
    WAITING_MAX = 16,
    GIVEN_MAX = MAIL_RECIPIENT_MAX + 1 + MAIL_IN_BYTES_MAX,
    SENTENCE_MAX = 200
};

struct mail_door {
    struct db *db;
    const struct app *app;
    char *folder;
    int listening;
    int stop[2]; // what is written into [1] ends the thread
    pthread_t thread;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// The address of the door. A long path goes by way of the open folder: an address has 107 bytes.
// ret_folder is to be closed after use; -1: nothing.
static bool find_address(const char *folder, struct sockaddr_un *ret_address, int *ret_folder)
{
    *ret_address = (struct sockaddr_un){.sun_family = AF_UNIX};
    *ret_folder = -1;
    int length =
        snprintf(ret_address->sun_path, sizeof ret_address->sun_path, "%s/" DOOR_NAME, folder);
    if (length > 0 && (size_t)length < sizeof ret_address->sun_path)
        return true;
    *ret_folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (*ret_folder < 0)
        return false;
    snprintf(ret_address->sun_path, sizeof ret_address->sun_path, "/proc/self/fd/%d/" DOOR_NAME,
             *ret_folder);
    return true;
}

static void close_if(int file)
{
    if (file >= 0)
        close(file);
}

// Waits until a file is ready, at most until an instant; and no longer when `stop` (>= 0) is.
static bool wait_ready(int file, short events, int stop, int64_t until_ms)
{
    struct pollfd files[2] = {
        {.fd = file, .events = events},
        {.fd = stop, .events = POLLIN}
    };
    for (;;) {
        int64_t left = until_ms - now_ms();
        int ready = left <= 0 ? 0 : poll(files, 2, (int)left);
        if (ready < 0 && errno == EINTR)
            continue;
        return ready > 0 && files[1].revents == 0;
    }
}

struct talk {
    int file;
    int stop;
    int64_t until_ms;
};

// Reads until the other side says no more, at most `most` bytes. False: too slow, or too much.
static bool read_all(const struct talk *talk, char *bytes, size_t most, size_t *ret_length)
{
    size_t length = 0;
    while (wait_ready(talk->file, POLLIN, talk->stop, talk->until_ms)) {
        ssize_t got = recv(talk->file, bytes + length, most - length, MSG_DONTWAIT);
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got < 0 || (got > 0 && length + (size_t)got == most))
            return false;
        length += (size_t)got;
        *ret_length = length;
        if (got == 0)
            return true;
    }
    return false;
}

static bool write_all(const struct talk *talk, const char *bytes, size_t length)
{
    while (length > 0 && wait_ready(talk->file, POLLOUT, talk->stop, talk->until_ms)) {
        ssize_t sent = send(talk->file, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (sent <= 0)
            return false;
        bytes += sent;
        length -= (size_t)sent;
    }
    return length == 0;
}

// ---- the server ------------------------------------------------------------------------------

static void answer_one(const struct mail_door *door, int file, char *space)
{
    const struct talk talk = {file, door->stop[0], now_ms() + LETTER_MS};
    char said[SENTENCE_MAX];
    size_t length = 0;
    if (!read_all(&talk, space, GIVEN_MAX + 1, &length))
        return;
    char *end = memchr(space, '\n', length);
    if (end == NULL)
        return;
    *end = '\0';
    const struct mail_letter letter = {space, end + 1, length - (size_t)(end + 1 - space)};
    struct mail_answer answer = mail_take(door->db, door->app, &letter);
    int wrote = snprintf(said, sizeof said, "%d %s", answer.status, answer.sentence);
    if (wrote > 0 && (size_t)wrote < sizeof said)
        write_all(&talk, said, (size_t)wrote);
}

static void *stand_at(void *data)
{
    enum { LONG_MS = 3600000, NO_FILES_MS = 200 };
    const struct mail_door *door = data;
    struct pollfd stop = {.fd = door->stop[0], .events = POLLIN};
    while (poll(&stop, 1, 0) <= 0) {
        if (!wait_ready(door->listening, POLLIN, door->stop[0], now_ms() + LONG_MS))
            continue;
        int file = accept4(door->listening, NULL, NULL, SOCK_CLOEXEC);
        char *space = file < 0 ? NULL : malloc(GIVEN_MAX + 1);
        if (space != NULL)
            answer_one(door, file, space);
        else
            poll(&stop, 1, NO_FILES_MS); // no file or memory to be had: not at once again
        free(space);
        close_if(file);
    }
    return NULL;
}

// Whoever has the folder's lock is alone, so a door that stands there is one of the dead.
static enum rc listen_at(const char *folder, int *ret_file)
{
    struct sockaddr_un address;
    int way = -1;
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool found = file >= 0 && find_address(folder, &address, &way);
    if (found)
        unlink(address.sun_path);
    // The mode is set before it has a name, so that nobody comes through in between.
    bool opened = found && fchmod(file, 0600) == 0 &&
                  bind(file, (const struct sockaddr *)&address, sizeof address) == 0 &&
                  listen(file, WAITING_MAX) == 0;
    close_if(way);
    if (!opened) {
        close_if(file);
        return RC_IO;
    }
    *ret_file = file;
    return RC_OK;
}

static void drop(struct mail_door *door)
{
    close_if(door->listening);
    close_if(door->stop[0]);
    close_if(door->stop[1]);
    free(door->folder);
    free(door);
}

enum rc mail_door_open(struct db *db, const struct app *app, const char *folder,
                       struct mail_door **ret_door)
{
    struct mail_door *door = malloc(sizeof *door);
    if (door == NULL)
        return RC_NO_MEMORY;
    *door = (struct mail_door){
        .db = db, .app = app, .folder = strdup(folder), .listening = -1, .stop = {-1, -1}
    };
    enum rc rc = door->folder == NULL                ? RC_NO_MEMORY
                 : pipe2(door->stop, O_CLOEXEC) != 0 ? RC_IO
                                                     : listen_at(folder, &door->listening);
    if (rc == RC_OK && pthread_create(&door->thread, NULL, stand_at, door) != 0)
        rc = RC_NO_MEMORY;
    if (rc != RC_OK) {
        drop(door);
        return rc;
    }
    *ret_door = door;
    return RC_OK;
}

void mail_door_close(struct mail_door *door)
{
    struct sockaddr_un address;
    int way = -1;
    if (write(door->stop[1], "", 1) == 1)
        pthread_join(door->thread, NULL);
    if (find_address(door->folder, &address, &way))
        unlink(address.sun_path);
    close_if(way);
    drop(door);
}

// ---- the command -----------------------------------------------------------------------------

static enum rc knock(const char *folder, int *ret_file)
{
    struct sockaddr_un address;
    int way = -1;
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    enum rc rc = RC_OK;
    if (file < 0)
        return RC_IO;
    if (!find_address(folder, &address, &way) ||
        connect(file, (const struct sockaddr *)&address, sizeof address) != 0)
        rc = errno == ENOENT || errno == ECONNREFUSED ? RC_NOT_FOUND : RC_IO;
    close_if(way);
    if (rc != RC_OK)
        close(file);
    else
        *ret_file = file;
    return rc;
}

static enum rc read_answer(struct arena *arena, const struct talk *talk,
                           struct mail_answer *ret_answer)
{
    char said[SENTENCE_MAX];
    size_t length = 0;
    if (!read_all(talk, said, sizeof said - 1, &length))
        return RC_IO;
    said[length] = '\0';
    char *rest = NULL;
    long status = strtol(said, &rest, 10);
    if (rest == said || *rest != ' ' || status < 0 || status > MAIL_NOT_HERS)
        return RC_IO;
    ret_answer->sentence = arena_strdup(arena, rest + 1);
    ret_answer->status = (int)status;
    return ret_answer->sentence == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc mail_door_give(struct arena *arena, const char *folder, const struct mail_letter *letter,
                       struct mail_answer *ret_answer)
{
    int file = -1;
    TRY(knock(folder, &file));
    const struct talk talk = {file, -1, now_ms() + ANSWER_MS};
    bool given = write_all(&talk, letter->recipient, strlen(letter->recipient)) &&
                 write_all(&talk, "\n", 1) && write_all(&talk, letter->bytes, letter->length) &&
                 shutdown(file, SHUT_WR) == 0;
    enum rc rc = given ? read_answer(arena, &talk, ret_answer) : RC_IO;
    close(file);
    return rc;
}
