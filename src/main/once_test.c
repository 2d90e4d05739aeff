// SPDX-License-Identifier: Apache-2.0
//
// Letters and reminders while the machine dies and its clock jumps (SQLite). A life is a process of
// its own: it opens the installation, runs what is due, hour by hour, and dies at a chosen step of
// a job: before and after a letter leaves, before and after what ends the job, between two jobs.
// The clock goes forward and back by most of a day. In the end no letter is lost, one that left
// twice is the same one, there are at most as many of those as deaths, and each of a pair was
// reminded once of each meeting. TEST_RUNS=1000 for a release. Three planted faults must be found.
#define _DEFAULT_SOURCE // MAP_ANONYMOUS

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "base/date.h"
#include "base/file.h"

#include "app/match/match.h"
#include "app/match/match_offer.h"
#include "app/match/match_store.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_store.h"
#include "app/pair/pair_talk.h"
#include "bench_test.h"

enum {
    RUNS = 50,
    PLANT_RUNS = 40, // at most, until a planted fault is found
    PAIRS = 3,
    MEETINGS = 2, // of each pair
    HOURS = 84,   // that a run has
    QUIET_HOURS = 12,
    JUMP_HOURS = 22,
    LETTERS = 12,
    SENT_MAX = 4000,
    DEATHS_MAX = 60,
    COHORT = 1000,
    DIED = 77
};
enum plant { PLANT_NONE, PLANT_ENDS_BEFORE_IT_SENDS, PLANT_FORGETS, PLANT_NEW_NUMBER };

// What the lives of one run share, and keep when one dies.
static struct shared {
    uint32_t chance;
    int64_t true_us;
    int64_t wrong_us; // by how much the clock is wrong
    int hours;
    int letters;            // that were asked for, and committed
    int64_t steps_left;     // to the next death; 0: none comes
    int64_t sent[SENT_MAX]; // numbers of letters, in the order in which they left
    size_t sent_count;
} * shared;

static enum plant plant;
static int64_t pending; // of PLANT_ENDS_BEFORE_IT_SENDS
static struct job pending_job;
static struct job_kind inner[8];

static uint32_t draw(uint32_t below)
{
    shared->chance = shared->chance * 1664525u + 1013904223u;
    return (shared->chance >> 8) % below;
}

static void step(void)
{
    if (shared->steps_left > 0 && --shared->steps_left == 0)
        _exit(DIED);
}

static enum rc send_and_note(struct job *job)
{
    enum rc rc = inner[0].outside(job);
    if (rc == RC_OK && shared->sent_count < SENT_MAX)
        shared->sent[shared->sent_count++] = job->id;
    return rc;
}

static int64_t clock_now(void)
{
    return shared->true_us + shared->wrong_us;
}

static int64_t clock_of_jobs(void)
{
    step();
    if (pending != 0) {
        pending = 0;
        send_and_note(&pending_job);
    }
    return clock_now();
}

static enum rc outside(struct job *job)
{
    const struct job_kind *kind = job->context;
    step();
    job->context = kind->context;
    enum rc rc = kind == &inner[0] ? send_and_note(job) : kind->outside(job);
    job->context = (void *)(uintptr_t)kind;
    step();
    return rc;
}

static enum rc inside(struct db_tx *tx, struct job *job)
{
    const struct job_kind *kind = job->context;
    static struct arena arena;
    step();
    job->context = kind->context;
    enum rc rc = kind->inside == NULL ? RC_OK : kind->inside(tx, job);
    job->context = (void *)(uintptr_t)kind;
    if (plant == PLANT_ENDS_BEFORE_IT_SENDS && kind == &inner[0]) {
        arena_close(&arena);
        arena_open(&arena, 8 << 20);
        pending_job = *job;
        pending_job.arena = &arena;
        pending_job.context = kind->context;
        pending_job.body = arena_strdup(&arena, job->body);
        pending = 1;
    }
    step();
    return rc;
}

// The three kinds that this is about, each with the steps around it.
static size_t wrap(struct house *house)
{
    static const char *const names[] = {"mail", "pair_clock", "pair_message"};
    struct job_kind all[INSTALLATION_KINDS];
    size_t count = installation_kinds(&house->app, &house->mail, all);
    size_t found = 0;
    for (size_t n = 0; n < 3; n++)
        for (size_t k = 0; k < count; k++)
            if (strcmp(all[k].name, names[n]) == 0)
                inner[found++] = all[k];
    for (size_t k = 0; k < found; k++) {
        house->kinds[k] = inner[k];
        house->kinds[k].outside = inner[k].outside == NULL ? NULL : outside;
        if (plant == PLANT_ENDS_BEFORE_IT_SENDS && k == 0)
            house->kinds[k].outside = NULL;
        house->kinds[k].inside = inside;
        house->kinds[k].context = &inner[k];
    }
    return found;
}

