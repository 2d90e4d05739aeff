// SPDX-License-Identifier: Apache-2.0
//
// Jobs and mail, on SQLite and on a real PostgreSQL server, with a clock that the test turns.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include "jobs/jobs.h"

#include "base/file.h"

#include "db/db_test.h"
#include "jobs/mail.h"

enum { MINUTE_US = 60000000 };

static int64_t now_us = 1800000000000000;
static unsigned fails_left;
static unsigned inside_calls;
static unsigned ticks;

static int64_t test_now(void)
{
    return now_us;
}

static enum rc run_flaky(struct job *job)
{
    (void)job;
    if (fails_left == 0)
        return RC_OK;
    fails_left--;
    return RC_IO;
}

static enum rc note_result(struct db_tx *tx, struct job *job)
{
    inside_calls++;
    return db_do(tx, NULL, "INSERT INTO result(id, body) VALUES ($1, $2)",
                 DB_ARGS(DB_INT(job->id), DB_TEXT(job->body)));
}

static enum rc tick(struct db_tx *tx, struct job *job)
{
    (void)tx;
    (void)job;
    ticks++;
    return RC_OK;
}

static enum rc refuse(struct job *job)
{
    (void)job;
    return RC_BAD_INPUT;
}

struct bench {
    struct arena arena;
    struct db *db;
    struct jobs_settings settings;
    struct mail_settings mail;
    int64_t number;
};

struct order {
    const char *kind;
    const char *body;
    bool fails;
};

static enum rc add_work(struct db_tx *tx, void *data)
{
    const struct order *order = data;
    TRY(job_add(tx, order->kind, order->body, now_us, now_us));
    return order->fails ? RC_IO : RC_OK;
}

static enum rc add(struct bench *bench, const char *kind, const char *body, bool fails)
{
    struct order order = {kind, body, fails};
    return db_write(bench->db, add_work, &order);
}

static enum rc count_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    struct db_rows *rows = NULL;
    TRY(db_query(tx, &bench->arena, &rows,
                 "SELECT (SELECT count(*) FROM result), (SELECT count(*) FROM job WHERE kind <> "
                 "'tick'), (SELECT count(*) FROM job WHERE given_up = 1)",
                 DB_NO_ARGS));
    bench->number = db_int(rows, 0, 0) * 10000 + db_int(rows, 0, 1) * 100 + db_int(rows, 0, 2);
    return RC_OK;
}

// results, jobs left, jobs given up: 1 02 01 is 10201.
static int64_t counts(struct bench *bench)
{
    return db_read(bench->db, 0, count_work, bench) == RC_OK ? bench->number : -1;
}

static unsigned run(struct bench *bench)
{
    unsigned ran = 0;
    return jobs_run_due(&bench->settings, &ran) == RC_OK ? ran : 1000;
}

static void test_queue(struct bench *bench, const char *engine)
{
    is_uint(run(bench), 1, "%s: the repeating job alone", engine);
    is_uint(run(bench), 0, "%s: it waits for its time", engine);
    add(bench, "flaky", "a", true);
    is_int(counts(bench), 0, "%s: nothing is left of what was rolled back", engine);
    fails_left = 2;
    add(bench, "flaky", "b", false);
    is_uint(run(bench), 1, "%s: the first try", engine);
    is_int(counts(bench), 100, "%s: failed, and still there", engine);
    now_us += MINUTE_US - 1;
    is_uint(run(bench), 0, "%s: not before a minute", engine);
    now_us += 2;
    is_uint(run(bench), 2, "%s: the second try, and the repeating job", engine);
    now_us += 3 * MINUTE_US;
    run(bench);
    is_int(counts(bench), 100, "%s: not before four more", engine);
    now_us += 2 * MINUTE_US;
    run(bench);
    is_int(counts(bench), 10000, "%s: the third went well, once", engine);
    ok(ticks >= 2, "%s: the repeating one ran again", engine);
}

static void test_giving_up(struct bench *bench, const char *engine)
{
    add(bench, "refused", "", false);
    run(bench);
    is_int(counts(bench), 10101, "%s: bad input is given up at once, and kept", engine);
    add(bench, "nobody knows it", "", false);
    run(bench);
    is_int(counts(bench), 10202, "%s: so is a kind that nobody knows", engine);
    fails_left = 1000;
    add(bench, "flaky", "c", false);
    for (int k = 0; k < 2 * JOB_TRIES_MOST; k++) {
        run(bench);
        now_us += 100 * (int64_t)MINUTE_US;
    }
    is_int(counts(bench), 10303, "%s: a job is given up in the end", engine);
    is_uint(fails_left, 1000 - JOB_TRIES_MOST, "%s: after %d tries", engine, JOB_TRIES_MOST);
    fails_left = 0;
}

