// SPDX-License-Identifier: Apache-2.0
//
// The record of what is kept, ages and erasing from the command line; see data.h.
#define _POSIX_C_SOURCE 200809L // access

#include "data.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#include "admin.h"
#include "app/privacy/privacy.h"

enum { EXIT_FAILED = 1, LIST_ARENA_BYTES = 256 << 20 };

struct work {
    struct installation *installation;
    struct app app;
    struct arena arena;
    struct privacy_old old[PRIVACY_OLD_MAX];
    size_t count;
    struct text list;
    struct buffer out;
    int64_t again;
    bool changes;
};

static void open_work(struct work *work, struct installation *installation)
{
    *work = (struct work){.installation = installation};
    arena_open(&work->arena, LIST_ARENA_BYTES);
    work->app = (struct app){.site = "Trellis", .url = "", .slices = installation_slices()};
    work->app.data = data_texts(&work->arena, work->app.slices);
}

static struct app_place place_of(struct work *work, struct db_tx *tx)
{
    return (struct app_place){tx, &work->arena, &work->app, installation_now_us()};
}

// ---- what is old -------------------------------------------------------------------------------

static enum rc look_or_do(struct db_tx *tx, void *data)
{
    struct work *work = data;
    size_t erased = 0;
    const struct app_place place = place_of(work, tx);
    return work->changes ? privacy_do(&place, work->old, &work->count, &erased)
                         : privacy_look(&place, work->old, &work->count);
}

static int old_data(struct work *work)
{
    struct db *db = work->installation->db;
    enum rc rc = work->changes ? db_write(db, look_or_do, work) : db_read(db, 0, look_or_do, work);
    if (rc == RC_OK && work->changes)
        rc = db_scrub(db);
    if (rc != RC_OK) {
        fprintf(stderr, "trellis: what is old cannot be found: %s.\n", rc_text(rc));
        return EXIT_FAILED;
    }
    for (size_t k = 0; k < work->count; k++)
        printf("%-16s %8lld\n",
               work->old[k].table == NULL ? "closed accounts" : work->old[k].table->name,
               (long long)work->old[k].count);
    if (work->count == 0)
        puts("Nothing is old.");
    return 0;
}

// ---- who was erased ----------------------------------------------------------------------------

static enum rc write_list(struct db_tx *tx, void *data)
{
    struct work *work = data;
    return erased_list(tx, &work->arena, &work->out);
}

static int print_list(struct work *work)
{
    if (db_read(work->installation->db, 0, write_list, work) != RC_OK) {
        fputs("trellis: the list cannot be read.\n", stderr);
        return EXIT_FAILED;
    }
    fputs(work->out.bytes, stdout);
    return 0;
}

static enum rc erase_again(struct db_tx *tx, void *data)
{
    struct work *work = data;
    const struct app_place place = place_of(work, tx);
    return erased_list_again(&place, work->list, &work->again);
}

static int go_through(struct work *work, const char *path)
{
    const char *error = "";
    enum rc rc = file_read(&work->arena, path, ERASED_LIST_LIMIT_BYTES, &work->list, &error);
    if (rc == RC_OK)
        rc = db_write(work->installation->db, erase_again, work);
    if (rc == RC_OK)
        rc = db_scrub(work->installation->db);
    if (rc != RC_OK) {
        fprintf(stderr, "trellis: those who were erased could not be erased again: %s.\n",
                error[0] == '\0' ? rc_text(rc) : error);
        return EXIT_FAILED;
    }
    printf("Erased again, by %s: %lld.\n", path, (long long)work->again);
    return 0;
}

// "x/y.db" gives "x/erased.txt".
static const char *beside(struct arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash == NULL ? arena_strdup(arena, ERASED_LIST)
                         : arena_printf(arena, "%.*s/%s", (int)(slash - file), file, ERASED_LIST);
}

bool data_erase_again(struct installation *installation, const char *given, const char *backup)
{
    struct work work;
    bool fine = true;
    open_work(&work, installation);
    const char *places[] = {
        given == NULL ? file_join(&work.arena, installation->folder, ERASED_LIST) : given,
        given == NULL ? beside(&work.arena, backup) : NULL};
    bool found = false;
    for (size_t k = 0; k < 2 && fine; k++) {
        if (places[k] == NULL || (given == NULL && access(places[k], R_OK) != 0))
            continue;
        found = true;
        fine = go_through(&work, places[k]) == 0;
    }
    if (!found)
        puts("There is no list of who was erased since (erased.txt). If anybody was, restore with\n"
             "--erased FILE before you start the server.");
    arena_close(&work.arena);
    return fine;
}

