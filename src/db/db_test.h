// SPDX-License-Identifier: Apache-2.0
//
// For tests that need a database: a fresh SQLite folder, and a fresh database on a real PostgreSQL
// server that this header starts on a private socket, once a test program.
#ifndef TRELLIS_DB_DB_TEST_H
#define TRELLIS_DB_DB_TEST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/tap.h"

#include "db/db.h"

struct test_place {
    char folder[64];  // removed at the end
    char server[160]; // the PostgreSQL URL without the database; "" before it is asked for
    unsigned made;
};

// NOLINTNEXTLINE(cert-env33-c): tests start servers with the shell; commands are literals
static inline bool test_shell(const char *command)
{
    return system(command) == 0;
}

static inline void test_place_open(struct test_place *place)
{
    *place = (struct test_place){0};
    snprintf(place->folder, sizeof place->folder, "/tmp/trellis-test-XXXXXX");
    if (mkdtemp(place->folder) == NULL)
        abort();
}

// Starts the server; a machine without it fails the test with a sentence.
static inline bool test_postgres_start(struct test_place *place)
{
    char command[1200];
    snprintf(command, sizeof command,
             "set -e; d=%s/pg; b=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1); mkdir -p $d; "
             "chmod 755 %s; as=''; if [ $(id -u) = 0 ]; then chown postgres $d; "
             "as='setpriv --reuid=postgres --regid=postgres --clear-groups'; fi; "
             "(cd /; $as $b/initdb -D $d/data -A trust -U trellis -E UTF8 --locale=C.UTF-8 -N; "
             "$as $b/pg_ctl -D $d/data -w -l $d/log -o \"-c listen_addresses='' -k $d "
             "-c fsync=off -c max_connections=60\" start) >%s/pg.log 2>&1",
             place->folder, place->folder, place->folder);
    if (!test_shell(command))
        return false;
    snprintf(place->server, sizeof place->server, "postgresql://trellis@/%%s?host=%s/pg",
             place->folder);
    return true;
}

// Fills folder or url of the settings for the next fresh database of an engine (0 SQLite, 1
// PostgreSQL). The texts live in `space`.
static inline bool test_place_new(struct test_place *place, int engine,
                                  struct db_settings *settings, char space[256])
{
    char command[400];
    unsigned number = ++place->made;
    settings->folder = NULL;
    settings->url = NULL;
    if (engine == 0) {
        snprintf(space, 256, "%s/data%u", place->folder, number);
        settings->folder = space;
        return true;
    }
    if (place->server[0] == '\0' && !test_postgres_start(place))
        return false;
    snprintf(command, sizeof command,
             "$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)/createdb -h %s/pg -U trellis t%u",
             place->folder, number);
    snprintf(space, 256, "postgresql://trellis@/t%u?host=%s/pg", number, place->folder);
    settings->url = space;
    return test_shell(command);
}

static inline void test_place_close(struct test_place *place)
{
    char command[600];
    snprintf(command, sizeof command,
             "d=%s; if [ -d $d/pg/data ]; then as=''; if [ $(id -u) = 0 ]; then as='setpriv "
             "--reuid=postgres --regid=postgres --clear-groups'; fi; (cd /; $as "
             "$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)/pg_ctl -D $d/pg/data -m immediate "
             "stop) >/dev/null 2>&1; fi; rm -rf $d",
             place->folder);
    test_shell(command);
}

#endif
