// SPDX-License-Identifier: Apache-2.0
//
// What happens when the machine fails: the n-th piece of memory is not there, once or from then on;
// the n-th write or sync of a disk fails, is cut short or interrupted. For pages and changes of
// every kind: no crash, no false success, nothing acknowledged is lost, and the next request works.
//
//   TEST_FAULTS=all    each place; else a sample that is evenly spread
//
// Each row of the program is in fault_rows_test.c.
#define _GNU_SOURCE // pwrite64, off64_t

#include "fault_test.h"

#include <dirent.h>
#include <semaphore.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/file.h"

#include "auth/token.h"
#include "db/db_test.h"
#include "desk_test.h"
#include "jobs/mail.h"

#ifdef SANITIZED
int main(void)
{
    ok(true, "sanitizers answer these calls themselves # SKIP");
    return tap_done();
}
#else

// ---- an organisation ---------------------------------------------------------------------------

struct house {
    struct test_place place;
    char folder[80];
    struct installation installation;
    struct app app;
    struct web *web;
    struct http_exchange exchange;
    char *body;
    char cookie[80];
    char csrf[80];
    int64_t admin;
    int64_t cohort;
    int64_t pair;
};

static enum rc find_work(struct db_tx *tx, void *data)
{
    struct house *house = data;
    struct db_rows *rows = NULL;
    struct arena *arena = &house->installation.arena;
    int64_t now = installation_now_us();
    TRY(db_query(
        tx, arena, &rows,
        "SELECT (SELECT min(id) FROM person WHERE admin = 1), (SELECT min(cohort) FROM "
        "match WHERE state = 'active'), (SELECT min(id) FROM match WHERE state = 'active')",
        DB_NO_ARGS));
    house->admin = db_int(rows, 0, 0);
    house->cohort = db_int(rows, 0, 1);
    house->pair = db_int(rows, 0, 2);
    const char *hash = token_hash(arena, "session", "0123");
    const char *csrf = token_hash(arena, "form", "0123");
    if (hash == NULL || csrf == NULL)
        return RC_NO_MEMORY;
    snprintf(house->csrf, sizeof house->csrf, "%s", csrf);
    snprintf(house->cookie, sizeof house->cookie, "trellis=0123");
    return db_do(tx, NULL,
                 "INSERT INTO session(hash, person, created_at, seen_at) VALUES ($1, $2, $3, $3) "
                 "ON CONFLICT (hash) DO NOTHING",
                 DB_ARGS(DB_TEXT(hash), DB_INT(house->admin), DB_INT(now)));
}

static bool open_house(struct house *house)
{
    house->installation = (struct installation){.folder = house->folder, .readers = 3, .loops = 2};
    return installation_open(&house->installation) == RC_OK &&
           desk_open(&house->installation, &house->app, &house->web) == RC_OK &&
           db_write(house->installation.db, find_work, house) == RC_OK;
}

static void close_house(struct house *house)
{
    web_stop(house->web);
    db_close(house->installation.db);
    arena_close(&house->installation.arena);
}

static int ask(struct house *house, const char *path, const char *form)
{
    arena_open(&house->exchange.arena, DESK_ARENA_BYTES);
    int status = desk_ask(&house->exchange, path, house->cookie, form);
    arena_close(&house->exchange.arena);
    return status;
}

// The name of the one who asks, as the database has it.
static bool is_named(struct house *house, const char *name)
{
    char wanted[80];
    snprintf(wanted, sizeof wanted, "<dd>%s<", name);
    return ask(house, "/account", NULL) == 200 && strstr(house->body, wanted) != NULL;
}

// A change that is there or not: her name.
static int rename_to(struct house *house, const char *name)
{
    char form[200];
    snprintf(form, sizeof form, "csrf=%s&name=%s&pronouns=&zone=UTC", house->csrf, name);
    return ask(house, "/account/profile", form);
}

// ---- memory ------------------------------------------------------------------------------------