// ---- what there is to be reminded of ---------------------------------------------------------

static const int64_t start_us = 1803888000000000; // 2027-03-01 08:00 UTC

static enum rc meet(struct db_tx *tx, struct house *house, int64_t match, int64_t at)
{
    struct pair pair;
    struct meeting m = {
        .match = match, .minutes = 45, .format = "video", .place = "", .agenda = ""};
    TRY(pair_find(tx, &house->arena, match, &pair));
    struct req req = {
        .app = &house->app, .arena = &house->arena, .tx = tx, .now_us = start_us, .writes = true};
    m.by = pair.match.mentee_person;
    TRY(meeting_propose(&req, &m, &at, 1));
    pair.me = pair.match.mentor_person;
    return meeting_accept(&req, &pair, m.id, at);
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct house *house = data;
    const struct app_place at = {tx, &house->arena, &house->app, start_us};
    struct match_rules rules;
    struct match_run run = {.id = 9, .cohort = COHORT, .rules = 7};
    TRY(house_add_cohort(tx, COHORT, "running"));
    TRY(db_do(
        tx, NULL,
        "INSERT INTO match_rules(id, cohort, version, made_at, made_by, overlap, gap, "
        "language, employer, format, lowest, w_topics, w_level, w_time, w_languages, "
        "w_formats, w_choices, best, asks, days, passes_on) VALUES (7, 1000, 1, 0, 0, 60, 0, 1, "
        "1, 1, 0, 10, 3, 4, 1, 1, 3, 'most', 'none', 7, 0)",
        DB_NO_ARGS));
    TRY(rules_find(tx, &house->arena, 7, &rules));
    TRY(run_add(tx, &run, 0, start_us));
    for (int k = 0; k < PAIRS; k++) {
        char email[40];
        int64_t match = 0;
        const struct enrolment mentee = {
            .id = 200 + k, .cohort = COHORT, .role = "mentee", .level = 1};
        const struct enrolment mentor = {
            .id = 300 + k, .cohort = COHORT, .role = "mentor", .level = 3};
        snprintf(email, sizeof email, "mentee%d@example.org", k);
        TRY(house_add_person(tx, house, 20 + k, arena_strdup(&house->arena, email), &mentee,
                             start_us));
        snprintf(email, sizeof email, "mentor%d@example.org", k);
        TRY(house_add_person(tx, house, 30 + k, arena_strdup(&house->arena, email), &mentor,
                             start_us));
        const struct match_pair pair = {.mentee = 200 + k, .mentor = 300 + k};
        TRY(match_offer(&at, &run, &rules, &pair, &match));
        for (int m = 0; m < MEETINGS; m++)
            TRY(meet(tx, house, match, start_us + (30 + 7 * k + 20 * m) * HOUR_US));
        // Letters leave at once: nobody has quiet hours.
        const struct letter_choice any_time = {"each", true, true, true, 0, 0, true};
        TRY(letter_choice_set(tx, 20 + k, &any_time));
        TRY(letter_choice_set(tx, 30 + k, &any_time));
    }
    return RC_OK;
}

// ---- a life ----------------------------------------------------------------------------------

static bool open_house(struct house *house, const char *folder)
{
    *house = (struct house){0};
    arena_open(&house->arena, 64 << 20);
    snprintf(house->folder, sizeof house->folder, "%s/mail", folder);
    house->installation = (struct installation){.folder = folder, .readers = 2};
    house->app = (struct app){.site = "Trellis",
                              .url = "http://example.org",
                              .mail = "trellis@example.org",
                              .slices = installation_slices()};
    house->mail = (struct mail_settings){
        .from = "trellis@example.org", .from_name = "Trellis", .folder = house->folder};
    return installation_open(&house->installation) == RC_OK;
}

static void tell(struct house *house, const char *sql)
{
    house->sql = sql;
    if (db_write(house->installation.db, house_tell_work, house) != RC_OK)
        _exit(3);
}

static enum rc ask_letter(struct db_tx *tx, void *data)
{
    struct house *house = data;
    char subject[40];
    snprintf(subject, sizeof subject, "Letter %d", shared->letters);
    const struct mail mail = {.to = "ada@example.org", .subject = subject, .text = "Hello.\n"};
    return mail_add(tx, &house->arena, &mail, clock_now());
}