bool data_copy_list(const char *folder, const char *backup)
{
    struct arena arena;
    struct text list;
    const char *error = "";
    arena_open(&arena, LIST_ARENA_BYTES);
    const char *from = file_join(&arena, folder, ERASED_LIST);
    const char *to = beside(&arena, backup);
    enum rc rc = from == NULL || to == NULL ? RC_NO_MEMORY : RC_OK;
    if (rc == RC_OK)
        rc = file_read(&arena, from, ERASED_LIST_LIMIT_BYTES, &list, &error);
    if (rc == RC_OK)
        rc = file_write(&arena, to, list.bytes, list.length, &error);
    arena_close(&arena);
    return rc == RC_OK || rc == RC_NOT_FOUND; // nobody was erased
}

// ---- the record --------------------------------------------------------------------------------

static void print_names(const char *names)
{
    struct data_name name;
    for (const char *comma = ""; data_next(&names, &name); comma = ", ")
        printf("%s%s", comma, name.text);
}

static void print_table(const struct app_table *table)
{
    printf("\n## %s (`%s`)\n\nKept %s", table->what, table->name, data_keep_words(table->keep));
    if (data_keep_days(table->keep) > 0)
        printf(" (%lld days)", (long long)data_keep_days(table->keep));
    printf(
        ". %s\n\n| what | why | seen by | in her copy | when she is erased |\n|---|---|---|---|---|\n",
        data_rows_words(table->rows));
    for (const struct data_columns *row = table->columns; row->names != NULL; row++) {
        printf("| ");
        print_names(row->names);
        printf(" | %s | %s | %s | %s |\n", row->why, data_class_words(row->class),
               row->copy == COPY_YES ? "yes" : "no", data_end_words(row->end));
    }
}

static int print_record(void)
{
    const struct app_table *table = NULL;
    puts(
        "# What is kept, why, and how long\n\n"
        "The record of processing, made by `trellis data record` out of the rows that stand beside each\n"
        "slice (`src/app/*/*_data.c`). Ages are those that hold until managers set others on the page\n"
        "`/data/ages`.");
    for (size_t k = 0; (table = installation_table_at(k)) != NULL; k++)
        print_table(table);
    return 0;
}

// ---- the command -------------------------------------------------------------------------------

static int do_data(struct work *work, const char *what, const char *from)
{
    if (strcmp(what, "erased") == 0)
        return print_list(work);
    if (strcmp(what, "erase-again") == 0)
        return go_through(work, from);
    work->changes = strcmp(what, "let-go") == 0;
    return old_data(work);
}

int data_command(int argc, char **argv)
{
    static const char usage[] =
        "Usage: trellis data record\n"
        "       trellis data old         --data FOLDER   (or --database URL)\n"
        "       trellis data let-go      --data FOLDER\n"
        "       trellis data erased      --data FOLDER\n"
        "       trellis data erase-again --data FOLDER --from FILE\n\n"
        "Prints the record of what is kept and why; counts what is old enough to go, or lets go of it\n"
        "and erases who is due (the server does it each hour); prints the list of who was erased, as\n"
        "numbers; erases those of such a list again, after a backup was restored. With --data, stop\n"
        "the server first.\n";
    static const char *const words[] = {"record", "old", "let-go", "erased", "erase-again"};
    struct admin_options options;
    struct installation installation;
    struct work work;
    bool known = false;
    bool read = admin_read_options(argc, argv, &options);
    for (size_t k = 0; read && options.word_count == 1 && k < sizeof words / sizeof words[0]; k++)
        known = known || strcmp(options.words[0], words[k]) == 0;
    if (known && !options.help && strcmp(options.words[0], "record") == 0)
        return print_record();
    if (!known || options.help || (options.data == NULL) == (options.database == NULL) ||
        (strcmp(options.words[0], "erase-again") == 0 && options.from == NULL))
        return admin_wrong_use(usage, options.help);
    if (admin_open(&options, &installation) != RC_OK)
        return EXIT_FAILED;
    open_work(&work, &installation);
    int status =
        work.app.data == NULL ? EXIT_FAILED : do_data(&work, options.words[0], options.from);
    arena_close(&work.arena);
    admin_close(&installation);
    return status;
}
