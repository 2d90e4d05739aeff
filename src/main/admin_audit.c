// SPDX-License-Identifier: Apache-2.0
//
// `trellis audit`: whether the log of what was done is as it was written; see admin.h.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin.h"
#include "app/audit/audit.h"

enum { EXIT_FAILED = 1 };

struct auditing {
    struct installation installation;
    struct audit_found found;
    int64_t noted;    // number of a head that was kept elsewhere; 0: none
    const char *hash; // its hash
    bool fits;
};

static enum rc look(struct db_tx *tx, void *data)
{
    struct auditing *all = data;
    struct db_rows *rows = NULL;
    struct arena *arena = &all->installation.arena;
    TRY(audit_verify(tx, arena, installation_now_us(), &all->found));
    TRY(db_query(tx, arena, &rows, "SELECT 1 FROM audit WHERE number = $1 AND hash = $2",
                 DB_ARGS(DB_INT(all->noted), DB_TEXT(all->hash))));
    all->fits = all->noted == 0 || db_count(rows) > 0;
    return RC_OK;
}

static int report(const struct auditing *all)
{
    const struct audit_found *found = &all->found;
    if (found->fault != NULL) {
        printf("The log was changed. Entry %lld: %s.\n", (long long)found->number, found->fault);
        return EXIT_FAILED;
    }
    if (!all->fits) {
        printf("The log was changed: entry %lld has not the hash that you noted.\n",
               (long long)all->noted);
        return EXIT_FAILED;
    }
    if (found->end.number == 0)
        puts("Nothing is sealed yet: trellis serve does it, once a minute.");
    else
        printf("The log is whole, from entry %lld to %lld.\n%lld %s\n", (long long)found->first,
               (long long)found->end.number, (long long)found->end.number, found->end.hash);
    return 0;
}

int audit_command(int argc, char **argv)
{
    static const char usage[] =
        "Usage: trellis audit verify --data FOLDER [NUMBER:HASH]   (or --database URL)\n\n"
        "Goes through the log of what was done: each entry carries the hash of the one before, so\n"
        "that a change shows. The last line printed is where the log ends: a number and its hash.\n"
        "Keep it where nobody of this machine can write, and give it the next time: then also a\n"
        "log that was written anew as a whole is found. Programs get it at /log/seal.\n";
    struct admin_options options;
    struct auditing all = {.hash = ""};
    bool read = admin_read_options(argc, argv, &options);
    if (!read || options.help || options.word_count < 1 ||
        strcmp(options.words[0], "verify") != 0 ||
        (options.data == NULL) == (options.database == NULL))
        return admin_wrong_use(usage, read && options.help);
    if (options.word_count == 2) {
        char *end = NULL;
        all.noted = strtoll(options.words[1], &end, 10);
        if (all.noted <= 0 || *end != ':')
            return admin_wrong_use(usage, false);
        all.hash = end + 1;
    }
    if (admin_open(&options, &all.installation) != RC_OK)
        return EXIT_FAILED;
    int status = EXIT_FAILED;
    if (db_read(all.installation.db, 0, look, &all) == RC_OK)
        status = report(&all);
    else
        fputs("trellis: the log cannot be read.\n", stderr);
    admin_close(&all.installation);
    return status;
}