static void turn_clock(void)
{
    shared->true_us += HOUR_US;
    shared->hours++;
    bool quiet = shared->hours > HOURS - QUIET_HOURS;
    if (quiet || (shared->wrong_us != 0 && draw(3) == 0))
        shared->wrong_us = 0;
    else if (shared->wrong_us == 0 && draw(8) == 0)
        shared->wrong_us = (draw(2) == 0 ? -1 : 1) * JUMP_HOURS * HOUR_US;
    if (quiet)
        shared->steps_left = 0;
}

static int live(const char *folder)
{
    struct house house;
    if (!open_house(&house, folder))
        return 1;
    if (plant == PLANT_NEW_NUMBER)
        tell(&house, "UPDATE job SET id = id + 1048576001 WHERE kind = 'mail'");
    house.jobs = (struct jobs_settings){.db = house.installation.db,
                                        .kinds = house.kinds,
                                        .kind_count = wrap(&house),
                                        .now_us = clock_of_jobs};
    while (shared->hours < HOURS) {
        turn_clock();
        if (shared->letters < LETTERS && draw(4) == 0 &&
            db_write(house.installation.db, ask_letter, &house) == RC_OK)
            shared->letters++;
        house_run_jobs(&house);
        if (plant == PLANT_FORGETS && draw(10) == 0)
            tell(&house, "UPDATE meeting SET reminded = 0 WHERE reminded = 1");
    }
    int64_t left = house_count(&house, "SELECT count(*) FROM job WHERE kind = 'mail'");
    house_close(&house);
    return left == 0 ? 0 : 2;
}

// ---- what came of it -------------------------------------------------------------------------

struct tally {
    int deaths;
    int letters[LETTERS];
    int reminders[PAIRS * 2 * MEETINGS]; // by address and meeting
    const char *whose[PAIRS * 2 * MEETINGS];
    size_t whose_count;
    int asked_after; // "Did you meet?"
    size_t twice;    // letters that left more than once, each time after the first
    bool other_id;
};

static void tally_reminder(struct tally *tally, struct arena *arena, const char *text)
{
    char key[120];
    const char *to = strstr(text, "\r\nTo: <");
    const char *link = strstr(text, "/meetings/");
    if (to == NULL || link == NULL)
        return;
    snprintf(key, sizeof key, "%.20s %.24s", to + 7, link + 10);
    size_t at = 0;
    while (at < tally->whose_count && strcmp(tally->whose[at], key) != 0)
        at++;
    if (at >= PAIRS * 2 * MEETINGS)
        return;
    if (at == tally->whose_count)
        tally->whose[tally->whose_count++] = arena_strdup(arena, key);
    tally->reminders[at]++;
}

static void tally_letter(struct tally *tally, struct arena *arena, const char *name,
                         const char *text)
{
    char id[60];
    snprintf(id, sizeof id, "Message-ID: <%lld.trellis@", strtoll(name, NULL, 10));
    tally->other_id = tally->other_id || strstr(text, id) == NULL;
    const char *own = strstr(text, "Subject: Letter ");
    long number = own == NULL ? -1 : strtol(own + 16, NULL, 10);
    if (number >= 0 && number < LETTERS)
        tally->letters[number]++;
    if (strstr(text, "Subject: Tomorrow: you meet") != NULL)
        tally_reminder(tally, arena, text);
    tally->asked_after += strstr(text, "Subject: Did you meet") != NULL;
}

static void tally_folder(struct tally *tally, struct arena *arena, const char *folder)
{
    DIR *all = opendir(folder);
    if (all == NULL)
        return;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
    for (struct dirent *one = readdir(all); one != NULL; one = readdir(all)) {
        struct text text;
        const char *error = "";
        const char *path = file_join(arena, folder, one->d_name);
        if (strstr(one->d_name, ".eml") != NULL && strlen(one->d_name) == 23 &&
            file_read(arena, path, 1 << 20, &text, &error) == RC_OK)
            tally_letter(tally, arena, one->d_name, text.bytes);
    }
    closedir(all);
}

static void tally_sent(struct tally *tally)
{
    for (size_t k = 0; k < shared->sent_count; k++) {
        bool before = false;
        for (size_t j = 0; j < k && !before; j++)
            before = shared->sent[j] == shared->sent[k];
        tally->twice += before;
    }
}