static long stride_of(long calls)
{
    enum { SAMPLE = 60 };
    return faults_everywhere() || calls <= SAMPLE ? 1 : calls / SAMPLE + 1;
}

static bool is_honest(int status)
{
    return status == 200 || status == 303 || status == 500 || status == 503;
}

static void try_page(struct house *house, const char *path)
{
    int odd = 0;
    int refused = 0;
    int status = ask(house, path, NULL);
    is_int(status, 200, "%s", path);
    arm(FAULT_MEMORY, 0, false);
    ask(house, path, NULL);
    long calls = disarm();
    for (int sticky = 0; sticky < 2; sticky++) {
        for (long at = 1; at <= calls; at += stride_of(calls)) {
            arm(FAULT_MEMORY, at, sticky == 1);
            status = ask(house, path, NULL);
            disarm();
            odd += !is_honest(status);
            refused += status >= 500;
        }
    }
    ok(odd == 0 && refused > 0, "%s: each of %ld pieces of memory missing: %d refusals", path,
       calls, refused);
    is_int(ask(house, path, NULL), 200, "%s works again", path);
}

static void try_change_without_memory(struct house *house)
{
    char was[32] = "Before";
    int lies = 0;
    int refused = 0;
    rename_to(house, was);
    arm(FAULT_MEMORY, 0, false);
    rename_to(house, was);
    long calls = disarm();
    for (int sticky = 0; sticky < 2; sticky++) {
        for (long at = 1; at <= calls; at += stride_of(calls)) {
            char next[32];
            snprintf(next, sizeof next, "N%dm%ld", sticky, at);
            arm(FAULT_MEMORY, at, sticky == 1);
            int status = rename_to(house, next);
            disarm();
            bool changed = is_named(house, next);
            lies += !is_honest(status) || (status == 303 && !changed) ||
                    (!changed && !is_named(house, was));
            refused += status >= 500;
            if (changed)
                memcpy(was, next, sizeof was);
        }
    }
    ok(lies == 0 && refused > 0,
       "a change: each of %ld pieces of memory missing: %d refusals, none that lies", calls,
       refused);
    is_int(rename_to(house, "After"), 303, "the next change works");
    ok(is_named(house, "After"), "and is there");
}

// ---- the disk ----------------------------------------------------------------------------------

static void try_disk(struct house *house, enum fault kind, const char *name)
{
    char was[32] = "Disk";
    int lies = 0;
    int refused = 0;
    int stuck = 0;
    rename_to(house, was);
    arm(kind, 0, false);
    rename_to(house, was);
    long calls = disarm();
    for (int sticky = 0; sticky < 2; sticky++) {
        for (long at = 1; at <= calls; at++) {
            char next[32];
            snprintf(next, sizeof next, "N%dd%ld", sticky, at);
            arm(kind, at, sticky == 1 && kind != FAULT_EINTR);
            int status = rename_to(house, next);
            disarm();
            bool changed = is_named(house, next);
            lies += (status != 303 && status != 503) || (status == 303) != changed;
            refused += status == 503;
            snprintf(was, sizeof was, "R%dd%ld", sticky, at);
            stuck += rename_to(house, was) != 303 || !is_named(house, was);
        }
    }
    bool refuses = kind == FAULT_EIO || kind == FAULT_ENOSPC;
    ok(calls > 0 && lies == 0, "%s at each of %ld writes and syncs: no answer lies (%d)", name,
       calls, lies);
    ok((refused > 0) == refuses, "%s: %d refusals", name, refused);
    is_int(stuck, 0, "%s: the next change works each time", name);
}

// ---- a file that somebody sends ----------------------------------------------------------------

enum { SENT_BYTES = 90000, DISK_SAMPLE = 40 };

static const struct {
    enum fault kind;
    const char *name;
} disks[] = {
    {FAULT_EIO,    "EIO"          },
    {FAULT_ENOSPC, "ENOSPC"       },
    {FAULT_EINTR,  "EINTR"        },
    {FAULT_SHORT,  "a short write"}
};
enum { DISKS = sizeof disks / sizeof disks[0] };

