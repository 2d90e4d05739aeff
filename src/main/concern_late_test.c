// SPDX-License-Identifier: Apache-2.0
//
// What needs a clock and keys: whoever reads concerns has a letter within a minute; a concern that
// is late is told again, once; two people who run the cohort open it together, for three days; a
// key that is changed opens all, and without it nothing is read.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include "app/account/account.h"
#include "app/cohort/cohort.h"
#include "app/concern/concern_page.h"
#include "app/concern/concern_store.h"
#include "auth/token.h"
#include "db/db_test.h"
#include "install.h"

#define DAY_US ((int64_t)86400 * 1000000)

enum { COHORT = 10, REPORTER = 101, LEAD = 102, COORDINATOR = 103, OTHER = 104, ACCUSED = 105 };

struct late {
    struct installation installation;
    struct app app;
    struct mail_settings mail;
    struct job_kind kinds[INSTALLATION_KINDS];
    struct arena arena;
    char space[256];
    char keys[128];
    int64_t person;  // who acts
    int64_t concern; // the one that was told
    int64_t count;   // an answer
    const char *text;
    enum rc rc;
    struct concern_glass glass;
};

static int64_t now_us = (int64_t)1795000000 * 1000000;

static int64_t test_now(void)
{
    return now_us;
}

static struct req req_of(struct late *late, struct db_tx *tx)
{
    struct req req = {.app = &late->app,
                      .arena = &late->arena,
                      .tx = tx,
                      .now_us = now_us,
                      .locale = locale_at(0),
                      .writes = true};
    req.actor.person = late->person;
    return req;
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct late *late = data;
    const struct cohort cohort = {COHORT, "Spring", "", "2026-10-05", 26, "running", 2, 2};
    static const char *const names[] = {"reporter", "lead", "coordinator", "other", "accused"};
    TRY(cohort_add(tx, &cohort));
    for (int64_t id = REPORTER; id <= ACCUSED; id++) {
        const char *email = arena_printf(&late->arena, "%s@example.org", names[id - REPORTER]);
        const struct account account = {id, email, email, "", "en", false, false};
        TRY(account_add(tx, &account, now_us));
    }
    TRY(account_give_role(tx, LEAD, COHORT, ROLE_SAFEGUARDING));
    TRY(account_give_role(tx, COORDINATOR, COHORT, ROLE_COORDINATOR));
    TRY(account_give_role(tx, OTHER, COHORT, ROLE_COORDINATOR));
    return account_give_role(tx, ACCUSED, COHORT, ROLE_COORDINATOR);
}

static enum rc tell(struct db_tx *tx, void *data)
{
    struct late *late = data;
    struct req req = req_of(late, tx);
    const int64_t about[] = {ACCUSED};
    const struct concern concern = {.cohort = COHORT,
                                    .kind = "conduct",
                                    .by = REPORTER,
                                    .text = "CANARY",
                                    .code = "",
                                    .due_at = concern_due("open", now_us)};
    const struct concern_more more = {about, 1, false};
    return concern_add(&req, &concern, &more, &late->concern);
}

// ---- what the tests ask ------------------------------------------------------------------------

static enum rc ask_read(struct db_tx *tx, void *data)
{
    struct late *late = data;
    struct req req = req_of(late, tx);
    struct concern concern;
    late->rc = concern_find(&req, COHORT, late->concern, &concern);
    if (late->rc == RC_OK)
        late->rc = concern_unseal(&req, &concern);
    late->text = late->rc == RC_OK ? concern.text : "";
    return RC_OK;
}

static const char *reads(struct late *late, int64_t person)
{
    late->person = person;
    return db_read(late->installation.db, 0, ask_read, late) == RC_OK ? late->text : "failed";
}

static enum rc list_glass(struct db_tx *tx, void *data)
{
    struct late *late = data;
    struct req req = req_of(late, tx);
    struct concern_glass *all = NULL;
    size_t count = 0;
    TRY(glass_list(&req, COHORT, &all, &count));
    late->count = (int64_t)count;
    if (count > 0)
        late->glass = all[0];
    return RC_OK;
}

static int64_t late_ones(struct late *late, int64_t person)
{
    late->person = person;
    late->count = -1;
    return db_read(late->installation.db, 0, list_glass, late) == RC_OK ? late->count : -1;
}

static enum rc ask_glass(struct db_tx *tx, void *data)
{
    struct late *late = data;
    struct req req = req_of(late, tx);
    return glass_ask(&req, late->concern, "CANARY why");
}