// NULL: all is as it should be.
static const char *judge(const struct tally *tally)
{
    for (int k = 0; k < shared->letters; k++)
        if (tally->letters[k] != 1)
            return tally->letters[k] == 0 ? "a letter is lost" : "a letter has two numbers";
    if (tally->other_id)
        return "a letter does not have its number as Message-ID";
    if (tally->twice > (size_t)tally->deaths)
        return "more letters left twice than there were deaths";
    if (tally->whose_count != PAIRS * 2 * MEETINGS)
        return "somebody was not reminded";
    for (size_t k = 0; k < tally->whose_count; k++)
        if (tally->reminders[k] != 1)
            return "somebody was reminded twice";
    return tally->asked_after == PAIRS * 2 * MEETINGS ? NULL : "not asked once after each meeting";
}

static const char *run_once(const char *from, const char *folder, uint32_t seed,
                            struct tally *tally)
{
    char command[400];
    struct arena arena;
    int status = 0;
    snprintf(command, sizeof command, "rm -rf '%s'; cp -r '%s' '%s'", folder, from, folder);
    if (!test_shell(command))
        return "the folder is not copied";
    *shared = (struct shared){.chance = seed * 7919u + 13, .true_us = start_us};
    *tally = (struct tally){0};
    do {
        shared->steps_left = tally->deaths < DEATHS_MAX ? 1 + draw(120) : 0;
        (void)fflush(stdout);
        pid_t child = fork();
        if (child == 0)
            _exit(live(folder));
        if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
            return "a life ends otherwise";
        tally->deaths += WEXITSTATUS(status) == DIED;
    } while (WEXITSTATUS(status) == DIED);
    if (WEXITSTATUS(status) != 0)
        return "letters are left";
    arena_open(&arena, 64 << 20);
    snprintf(command, sizeof command, "%s/mail", folder);
    tally_folder(tally, &arena, command);
    tally_sent(tally);
    const char *wrong = judge(tally);
    arena_close(&arena);
    return wrong;
}

static int runs_of(int usual)
{
    const char *given = getenv("TEST_RUNS"); // NOLINT(concurrency-mt-unsafe)
    return given == NULL ? (int)tap_share((unsigned)usual) : (int)strtol(given, NULL, 10);
}

static void test_whole(const char *from, const char *folder)
{
    const char *wrong = NULL;
    struct tally tally;
    int deaths = 0;
    size_t twice = 0;
    int runs = runs_of(RUNS);
    for (int k = 0; k < runs && wrong == NULL; k++) {
        wrong = run_once(from, folder, (uint32_t)k + 1, &tally);
        deaths += tally.deaths;
        twice += tally.twice;
        if (wrong != NULL)
            note("run %d", k);
    }
    ok(wrong == NULL, "%d runs with %d deaths, %zu letters twice: %s", runs, deaths, twice,
       wrong == NULL ? "nothing lost, each reminded once" : wrong);
    ok(deaths > runs && twice > 0, "they died often, and at the bad moments too");
}

static void test_plant(const char *from, const char *folder, enum plant which, const char *finds)
{
    const char *wrong = NULL;
    struct tally tally;
    plant = which;
    for (int k = 0; k < PLANT_RUNS && (wrong == NULL || strcmp(wrong, finds) != 0); k++)
        wrong = run_once(from, folder, (uint32_t)k + 1, &tally);
    plant = PLANT_NONE;
    is_str(wrong, finds, "a planted fault is found: %s", finds);
}

// In a process of its own, as each life: this one draws no number, so that each of those begins at
// another (db_new_id).
static bool is_filled(const char *folder)
{
    static struct house house;
    int status = 0;
    (void)fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        bool done =
            open_house(&house, folder) && db_write(house.installation.db, fill, &house) == RC_OK;
        house_close(&house);
        _exit(done ? 0 : 1);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

int main(void)
{
    char from[] = "/dev/shm/trellis-once-XXXXXX"; // thousands of small transactions
    char folder[80];
    char command[200];
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (!ok(shared != MAP_FAILED && mkdtemp(from) != NULL, "a place in memory"))
        return tap_done();
    snprintf(folder, sizeof folder, "%s-run", from);
    ok(is_filled(from), "three pairs that will meet twice");
    test_whole(from, folder);
    test_plant(from, folder, PLANT_ENDS_BEFORE_IT_SENDS, "a letter is lost");
    test_plant(from, folder, PLANT_FORGETS, "somebody was reminded twice");
    test_plant(from, folder, PLANT_NEW_NUMBER, "a letter has two numbers");
    snprintf(command, sizeof command, "rm -rf '%s' '%s'", from, folder);
    test_shell(command);
    return tap_done();
}