static long disk_stride(long calls)
{
    return faults_everywhere() || calls <= DISK_SAMPLE ? 1 : calls / DISK_SAMPLE + 1;
}

static void add_part(struct buffer *form, const char *name, const char *value)
{
    buffer_printf(form, DESK_MARK "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n",
                  name, value);
}

// A text of SENT_BYTES as a resource of this title.
static int send_file(struct house *house, const char *title)
{
    static const char *const rest[][2] = {
        {"kind",       "file" },
        {"about",      "Words"},
        {"url",        ""     },
        {"language",   "en"   },
        {"role",       "both" },
        {"stage",      "any"  },
        {"text",       ""     },
        {"media",      "text" },
        {"minutes",    "10"   },
        {"licence",    "CC0"  },
        {"captions",   "none" },
        {"transcript", "none" },
        {"described",  "none" },
        {"tagged",     "none" },
        {"plain",      "yes"  },
        {"review_by",  ""     }
    };
    struct arena arena;
    struct buffer form;
    arena_open(&arena, 4 << 20);
    buffer_open(&form, &arena, 2 << 20);
    add_part(&form, "csrf", house->csrf);
    add_part(&form, "title", title);
    for (size_t k = 0; k < sizeof rest / sizeof rest[0]; k++)
        add_part(&form, rest[k][0], rest[k][1]);
    buffer_text(&form, DESK_MARK "\r\nContent-Disposition: form-data; name=\"file\"; "
                                 "filename=\"words.txt\"\r\n\r\n");
    for (size_t k = 0; k < SENT_BYTES; k++)
        buffer_byte(&form, k % 60 == 59 ? '\n' : 'a');
    buffer_text(&form, "\r\n" DESK_MARK "--\r\n");
    int status = form.rc == RC_OK ? ask(house, "/support/resources/0", form.bytes) : 0;
    arena_close(&arena);
    return status;
}

struct kept {
    const char *title;
    int64_t count;
    int64_t bytes;
    int64_t loose; // pieces of files that belong to nothing
};

static enum rc kept_work(struct db_tx *tx, void *data)
{
    struct kept *kept = data;
    struct db_rows *rows = NULL;
    struct arena arena;
    arena_open(&arena, 1 << 20);
    enum rc rc = db_query(
        tx, &arena, &rows,
        "SELECT (SELECT count(*) FROM resource WHERE title = $1), (SELECT "
        "coalesce(sum(length(c.bytes)), 0) FROM resource r JOIN resource_chunk c ON c.file = "
        "r.file WHERE r.title = $1), (SELECT count(*) FROM resource_chunk c WHERE NOT EXISTS "
        "(SELECT 1 FROM resource r WHERE r.file = c.file))",
        DB_ARGS(DB_TEXT(kept->title)));
    kept->count = rc == RC_OK ? db_int(rows, 0, 0) : -1;
    kept->bytes = rc == RC_OK ? db_int(rows, 0, 1) : -1;
    kept->loose = rc == RC_OK ? db_int(rows, 0, 2) : -1;
    arena_close(&arena);
    return rc;
}

// There whole, or nothing of it is.
static bool is_kept(struct house *house, const char *title, bool there)
{
    struct kept kept = {.title = title};
    db_read(house->installation.db, 0, kept_work, &kept);
    return kept.count == there && kept.bytes == (there ? SENT_BYTES : 0) && kept.loose == 0;
}