static enum rc claim_as_another(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL,
                 "UPDATE job SET claimed_until = $1 WHERE kind = 'flaky' AND given_up = 0",
                 DB_ARGS(DB_INT(now_us + 10 * (int64_t)MINUTE_US)));
}

static enum rc claim_again(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "UPDATE job SET tries = tries + 1 WHERE kind = 'overtaken'", DB_NO_ARGS);
}

static enum rc drop_overtaken(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "DELETE FROM job WHERE kind = 'overtaken'", DB_NO_ARGS);
}

static enum rc claim_tomorrow(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "UPDATE job SET claimed_until = $1 WHERE body = 'claimed tomorrow'",
                 DB_ARGS(DB_INT(now_us + 10 * (int64_t)MINUTE_US)));
}

// Begun while the clock was fast, and the process died.
static enum rc begin_tomorrow(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "UPDATE job SET tries = 2 WHERE body = 'begun tomorrow'", DB_NO_ARGS);
}

static void test_crash(struct bench *bench, const char *engine)
{
    add(bench, "flaky", "d", false);
    db_write(bench->db, claim_as_another, NULL);
    inside_calls = 0;
    run(bench);
    is_uint(inside_calls, 0, "%s: what another node has is left alone", engine);
    now_us += 11 * (int64_t)MINUTE_US;
    run(bench);
    is_uint(inside_calls, 1, "%s: until that node must have died", engine);
}

// A claim that came over this one's, while its outside ran.
static enum rc run_overtaken(struct job *job)
{
    return db_write(job->db, claim_again, NULL);
}

static void test_clocks(struct bench *bench, const char *engine)
{
    add(bench, "overtaken", "", false);
    inside_calls = 0;
    int64_t before = counts(bench);
    run(bench);
    is_uint(inside_calls, 1, "%s: a job that was claimed again meanwhile", engine);
    is_int(counts(bench), before, "%s: leaves nothing, and stays with the other", engine);
    db_write(bench->db, drop_overtaken, NULL);
    run(bench);
    now_us += 24 * 60 * (int64_t)MINUTE_US; // a clock that is a day fast
    run(bench);
    add(bench, "flaky", "at once, tomorrow", false);
    add(bench, "flaky", "claimed tomorrow", false);
    add(bench, "flaky", "begun tomorrow", false);
    db_write(bench->db, claim_tomorrow, NULL);
    db_write(bench->db, begin_tomorrow, NULL);
    now_us -= 24 * 60 * (int64_t)MINUTE_US; // and is put right
    ticks = 0;
    inside_calls = 0;
    run(bench);
    is_uint(ticks, 1, "%s: what repeats does not wait a day when a clock is put back", engine);
    is_uint(inside_calls, 3, "%s: nor does what was to be done at once, was claimed, or was begun",
            engine);
    run(bench);
    is_uint(ticks, 1, "%s: and once is enough", engine);
}

// ---- lanes -------------------------------------------------------------------------------------

static unsigned run_lane(struct bench *bench, enum jobs_lane lane)
{
    bench->settings.lane = lane;
    unsigned ran = run(bench);
    bench->settings.lane = JOBS_ALL;
    return ran;
}

static enum rc last_long(struct job *job)
{
    now_us += 9 * (int64_t)MINUTE_US;
    TRY(job_hold(job));
    now_us += 9 * (int64_t)MINUTE_US;
    unsigned ran = 0;
    struct jobs_settings other = *(const struct jobs_settings *)job->context;
    other.lane = JOBS_LASTING;
    TRY(jobs_run_due(&other, &ran));
    return ran == 0 ? RC_OK : RC_EXISTS;
}

static void test_lanes(struct bench *bench, const char *engine)
{
    inside_calls = 0;
    add(bench, "lasting", "", false);
    add(bench, "flaky", "e", false);
    run_lane(bench, JOBS_SHORT);
    is_uint(inside_calls, 1, "%s: what is short does not wait for what lasts", engine);
    is_uint(run_lane(bench, JOBS_LASTING), 1, "%s: which has a lane of its own", engine);
    is_uint(inside_calls, 2, "%s: and is held longer than a claim lasts", engine);
}

// ---- mail ------------------------------------------------------------------------------------

static const char *write_one(struct bench *bench, const struct mail *mail, enum rc *ret_rc)
{
    struct buffer out;
    buffer_open(&out, &bench->arena, 1 << 20);
    *ret_rc = mail_write(&out, &bench->mail, mail, 7, 1800000000000000);
    return out.bytes;
}