static enum rc agree_glass(struct db_tx *tx, void *data)
{
    struct late *late = data;
    struct req req = req_of(late, tx);
    return glass_agree(&req, &late->glass);
}

static enum rc count_mail(struct db_tx *tx, void *data)
{
    struct late *late = data;
    struct db_rows *rows = NULL;
    TRY(db_query(tx, &late->arena, &rows, "SELECT count(*) FROM job WHERE kind = 'mail'",
                 DB_NO_ARGS));
    late->count = db_int(rows, 0, 0);
    return RC_OK;
}

// ---- how soon ----------------------------------------------------------------------------------

enum { NOTICE_MOST_S = 60 }; // from being told to the letter of whoever reads it

// Told as its page does it, in one transaction, whatever else waits to be sent.
static enum rc tell_readers(struct db_tx *tx, void *data)
{
    struct late *late = data;
    struct req req = req_of(late, tx);
    struct concern concern;
    const struct app_place place = {tx, &late->arena, &late->app, now_us};
    TRY(concern_find(&req, COHORT, late->concern, &concern));
    return concern_tell_readers(&place, &concern, concern.due_at);
}

// Letters that are to leave later than so many seconds after now.
static enum rc count_slow(struct db_tx *tx, void *data)
{
    struct late *late = data;
    struct db_rows *rows = NULL;
    TRY(db_query(tx, &late->arena, &rows,
                 "SELECT count(*) FROM job WHERE kind = 'mail' AND run_at > $1",
                 DB_ARGS(DB_INT(now_us + NOTICE_MOST_S * (int64_t)1000000))));
    late->count = db_int(rows, 0, 0);
    return RC_OK;
}

static enum rc hold_letters(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "UPDATE job SET run_at = run_at + 61000000 WHERE kind = 'mail'",
                 DB_NO_ARGS);
}

static enum rc drop_letters(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "DELETE FROM job WHERE kind = 'mail'", DB_NO_ARGS);
}

static void test_notice(struct late *late, const char *engine)
{
    struct db *db = late->installation.db;
    late->person = LEAD;
    is_int(db_write(db, tell_readers, late), RC_OK, "%s: a concern is told", engine);
    db_read(db, 0, count_mail, late);
    is_int(late->count, 1, "%s: its reader has a letter with it", engine);
    db_read(db, 0, count_slow, late);
    is_int(late->count, 0, "%s: which leaves within a minute, by the clock", engine);
    db_write(db, hold_letters, late);
    db_read(db, 0, count_slow, late);
    is_int(late->count, 1, "%s: a planted fault is found: a letter that waits", engine);
    db_write(db, drop_letters, late);
}

// The step of the clock alone: its letters stay where they are.
static int64_t letters_of_clock(struct late *late)
{
    struct job_kind kind = concern_clock_kind(&late->app);
    const struct jobs_settings jobs = {
        .db = late->installation.db, .kinds = &kind, .kind_count = 1, .now_us = test_now};
    unsigned ran = 0;
    jobs_run_due(&jobs, &ran);
    db_read(late->installation.db, 0, count_mail, late);
    return late->count;
}

static void test_late(struct late *late, const char *engine)
{
    is_str(reads(late, LEAD), "CANARY", "%s: who is named for it reads it", engine);
    is_str(reads(late, COORDINATOR), "", "%s: who runs the cohort does not", engine);
    is_int(late_ones(late, COORDINATOR), 0, "%s: nor is she told of it in time", engine);
    int64_t before = letters_of_clock(late);
    now_us += 5 * DAY_US;
    is_int(letters_of_clock(late), before + 1, "%s: when it is late, the lead is told again",
           engine);
    now_us += DAY_US;
    is_int(letters_of_clock(late), before + 1, "%s: once", engine);
    is_int(late_ones(late, COORDINATOR), 1, "%s: who runs the cohort sees that one is late",
           engine);
    is_int(late_ones(late, ACCUSED), 0, "%s: but not whom it concerns", engine);
    is_int(late_ones(late, REPORTER), 0, "%s: nor who told it", engine);
    late->person = COORDINATOR;
    is_int(db_write(late->installation.db, ask_glass, late), RC_OK, "%s: she asks", engine);
    is_int(db_write(late->installation.db, ask_glass, late), RC_EXISTS, "%s: once", engine);
    late_ones(late, COORDINATOR);
    is_int(db_write(late->installation.db, agree_glass, late), RC_EXISTS,
           "%s: nobody agrees with herself", engine);
    is_str(reads(late, COORDINATOR), "", "%s: alone she reads nothing", engine);
    late_ones(late, OTHER);
    is_str(late->glass.why, "CANARY why", "%s: the other learns why", engine);
    is_int(db_write(late->installation.db, agree_glass, late), RC_OK, "%s: and agrees", engine);
    is_str(reads(late, COORDINATOR), "CANARY", "%s: then the one reads it", engine);
    is_str(reads(late, OTHER), "CANARY", "%s: and the other", engine);
    late_ones(late, COORDINATOR);
    ok(late->glass.until_at > now_us && late->glass.agreed_by == OTHER,
       "%s: its page says until when it is open, and for whom", engine);
    is_str(reads(late, ACCUSED), "", "%s: and whom it concerns still does not", engine);
    now_us += 3 * DAY_US + 1;
    is_str(reads(late, COORDINATOR), "", "%s: after three days no more", engine);
    late_ones(late, COORDINATOR);
    ok(late->glass.until_at == 0 && late->glass.asked_by == 0, "%s: and it can be asked for again",
       engine);
}