static void try_sending(struct house *house, enum fault kind, const char *name)
{
    int lies = 0;
    int refused = 0;
    char title[40];
    snprintf(title, sizeof title, "Sent before %d", (int)kind);
    arm(kind, 0, false);
    int status = send_file(house, title);
    long calls = disarm();
    ok(status == 303 && is_kept(house, title, true), "a file is sent (%d)", status);
    for (int sticky = 0; sticky < 2; sticky++) {
        for (long at = 1; at <= calls; at += disk_stride(calls)) {
            snprintf(title, sizeof title, "Sent %d %d %ld", (int)kind, sticky, at);
            arm(kind, at, sticky == 1 && kind != FAULT_EINTR);
            status = send_file(house, title);
            disarm();
            lies += (status != 303 && status != 503) || !is_kept(house, title, status == 303);
            refused += status == 503;
        }
    }
    ok(calls > 0 && lies == 0, "a file sent, %s at %ld writes and syncs: whole or refused (%d)",
       name, calls, lies);
    ok((refused > 0) == (kind == FAULT_EIO || kind == FAULT_ENOSPC), "%s: %d refusals", name,
       refused);
    is_int(send_file(house, "Sent after"), 303, "the next is taken");
}

// ---- letters -----------------------------------------------------------------------------------

static int64_t mail_now = 1800000000000000;

static int64_t test_now(void)
{
    return mail_now;
}

static enum rc letter_work(struct db_tx *tx, void *data)
{
    const int64_t *number = data;
    struct arena arena;
    arena_open(&arena, 1 << 20);
    const struct mail mail = {.to = "ada@faults.example",
                              .subject = "A letter",
                              .text = "Its first line\nIts last line\n",
                              .number = *number};
    enum rc rc = mail_add(tx, &arena, &mail, mail_now);
    arena_close(&arena);
    return rc;
}

struct found {
    int letters;
    int broken; // not whole, or of another name
};

static struct found look_in(const char *folder, struct arena *arena)
{
    struct found found = {0, 0};
    struct dirent *entry = NULL;
    DIR *at = opendir(folder);
    while (at != NULL && (entry = readdir(at)) != NULL) {
        struct text content = {"", 0};
        const char *error = NULL;
        if (entry->d_name[0] == '.')
            continue;
        const char *end = strstr(entry->d_name, ".eml");
        bool whole = end != NULL && end[4] == '\0' &&
                     file_read(arena, file_join(arena, folder, entry->d_name), 1 << 20, &content,
                               &error) == RC_OK &&
                     memmem(content.bytes, content.length, "Its last line\r\n", 15) != NULL;
        found.letters += whole;
        found.broken += !whole;
    }
    if (at != NULL)
        closedir(at);
    return found;
}

// Letters of the installation that go into a folder of their own.
struct mailbox {
    char folder[120];
    struct mail_settings mail;
    struct job_kind kind;
    struct jobs_settings jobs;
};

static void open_mailbox(struct house *house, const char *name, struct mailbox *box)
{
    snprintf(box->folder, sizeof box->folder, "%s/mail-%s", house->place.folder, name);
    box->mail = (struct mail_settings){
        .from = "trellis@faults.example", .from_name = "Trellis", .folder = box->folder};
    box->kind = mail_kind(&box->mail);
    box->jobs = (struct jobs_settings){
        .db = house->installation.db, .kinds = &box->kind, .kind_count = 1, .now_us = test_now};
}

// The letter leaves at last, once, and nobody sees half of one meanwhile.
static void try_letters(struct house *house, enum fault kind, const char *name)
{
    struct mailbox box;
    unsigned ran = 0;
    int wrong = 0;
    int late = 0;
    long calls = 1;
    open_mailbox(house, name, &box);
    int sent = 0;
    for (long at = 0; at <= 2 * calls; at++) { // 0: nothing fails, and the places are counted
        struct arena arena;
        int64_t number = db_new_id(mail_now);
        arena_open(&arena, 4 << 20);
        if (db_write(house->installation.db, letter_work, &number) != RC_OK)
            wrong++;
        arm(kind, at > calls ? at - calls : at, at > calls && kind != FAULT_EINTR);
        jobs_run_due(&box.jobs, &ran);
        long counted = disarm();
        struct found found = look_in(box.folder, &arena);
        late += found.letters == sent;
        wrong += found.broken != 0 || found.letters > sent + 1;
        mail_now += (int64_t)86400 * 1000000;
        jobs_run_due(&box.jobs, &ran);
        found = look_in(box.folder, &arena);
        sent++;
        wrong += found.letters != sent || found.broken != 0;
        if (at == 0)
            calls = counted;
        arena_close(&arena);
    }
    ok(calls > 3 && wrong == 0,
       "letters, %s at each of %ld places: each leaves, once and whole (%d)", name, calls, wrong);
    ok((late > 0) == (kind == FAULT_EIO || kind == FAULT_ENOSPC),
       "%s: %d of them at the second try", name, late);
}

