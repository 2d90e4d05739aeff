// SPDX-License-Identifier: Apache-2.0
//
// Migrating, looking after people, checking, backing up and restoring; see admin.h.
#define _POSIX_C_SOURCE 200809L // access

#include "admin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/zone.h"

#include "app/account/account.h"
#include "app/audit/audit.h"
#include "app/concern/concern.h"
#include "auth/token.h"
#include "data.h"

enum { EXIT_FAILED = 1, EXIT_USE = 2, FILE_LIMIT = INT32_MAX };

bool admin_read_options(int argc, char **argv, struct admin_options *ret_options)
{
    struct admin_options *o = ret_options;
    *o = (struct admin_options){0};
    const struct {
        const char *name;
        const char **slot;
    } texts[] = {
        {"--data",     &o->data    },
        {"--database", &o->database},
        {"--to",       &o->to      },
        {"--from",     &o->from    },
        {"--erased",   &o->erased  },
        {"--email",    &o->email   },
        {"--name",     &o->name    },
        {"--key-file", &o->key_file},
    };
    for (int k = 1; k < argc; k++) {
        const char **slot = NULL;
        for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++)
            if (strcmp(argv[k], texts[t].name) == 0)
                slot = texts[t].slot;
        if (slot != NULL && k + 1 < argc)
            *slot = argv[++k];
        else if (strcmp(argv[k], "--admin") == 0)
            o->admin = true;
        else if (strcmp(argv[k], "--help") == 0 || strcmp(argv[k], "-h") == 0)
            o->help = true;
        else if (argv[k][0] != '-' && o->word_count < 2)
            o->words[o->word_count++] = argv[k];
        else
            return false;
    }
    return true;
}

int admin_wrong_use(const char *usage, bool asked)
{
    fputs(usage, asked ? stdout : stderr);
    return asked ? 0 : EXIT_USE;
}

enum rc admin_open(const struct admin_options *options, struct installation *installation)
{
    *installation = (struct installation){.folder = options->data,
                                          .url = options->database,
                                          .readers = 1,
                                          .key_file = options->key_file};
    enum rc rc = installation_open(installation);
    if (rc != RC_OK)
        arena_close(&installation->arena);
    return rc;
}

void admin_close(struct installation *installation)
{
    db_close(installation->db);
    arena_close(&installation->arena);
}

static bool one_place(const struct admin_options *options)
{
    return (options->data == NULL) != (options->database == NULL);
}

static int fail(const char *sentence)
{
    fprintf(stderr, "trellis: %s.\n", sentence);
    return EXIT_FAILED;
}

// ---- migrate ---------------------------------------------------------------------------------

int migrate_command(int argc, char **argv)
{
    static const char usage[] =
        "Usage: trellis migrate --data FOLDER   (or --database URL)\n\n"
        "Brings the tables of an installation up to this version. trellis serve does it too.\n";
    struct admin_options options;
    struct installation installation;
    if (!admin_read_options(argc, argv, &options) || options.help || !one_place(&options))
        return admin_wrong_use(usage, options.help);
    if (admin_open(&options, &installation) != RC_OK)
        return EXIT_FAILED;
    printf("The tables are those of this version (step %u).\n"
           "Next: trellis doctor, or trellis serve.\n",
           installation_schema());
    admin_close(&installation);
    return 0;
}

// ---- user ------------------------------------------------------------------------------------

struct user_work {
    const struct admin_options *options;
    struct arena *arena;
    struct db_rows *rows;
    const char *token;
};

static enum rc list_users(struct db_tx *tx, void *data)
{
    struct user_work *work = data;
    return db_query(tx, work->arena, &work->rows,
                    "SELECT email, name, admin, closed_at FROM person ORDER BY email LIMIT 10000",
                    DB_NO_ARGS);
}

static enum rc add_user(struct db_tx *tx, void *data)
{
    struct user_work *work = data;
    int64_t now_us = installation_now_us();
    struct account account = {.id = db_new_id(now_us),
                              .email = work->options->email,
                              .name = work->options->name,
                              .stored_password = "",
                              .language = "en",
                              .admin = work->options->admin};
    return account_add(tx, &account, now_us);
}

static enum rc make_link(struct db_tx *tx, void *data)
{
    struct user_work *work = data;
    return account_make_link(tx, work->arena, work->options->email, installation_now_us(),
                             &work->token);
}

static enum rc make_admin(struct db_tx *tx, void *data)
{
    struct user_work *work = data;
    return account_set_admin(tx, work->options->email);
}

static void print_users(const struct user_work *work)
{
    for (size_t k = 0; k < db_count(work->rows); k++)
        printf("%s\t%s\t%s%s\n", db_text(work->rows, k, 0), db_text(work->rows, k, 1),
               db_int(work->rows, k, 2) != 0 ? "administrator" : "person",
               db_int(work->rows, k, 3) != 0 ? ", closed" : "");
}