static void test_format(struct bench *bench)
{
    enum rc rc = RC_OK;
    struct mail mail = {
        .to = "ada@example.org", .subject = "Hello", .text = "One line.\nAnother.\n"};
    is_str(write_one(bench, &mail, &rc),
           "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\nFrom: =?utf-8?B?VHJlbGxpcw==?= "
           "<trellis@example.org>\r\nTo: <ada@example.org>\r\nSubject: Hello\r\nMessage-ID: "
           "<7.trellis@example.org>\r\nMIME-Version: 1.0\r\nAuto-Submitted: "
           "auto-generated\r\nContent-Type: text/plain; charset=utf-8\r\n"
           "Content-Transfer-Encoding: 7bit\r\n\r\nOne line.\r\nAnother.\r\n",
           "a plain message");
    mail.subject = "\xc3\x9c"
                   "ber die Br\xc3\xbc"
                   "cke";
    mail.text = "a = b \n\xc3\xa9\n";
    const char *text = write_one(bench, &mail, &rc);
    ok(strstr(text, "Subject: =?utf-8?B?w5xiZXIgZGllIEJyw7xja2U=?=\r\n") != NULL,
       "a subject beyond ASCII");
    ok(strstr(text, "\r\n\r\na =3D b=20\r\n=C3=A9\r\n") != NULL, "a body beyond ASCII");
    const char *wrong[] = {"a@b@c", "a b@c", "a@b\nBcc: x@y", "<a@b>", "@b", "a@", ""};
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
        mail.to = wrong[k];
        write_one(bench, &mail, &rc);
        is_int(rc, RC_BAD_INPUT, "no address: %zu", k);
    }
    mail.to = "a@b";
    mail.subject = "x\r\nBcc: y@z";
    write_one(bench, &mail, &rc);
    is_int(rc, RC_BAD_INPUT, "no second header in a subject");
}

static enum rc mail_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    struct mail mail = {.to = "ada@example.org", .subject = "In a folder", .text = "Hello.\n"};
    return mail_add(tx, &bench->arena, &mail, now_us);
}

static void test_folder(struct bench *bench, const char *engine)
{
    char command[400];
    is_int(db_write(bench->db, mail_work, bench), RC_OK, "%s: a mail is asked for", engine);
    run(bench);
    snprintf(command, sizeof command, "grep -q 'In a folder' %s/*.eml", bench->mail.folder);
    ok(test_shell(command), "%s: and stands in the folder", engine);
    is_int(counts(bench) % 10000 / 100, 3, "%s: its row is gone", engine);
}

static bool open_bench(struct bench *bench, struct test_place *place, int engine,
                       struct job_kind *kinds, char *folder)
{
    static const struct db_migration steps[] = {
        {1, "jobs",   jobs_schema_1                                                         },
        {2, "result", "CREATE TABLE result(id {id} NOT NULL PRIMARY KEY, body TEXT){end};\n"},
    };
    char space[256];
    const char *error = "";
    struct db_settings settings = {.readers = 1, .migrations = steps, .migration_count = 2};
    if (!test_place_new(place, engine, &settings, space) ||
        db_open(&settings, &bench->arena, &bench->db, &error) != RC_OK)
        return false;
    snprintf(folder, 100, "%s/mail%d", place->folder, engine);
    bench->mail = (struct mail_settings){
        .from = "trellis@example.org", .from_name = "Trellis", .folder = folder};
    kinds[0] = (struct job_kind){.name = "flaky", .outside = run_flaky, .inside = note_result};
    kinds[1] = (struct job_kind){.name = "tick", .every_s = 60, .inside = tick};
    kinds[2] = (struct job_kind){.name = "refused", .outside = refuse};
    kinds[3] = mail_kind(&bench->mail);
    kinds[4] = (struct job_kind){.name = "lasting",
                                 .lasts = true,
                                 .outside = last_long,
                                 .inside = note_result,
                                 .context = &bench->settings};
    kinds[5] =
        (struct job_kind){.name = "overtaken", .outside = run_overtaken, .inside = note_result};
    bench->settings = (struct jobs_settings){
        .db = bench->db, .kinds = kinds, .kind_count = 6, .now_us = test_now};
    return true;
}

static void test_thread(struct bench *bench, const char *engine)
{
    struct jobs *jobs = NULL;
    is_int(jobs_open(&bench->settings, &jobs), RC_OK, "%s: the thread starts", engine);
    jobs_close(jobs);
    ok(true, "%s: and stops", engine);
}

int main(void)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++) {
        struct bench bench = {0};
        struct job_kind kinds[6];
        char folder[100];
        arena_open(&bench.arena, 8 << 20);
        ticks = 0;
        if (ok(open_bench(&bench, &place, engine, kinds, folder), "%s opens", engines[engine])) {
            test_queue(&bench, engines[engine]);
            test_giving_up(&bench, engines[engine]);
            test_crash(&bench, engines[engine]);
            test_clocks(&bench, engines[engine]);
            test_lanes(&bench, engines[engine]);
            test_folder(&bench, engines[engine]);
            test_thread(&bench, engines[engine]);
            if (engine == 0)
                test_format(&bench);
            db_close(bench.db);
        }
        arena_close(&bench.arena);
    }
    test_place_close(&place);
    return tap_done();
}