// ---- keys --------------------------------------------------------------------------------------

static enum rc seal_anew(struct db_tx *tx, void *data)
{
    struct late *late = data;
    return concern_seal_anew(tx, late->app.seal, &late->count);
}

static enum rc count_closed(struct db_tx *tx, void *data)
{
    struct late *late = data;
    return concern_count_closed(tx, late->app.seal, &late->count);
}

static enum rc put_plain(struct db_tx *tx, void *data)
{
    struct late *late = data;
    return db_do(tx, NULL, "UPDATE concern_case SET text = 'from before' WHERE id = $1",
                 DB_ARGS(DB_INT(late->concern)));
}

static void test_keys(struct late *late, const char *engine)
{
    const char *error = "";
    struct seal none = {.count = 0};
    struct seal *seal = late->installation.seal;
    is_int(seal_add(&late->arena, late->keys, seal, &error), RC_OK, "%s: a new key", engine);
    is_int(db_write(late->installation.db, seal_anew, late), RC_OK, "%s: seals anew", engine);
    is_int(late->count, 2, "%s: what was told, and why it was opened", engine);
    is_str(reads(late, LEAD), "CANARY", "%s: and opens it", engine);
    is_int(seal_forget(&late->arena, late->keys, seal, &error), RC_OK, "%s: the old one", engine);
    is_str(reads(late, LEAD), "CANARY", "%s: is needed no more", engine);
    late->app.seal = &none;
    ok(strstr(reads(late, LEAD), "CANARY") == NULL, "%s: without the keys nothing is read", engine);
    db_read(late->installation.db, 0, count_closed, late);
    is_int(late->count, 2, "%s: which the doctor counts", engine);
    late->app.seal = seal;
    db_write(late->installation.db, put_plain, late);
    is_str(reads(late, LEAD), "from before", "%s: what was kept before there were keys", engine);
    db_write(late->installation.db, seal_anew, late);
    is_int(late->count, 1, "%s: is sealed", engine);
    is_str(reads(late, LEAD), "from before", "%s: and read", engine);
}

static bool open_late(struct late *late, struct test_place *place, int engine)
{
    struct db_settings settings = {0};
    arena_open(&late->arena, 64 << 20);
    if (!test_place_new(place, engine, &settings, late->space))
        return false;
    snprintf(late->keys, sizeof late->keys, "%s/keys%d", place->folder, engine);
    late->installation = (struct installation){
        .folder = settings.folder, .url = settings.url, .readers = 1, .key_file = late->keys};
    if (installation_open(&late->installation) != RC_OK ||
        installation_seal(&late->installation, true) != RC_OK)
        return false;
    late->app = (struct app){.site = "Trellis",
                             .url = "http://example.org",
                             .mail = "trellis@example.org",
                             .seal = late->installation.seal,
                             .slices = installation_slices()};
    return db_write(late->installation.db, fill, late) == RC_OK &&
           db_write(late->installation.db, tell, late) == RC_OK;
}

int main(void)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++) {
        struct late late = {0};
        if (ok(open_late(&late, &place, engine), "%s opens", engines[engine])) {
            test_notice(&late, engines[engine]);
            test_late(&late, engines[engine]);
            test_keys(&late, engines[engine]);
            db_close(late.installation.db);
            arena_close(&late.installation.arena);
        }
        arena_close(&late.arena);
    }
    test_place_close(&place);
    return tap_done();
}