// No more files can be opened (EMFILE): what needs one waits, and what has its files goes on.
static void try_no_files(struct house *house)
{
    struct mailbox box;
    unsigned ran = 0;
    struct arena arena;
    struct rlimit usual;
    struct rlimit none;
    int64_t number = db_new_id(mail_now);
    open_mailbox(house, "none", &box);
    arena_open(&arena, 4 << 20);
    is_int(db_write(house->installation.db, letter_work, &number), RC_OK, "a letter waits");
    getrlimit(RLIMIT_NOFILE, &usual);
    none = usual;
    none.rlim_cur = 3; // those that are open stay so
    setrlimit(RLIMIT_NOFILE, &none);
    int status = rename_to(house, "No files");
    jobs_run_due(&box.jobs, &ran);
    bool changed = is_named(house, "No files");
    setrlimit(RLIMIT_NOFILE, &usual);
    ok((status == 303 && changed) || (status == 503 && !changed),
       "EMFILE: the answer to a change is true (%d)", status);
    is_int(look_in(box.folder, &arena).letters, 0, "a letter can't be written");
    mail_now += (int64_t)86400 * 1000000;
    jobs_run_due(&box.jobs, &ran);
    is_int(look_in(box.folder, &arena).letters, 1, "and is, when there are files again");
    arena_close(&arena);
}

// Many changes at once share a transaction; one of them meets a full disk.
struct racer {
    pthread_t thread;
    struct house *house;
    int number;
    int status;
};

static enum rc insert_work(struct db_tx *tx, void *data)
{
    const struct racer *racer = data;
    return db_do(tx, NULL, "INSERT INTO first_token(hash) VALUES ($1)",
                 DB_ARGS(DB_TEXT(racer->number % 2 == 0 ? "even" : "odd")));
}

static void *race(void *data)
{
    struct racer *racer = data;
    racer->status = (int)db_write(racer->house->installation.db, insert_work, racer);
    return NULL;
}

// Of writers with the same key one wins; a batch with failures keeps what it said.
static void try_batch(struct house *house)
{
    enum { RACERS = 40 };
    static struct racer racers[RACERS];
    int won = 0;
    int exists = 0;
    for (int k = 0; k < RACERS; k++) {
        racers[k] = (struct racer){.house = house, .number = k};
        pthread_create(&racers[k].thread, NULL, race, &racers[k]);
    }
    for (int k = 0; k < RACERS; k++) {
        pthread_join(racers[k].thread, NULL);
        won += racers[k].status == RC_OK;
        exists += racers[k].status == RC_EXISTS;
    }
    is_int(won, 2, "of 40 writers for two keys two win");
    is_int(exists, RACERS - 2, "the others are told so");
}

// Three changes of one batch: the second makes the engine undo all of the transaction, as it does
// when memory or the disk ends in the middle. None may be kept, and none be said to be.
struct chain {
    struct db_task task; // first, so that its address is this one's
    const char *sql;
    sem_t *wait; // the work begins when this is up; NULL: at once
    sem_t *done;
    enum rc rc;
};

static enum rc chain_work(struct db_tx *tx, void *data)
{
    const struct chain *chain = data;
    if (chain->wait != NULL)
        sem_wait(chain->wait);
    return db_do(tx, NULL, chain->sql, DB_NO_ARGS);
}

static void chain_done(struct db_task *task, enum rc rc)
{
    struct chain *chain = (struct chain *)task;
    chain->rc = rc;
    sem_post(chain->done);
}