// The address as forms keep it: lower case, one @.
static bool lower_email(const struct admin_options *options, struct arena *arena,
                        struct admin_options *ret_options)
{
    char *copy = options->email == NULL ? NULL : arena_strdup(arena, options->email);
    if (copy == NULL || strchr(copy, '@') == NULL || strpbrk(copy, " \t\r\n<>") != NULL)
        return false;
    for (char *c = copy; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    *ret_options = *options;
    ret_options->email = copy;
    return true;
}

static int do_user(struct installation *installation, const struct admin_options *options)
{
    struct admin_options clean;
    struct user_work work = {.options = options, .arena = &installation->arena};
    const char *what = options->words[0];
    if (strcmp(what, "list") == 0) {
        if (db_read(installation->db, 0, list_users, &work) != RC_OK)
            return fail("the people cannot be read");
        print_users(&work);
        return 0;
    }
    if (!lower_email(options, &installation->arena, &clean))
        return fail("give --email with an address");
    work.options = &clean;
    if (strcmp(what, "add") == 0) {
        if (clean.name == NULL)
            return fail("give --name with her name");
        enum rc rc = db_write(installation->db, add_user, &work);
        if (rc == RC_EXISTS)
            return fail("this address has an account already");
        if (rc != RC_OK)
            return fail("the account could not be made; nothing was changed");
    } else if (strcmp(what, "admin") == 0) {
        if (db_write(installation->db, make_admin, &work) != RC_OK)
            return fail("nobody has this address");
        puts("She is an administrator from now on.");
        return 0;
    }
    if (db_write(installation->db, make_link, &work) != RC_OK)
        return fail("nobody has this address");
    printf("This page signs her in, once, within a day. Put the address of your server before it:\n"
           "  /link/%s\n",
           work.token);
    return 0;
}

int user_command(int argc, char **argv)
{
    static const char usage[] =
        "Usage: trellis user list  --data FOLDER   (or --database URL)\n"
        "       trellis user add   --data FOLDER --email ADDRESS --name NAME [--admin]\n"
        "       trellis user admin --data FOLDER --email ADDRESS\n"
        "       trellis user link  --data FOLDER --email ADDRESS\n\n"
        "Lists people, adds one, makes one an administrator, or prints a link that signs one in\n"
        "(for somebody who has lost everything else). With --data, stop the server first.\n";
    static const char *const words[] = {"list", "add", "admin", "link"};
    struct admin_options options;
    struct installation installation;
    bool known = false;
    bool read = admin_read_options(argc, argv, &options);
    for (size_t k = 0; read && options.word_count == 1 && k < sizeof words / sizeof words[0]; k++)
        known = known || strcmp(options.words[0], words[k]) == 0;
    if (!known || options.help || !one_place(&options))
        return admin_wrong_use(usage, options.help);
    if (admin_open(&options, &installation) != RC_OK)
        return EXIT_FAILED;
    int status = do_user(&installation, &options);
    admin_close(&installation);
    return status;
}

// ---- doctor ----------------------------------------------------------------------------------

struct checkup {
    const struct admin_options *options;
    struct arena *arena;
    unsigned wrong;
    int64_t given_up;
    int64_t waiting;
    int64_t people;
    int64_t admins;
    int64_t closed; // rows that no key opens
    const struct seal *seal;
    struct audit_found audit;
    bool sound;
};

static void say(struct checkup *checkup, bool fine, const char *what, const char *mend)
{
    printf("%s %s\n", fine ? "fine " : "WRONG", what);
    if (!fine) {
        printf("      %s\n", mend);
        checkup->wrong++;
    }
}

static enum rc ask_database(struct db_tx *tx, void *data)
{
    struct checkup *checkup = data;
    struct db_rows *rows = NULL;
    checkup->sound = true;
    if (checkup->options->data != NULL) {
        TRY(db_query(tx, checkup->arena, &rows, "PRAGMA integrity_check", DB_NO_ARGS));
        checkup->sound = db_count(rows) == 1 && strcmp(db_text(rows, 0, 0), "ok") == 0;
    }
    TRY(db_query(tx, checkup->arena, &rows,
                 "SELECT (SELECT count(*) FROM job WHERE given_up = 1), (SELECT count(*) FROM job "
                 "WHERE given_up = 0 AND run_at < $1), (SELECT count(*) FROM person), "
                 "(SELECT count(*) FROM person WHERE admin = 1 AND closed_at = 0)",
                 DB_ARGS(DB_INT(installation_now_us() - (int64_t)3600 * 1000000))));
    checkup->given_up = db_int(rows, 0, 0);
    checkup->waiting = db_int(rows, 0, 1);
    checkup->people = db_int(rows, 0, 2);
    checkup->admins = db_int(rows, 0, 3);
    return RC_OK;
}

static enum rc ask_audit(struct db_tx *tx, void *data)
{
    struct checkup *checkup = data;
    return audit_verify(tx, checkup->arena, installation_now_us(), &checkup->audit);
}

static void check_folder(struct checkup *checkup)
{
    struct stat about;
    struct statvfs disk;
    const char *folder = checkup->options->data;
    bool there = stat(folder, &about) == 0 && S_ISDIR(about.st_mode);
    say(checkup, there, "the data folder is there",
        "Start trellis serve with it once: it makes it.");
    if (!there)
        return;
    say(checkup, (about.st_mode & 077) == 0, "nobody else can read the data folder",
        "Run: chmod 700 on it.");
    say(checkup, access(folder, W_OK) == 0, "the data folder can be written to",
        "Give it to the user that runs Trellis.");
    bool room = statvfs(folder, &disk) == 0 &&
                (uint64_t)disk.f_bavail * disk.f_frsize > (uint64_t)500 * 1000 * 1000;
    say(checkup, room, "there are 500 MB free on its disk",
        "Make room, or move it to a larger disk.");
}

static enum rc count_closed(struct db_tx *tx, void *data)
{
    struct checkup *checkup = data;
    return concern_count_closed(tx, checkup->seal, &checkup->closed);
}

// The keys of what is sealed, and whether they open all of it.
static void check_keys(struct checkup *checkup, struct installation *installation)
{
    const char *path = installation_key_file(installation);
    enum rc rc = installation_seal(installation, false);
    checkup->seal = installation->seal;
    bool counted = db_read(installation->db, 0, count_closed, checkup) == RC_OK;
    if (rc == RC_NOT_FOUND && counted && checkup->closed == 0) {
        puts("fine  nothing is sealed yet; trellis serve makes the keys");
        return;
    }
    say(checkup, rc == RC_OK, "the keys of what is sealed are there",
        "Put the key file back from where you keep a copy, or give --key-file.");
    if (rc == RC_OK)
        say(checkup, seal_is_private(path), "nobody else can read the keys",
            "Run: chmod 600 on the key file.");
    say(checkup, counted && checkup->closed == 0, "the keys open all that is sealed",
        "An older key is missing: put its line back into the key file.");
}

static void check_database(struct checkup *checkup)
{
    struct installation installation;
    struct checkup asking = *checkup;
    if (admin_open(checkup->options, &installation) != RC_OK) {
        say(checkup, false, "the database opens",
            "The line above says why. If the server is running, ask it: GET /readyz.");
        return;
    }
    printf("fine  %s, tables of step %u\n", db_engine(installation.db), installation_schema());
    asking.arena = &installation.arena;
    bool asked = db_read(installation.db, 0, ask_database, &asking) == RC_OK;
    say(checkup, asked && asking.sound, "the database is whole", "Restore the newest backup.");
    say(checkup, asking.given_up == 0, "no work was given up",
        "Some mail could not be sent. Check --smtp, and ask for it again.");
    say(checkup, asking.waiting == 0, "no work has waited for more than an hour",
        "Start trellis serve: it does the work.");
    bool looked = db_read(installation.db, 0, ask_audit, &asking) == RC_OK;
    say(checkup, looked && asking.audit.fault == NULL,
        "the log of what was done is as it was written",
        "Somebody has changed it. trellis audit verify says where; look at a backup.");
    say(checkup, asking.people == 0 || asking.admins > 0, "there is an administrator",
        "Run: trellis user admin --email ADDRESS.");
    asking.wrong = checkup->wrong;
    check_keys(&asking, &installation);
    checkup->wrong = asking.wrong;
    admin_close(&installation);
}

int doctor_command(int argc, char **argv)
{
    static const char usage[] = "Usage: trellis doctor --data FOLDER   (or --database URL)\n\n"
                                "Checks an installation, and says what to mend.\n";
    struct checkup checkup = {0};
    struct admin_options options;
    struct zone zone;
    struct arena arena;
    if (!admin_read_options(argc, argv, &options) || options.help || !one_place(&options))
        return admin_wrong_use(usage, options.help);
    checkup.options = &options;
    arena_open(&arena, 1 << 20);
    say(&checkup, zone_load(&arena, ZONE_FOLDER, "Europe/Madrid", &zone) == RC_OK,
        "the time zones are there", "Install the package tzdata.");
    arena_close(&arena);
    if (options.data != NULL)
        check_folder(&checkup);
    if (checkup.wrong == 0)
        check_database(&checkup);
    if (checkup.wrong == 0)
        puts("All is well.");
    else
        printf("To mend: %u.\n", checkup.wrong);
    return checkup.wrong == 0 ? 0 : EXIT_FAILED;
}

// ---- backup and restore ------------------------------------------------------------------------

// A copy is only a backup once it has been opened and read. It is looked at in a folder of its own.
static int restore_into(const char *file, const char *folder, const char *erased, bool verifying)
{
    struct arena arena;
    struct text content;
    const char *error = "";
    struct admin_options options = {.data = folder};
    struct checkup checkup = {.options = &options};
    struct installation installation;
    arena_open(&arena, (size_t)FILE_LIMIT * 2);
    enum rc rc = file_read(&arena, file, FILE_LIMIT, &content, &error);
    if (rc == RC_OK)
        rc = file_make_folder(&arena, folder, &error);
    const char *place = rc == RC_OK ? file_join(&arena, folder, "trellis.db") : NULL;
    if (place != NULL && access(place, F_OK) == 0) {
        rc = RC_EXISTS;
        error = "there is a database in that folder already";
    }
    if (rc == RC_OK && (chmod(folder, 0700) != 0 || place == NULL))
        rc = RC_IO;
    if (rc == RC_OK)
        rc = file_write(&arena, place, content.bytes, content.length, &error);
    arena_close(&arena);
    if (rc != RC_OK)
        return fail(error[0] == '\0' ? rc_text(rc) : error);
    if (admin_open(&options, &installation) != RC_OK)
        return EXIT_FAILED;
    checkup.arena = &installation.arena;
    rc = db_read(installation.db, 0, ask_database, &checkup);
    bool sound = rc == RC_OK && checkup.sound;
    bool forgot = sound && (verifying || data_erase_again(&installation, erased, file));
    admin_close(&installation);
    if (!sound)
        return fail("the copy is damaged");
    if (!forgot)
        return fail("do not use this installation before those who were erased are erased again");
    printf("The copy is whole: %lld people.\n", (long long)checkup.people);
    return 0;
}

static int verify_backup(const char *file)
{
    char folder[] = "/tmp/trellis-verify-XXXXXX";
    char path[64];
    if (mkdtemp(folder) == NULL)
        return fail("no temporary folder can be made to verify the backup in");
    int status = restore_into(file, folder, NULL, true);
    const char *const left[] = {"trellis.db", "trellis.db-wal", "trellis.db-shm", "trellis.lock"};
    for (size_t k = 0; k < sizeof left / sizeof left[0]; k++) {
        snprintf(path, sizeof path, "%s/%s", folder, left[k]);
        unlink(path);
    }
    rmdir(folder);
    return status;
}

int backup_command(int argc, char **argv)
{
    static const char usage[] =
        "Usage: trellis backup --data FOLDER --to FILE\n\n"
        "Copies the database into a file while the server runs, and verifies the copy by opening\n"
        "it. For PostgreSQL use pg_dump.\n";
    struct admin_options options;
    struct arena arena;
    const char *error = "";
    if (!admin_read_options(argc, argv, &options) || options.help || options.data == NULL ||
        options.database != NULL || options.to == NULL)
        return admin_wrong_use(usage, options.help);
    arena_open(&arena, 1 << 20);
    enum rc rc = db_backup_beside(options.data, options.to, &arena, &error);
    if (rc != RC_OK)
        fail(error[0] == '\0' ? rc_text(rc) : error);
    arena_close(&arena);
    if (rc != RC_OK || verify_backup(options.to) != 0)
        return EXIT_FAILED;
    if (!data_copy_list(options.data, options.to))
        return fail("the list of who was erased could not be written beside the backup");
    printf("The backup is %s. To use it: trellis restore --from %s --data A_NEW_FOLDER\n"
           "The keys of what is sealed are not in it: keep a copy of %s/trellis.keys apart.\n",
           options.to, options.to, options.data);
    return 0;
}

int restore_command(int argc, char **argv)
{
    static const char usage[] =
        "Usage: trellis restore --from FILE --data A_NEW_FOLDER [--erased FILE]\n\n"
        "Makes an installation out of a backup, checks it, and erases again those who were erased\n"
        "after it was made: those of the newest list erased.txt, beside the backup or in the folder.\n";
    struct admin_options options;
    if (!admin_read_options(argc, argv, &options) || options.help || options.data == NULL ||
        options.from == NULL)
        return admin_wrong_use(usage, options.help);
    int status = restore_into(options.from, options.data, options.erased, false);
    if (status == 0)
        printf("Next: put trellis.keys into %s, or what people told about harm stays sealed;\n"
               "then: trellis serve --data %s\n",
               options.data, options.data);
    return status;
}