static enum rc count_work(struct db_tx *tx, void *data)
{
    struct db_rows *rows = NULL;
    struct arena arena;
    arena_open(&arena, 1 << 20);
    enum rc rc = db_query(tx, &arena, &rows,
                          "SELECT count(*) FROM first_token WHERE hash IN ('a', 'c')", DB_NO_ARGS);
    *(int64_t *)data = rc == RC_OK ? db_int(rows, 0, 0) : -1;
    arena_close(&arena);
    return rc;
}

static void try_chain(struct house *house)
{
    sem_t go;
    sem_t done;
    int64_t kept = -1;
    sem_init(&go, 0, 0);
    sem_init(&done, 0, 0);
    struct chain chain[] = {
        {.sql = "DELETE FROM first_token WHERE hash = 'nobody'", .wait = &go},
        {.sql = "INSERT INTO first_token(hash) VALUES ('a')"                                                     },
        {.sql = "INSERT OR ROLLBACK INTO first_token(hash) VALUES ('odd')"},
        {.sql = "INSERT INTO first_token(hash) VALUES ('c')"                                                     },
    };
    for (size_t k = 0; k < 4; k++) { // the first holds the writer until the others wait
        chain[k].done = &done;
        chain[k].task = (struct db_task){chain_work, chain_done, &chain[k], NULL};
        db_post(house->installation.db, &chain[k].task);
    }
    sem_post(&go);
    for (size_t k = 0; k < 4; k++)
        sem_wait(&done);
    db_read(house->installation.db, 0, count_work, &kept);
    is_int(kept, 0, "an undone batch keeps nothing");
    ok(chain[1].rc != RC_OK && chain[2].rc == RC_EXISTS && chain[3].rc != RC_OK,
       "and says so: %d %d %d", (int)chain[1].rc, (int)chain[2].rc, (int)chain[3].rc);
    ok(db_writes_fail(house->installation.db), "the program knows that writing failed");
    is_int(rename_to(house, "Healed"), 303, "writes work again");
    ok(!db_writes_fail(house->installation.db), "and it knows that too");
    sem_destroy(&go);
    sem_destroy(&done);
}

// The control: a disk that says it has written, and has not. What looks must find that.
static void try_control(struct house *house)
{
    rename_to(house, "Truth");
    arm(FAULT_LIE, 1, true);
    int status = rename_to(house, "Lie");
    close_house(house);
    disarm();
    bool opened = open_house(house);
    ok(status == 303 && !(opened && is_named(house, "Lie")),
       "a disk that lies is found out: an acknowledged change is gone");
    if (opened)
        close_house(house);
}

int main(void)
{
    static struct house house;
    char path[80];
    house.body = calloc(1, DESK_BODY_BYTES);
    test_place_open(&house.place);
    snprintf(house.folder, sizeof house.folder, "%s/data", house.place.folder);
    desk_exchange_open(&house.exchange, house.body);
    if (!ok(auth_start() == RC_OK && make_demo(house.folder) && open_house(&house), "a demo opens"))
        return tap_done();
    static const char *const pages[] = {"", "/people", "/matches", "/pairs", "/team", "/pool"};
    for (size_t k = 0; k < sizeof pages / sizeof pages[0]; k++) {
        snprintf(path, sizeof path, "/cohorts/%lld%s", (long long)house.cohort, pages[k]);
        try_page(&house, path);
    }
    try_page(&house, "/");
    try_page(&house, "/account");
    try_change_without_memory(&house);
    for (size_t k = 0; k < DISKS; k++) {
        try_disk(&house, disks[k].kind, disks[k].name);
        try_sending(&house, disks[k].kind, disks[k].name);
        try_letters(&house, disks[k].kind, disks[k].name);
    }
    try_no_files(&house);
    try_batch(&house);
    try_chain(&house);
    ok(rename_to(&house, "Last") == 303, "one last change");
    close_house(&house);
    ok(open_house(&house) && is_named(&house, "Last"), "is there after all of this");
    try_control(&house);
    desk_exchange_close(&house.exchange);
    test_place_close(&house.place);
    free(house.body);
    return tap_done();
}
#endif
