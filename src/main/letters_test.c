// SPDX-License-Identifier: Apache-2.0
// For tests of mail: letters as they leave. Chains of meetings (settled, moved, called off) in many
// zones around changes of the clock, and every letter, in three languages: those that
// programmes may write anew with their values, and all that stand in the program's text.
//
//   main-letters_test FOLDER COUNT   writes FOLDER/*.eml in their order, and FOLDER/expected: a
//   line for
//                                each letter
//   main-letters_test                a line of TAP, so that it can stand among the tests
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include "base/date.h"
#include "base/file.h"

#include "app/match/match.h"
#include "app/match/match_offer.h"
#include "app/match/match_store.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_store.h"
#include "bench_test.h"

enum { COHORT = 1000, ROUNDS_MAX = 4, CHAINS_A_STEP = 50 };

static const char *const zones[] = {
    "Europe/Madrid",    "Europe/London",     "America/New_York",    "America/Sao_Paulo",
    "Asia/Kolkata",     "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Kathmandu",
    "America/St_Johns", "Pacific/Chatham",   "Africa/Cairo",        "America/Santiago",
    "Europe/Dublin",    "Asia/Tehran",       "Pacific/Apia",        "America/Los_Angeles",
    "Africa/Lagos",     "Asia/Jerusalem",    "Australia/Sydney",    "Antarctica/Troll"};
// Days around changes of a clock, a leap day, and the ends of years.
static const char *const days[] = {"2027-03-28", "2027-10-31", "2028-02-29", "2028-03-12",
                                   "2029-11-04", "2030-04-07", "2031-09-06", "2032-12-31",
                                   "2033-01-01", "2035-10-07", "2036-02-29", "2037-03-29"};

static int64_t now_us = 1803888000000000;
static uint32_t chance = 7;
static FILE *expected;

static int64_t clock_now(void)
{
    return now_us;
}

static uint32_t draw(uint32_t below)
{
    chance = chance * 1664525u + 1013904223u;
    return (chance >> 8) % below;
}

struct work {
    struct house *house;
    int64_t match;
    int chains;
    const char *list; // of letters
};

static enum rc fill(struct db_tx *tx, void *data)
{
    struct work *work = data;
    struct house *house = work->house;
    const struct app_place at = {tx, &house->arena, &house->app, now_us};
    const struct enrolment mentee = {.id = 200, .cohort = COHORT, .role = "mentee", .level = 1};
    const struct enrolment mentor = {.id = 300, .cohort = COHORT, .role = "mentor", .level = 3};
    const struct match_pair pair = {.mentee = 200, .mentor = 300};
    struct match_rules rules;
    struct match_run run = {.id = 9, .cohort = COHORT, .rules = 7};
    TRY(house_add_cohort(tx, COHORT, "running"));
    TRY(db_do(tx, NULL,
              "INSERT INTO match_rules(id, cohort, version, made_at, made_by, overlap, gap, "
              "language, employer, format, lowest, w_topics, w_level, w_time, w_languages, "
              "w_formats, w_choices, best, asks, days, passes_on) VALUES (7, 1000, 1, 0, 0, 60, 0, "
              "1, 1, 1, 0, 10, 3, 4, 1, 1, 3, 'most', 'none', 7, 0)",
              DB_NO_ARGS));
    TRY(rules_find(tx, &house->arena, 7, &rules));
    TRY(run_add(tx, &run, 0, now_us));
    TRY(house_add_person(tx, house, 20, "bea@example.org", &mentee, now_us));
    TRY(house_add_person(tx, house, 30, "mina@example.org", &mentor, now_us));
    TRY(account_set_profile(tx, 20,
                            "B\xc3\xa9"
                            "a, the \"<first>\"; one",
                            "", "Europe/Madrid"));
    return match_offer(&at, &run, &rules, &pair, &work->match);
}

// A local time that there is.
static void choose(struct arena *arena, const char **ret_day, char time[8], const char **ret_zone,
                   int64_t *ret_at)
{
    do {
        *ret_zone = zones[draw(sizeof zones / sizeof zones[0])];
        *ret_day = days[draw(sizeof days / sizeof days[0])];
        snprintf(time, 8, "%02u:%02u", draw(24), 15 * draw(4));
    } while (meeting_instant(arena, *ret_day, time, *ret_zone, ret_at) != RC_OK);
}

// One meeting from its first time to its end; a line for both letters of each step.
static enum rc chain(struct db_tx *tx, struct work *work, struct arena *arena)
{
    struct house *house = work->house;
    const struct app_place at = {tx, arena, &house->app, now_us};
    struct pair pair;
    struct req req = {.app = &house->app, .arena = arena, .tx = tx, .writes = true};
    struct meeting m = {.match = work->match,
                        .format = "video",
                        .place = draw(2) == 0 ? "" : "https://meet.example.org/a;b,c\\d",
                        .agenda = ""};
    unsigned rounds = 1 + draw(ROUNDS_MAX);
    TRY(pair_find(tx, arena, work->match, &pair));
    for (unsigned k = 0; k < rounds; k++) {
        const char *day = "";
        const char *zone = "";
        char time[8];
        int64_t when = 0;
        choose(arena, &day, time, &zone, &when);
        req.now_us = now_us;
        m.by = pair.match.mentee_person;
        m.minutes = 15 * (1 + draw(12));
        TRY(meeting_propose(&req, &m, &when, 1));
        pair.me = pair.match.mentor_person;
        TRY(meeting_accept(&req, &pair, m.id, when));
        TRY(meeting_find(tx, arena, work->match, m.id, &m));
        TRY(meeting_invite(&at, "http://example.org", &pair, &m, "REQUEST"));
        for (int both = 0; both < 2; both++)
            fprintf(expected, "REQUEST %lld@trellis %s %s %s %lld\n", (long long)m.id, day, time,
                    zone, (long long)m.minutes);
        if (k + 1 < rounds || draw(2) == 0)
            continue;
        m.state = "cancelled_in_time";
        m.reason = "";
        TRY(meeting_end(&at, &m, "scheduled"));
        m.sequence++;
        TRY(meeting_invite(&at, "http://example.org", &pair, &m, "CANCEL"));
        for (int both = 0; both < 2; both++)
            fprintf(expected, "CANCEL %lld@trellis %s %s %s %lld\n", (long long)m.id, day, time,
                    zone, (long long)m.minutes);
    }
    return RC_OK;
}

static enum rc chains(struct db_tx *tx, void *data)
{
    struct work *work = data;
    enum rc rc = RC_OK;
    for (int k = 0; rc == RC_OK && k < work->chains; k++) {
        struct arena arena;
        arena_open(&arena, 8 << 20);
        now_us += 1000000;
        rc = chain(tx, work, &arena);
        arena_close(&arena);
    }
    return rc;
}

// A letter with a value for each of its names.
static enum rc send_one(const struct app_place *at, const struct app_letter_name *name,
                        const char *language)
{
    const char *values[10] = {NULL};
    size_t count = 0;
    struct app_more more = {0};
    for (const char *word = name->values; *word != '\0' && count < 10;) {
        size_t length = strcspn(word, " ");
        bool stop = length == 4 && memcmp(word, "stop", 4) == 0;
        bool link = length == 4 && memcmp(word, "link", 4) == 0;
        values[count] = stop   ? "http://example.org/stop/abc"
                        : link ? "http://example.org/a?b=1&c=%20"
                               : "\xc3\x91"
                                 "and\xc3\xba \"<b>\" \xe2\x80\x93 =?x";
        if (stop)
            more.unsubscribe = values[count];
        count++;
        word += length + (word[length] == ' ');
    }
    fprintf(expected, "LETTER %s %s %s\n", name->name, language,
            more.unsubscribe == NULL ? "-" : "stop");
    return app_send_more(at, "bea@example.org", language, name->letter, values, count, &more);
}

static enum rc kinds(struct db_tx *tx, void *data)
{
    static const char *const languages[] = {"en", "es", "ar"};
    struct work *work = data;
    const struct app_slice *const *slices = installation_slices();
    for (size_t s = 0; slices[s] != NULL; s++) {
        const struct app_letter_name *const *lists = slices[s]->letters;
        for (size_t k = 0; lists != NULL && lists[k] != NULL; k++)
            for (const struct app_letter_name *one = lists[k]; one->name != NULL; one++)
                for (size_t l = 0; l < 3; l++) {
                    const struct app_place at = {tx, &work->house->arena, &work->house->app,
                                                 now_us};
                    TRY(send_one(&at, one, languages[l]));
                }
    }
    return RC_OK;
}

// Those that stand in FOLDER/letters (tests/letters_list.py): one a line, divided by tabs.
static enum rc send_line(const struct app_place *at, char *line, const char *language)
{
    static const char value[] = "\xc3\x91"
                                "and\xc3\xba \"<b>\" \xe2\x80\x93 =?x";
    const char *values[10];
    const char *parts[10] = {NULL}; // the name, the subject, the lines
    struct app_letter letter = {.subject = NULL};
    for (size_t k = 0; k < 10; k++)
        values[k] = value;
    for (size_t k = 0; line != NULL && k < 9; k++) {
        char *end = strchr(line, '\t');
        parts[k] = line;
        if (end != NULL)
            *end = '\0';
        line = end == NULL ? NULL : end + 1;
    }
    if (parts[2] == NULL || line != NULL)
        return RC_BAD_INPUT;
    letter.subject = parts[1];
    for (size_t k = 2; parts[k] != NULL; k++)
        letter.lines[k - 2] = parts[k];
    fprintf(expected, "LETTER %s %s -\n", parts[0], language);
    return app_send_from(at, "bea@example.org", language, &letter, values, 10);
}

static enum rc listed(struct db_tx *tx, void *data)
{
    static const char *const languages[] = {"en", "es", "ar"};
    struct work *work = data;
    const struct app_place at = {tx, &work->house->arena, &work->house->app, now_us};
    const char *error = "";
    struct text text;
    enum rc rc = file_read(at.arena, work->list, 1 << 20, &text, &error);
    const char *line = rc == RC_OK ? text.bytes : "";
    while (rc == RC_OK && *line != '\0') {
        size_t length = strcspn(line, "\n");
        for (size_t l = 0; rc == RC_OK && l < 3; l++) {
            char *copy = arena_strndup(at.arena, line, length);
            rc = copy == NULL ? RC_NO_MEMORY : send_line(&at, copy, languages[l]);
        }
        line += length + (line[length] == '\n');
    }
    return rc;
}

static bool write_all(struct house *house, const char *folder, int count)
{
    struct work work = {.house = house};
    struct db *db = house->installation.db;
    char path[300];
    snprintf(path, sizeof path, "%s/expected", folder);
    expected = fopen(path, "w");
    if (expected == NULL || db_write(db, fill, &work) != RC_OK)
        return false;
    house_tell(house, "DELETE FROM job WHERE kind = 'mail'");
    bool well = true;
    for (int left = count; well && left > 0; left -= CHAINS_A_STEP) {
        work.chains = left < CHAINS_A_STEP ? left : CHAINS_A_STEP;
        well = db_write(db, chains, &work) == RC_OK;
    }
    well = well && db_write(db, kinds, &work) == RC_OK;
    snprintf(path, sizeof path, "%s/letters", folder);
    work.list = path;
    well = well && db_write(db, listed, &work) == RC_OK;
    now_us += 60000000;
    for (size_t k = 0; k < house->jobs.kind_count; k++) // letters alone
        if (strcmp(house->kinds[k].name, "mail") == 0) {
            house->jobs.kinds = &house->kinds[k];
            house->jobs.kind_count = 1;
        }
    house_tell(house, "DELETE FROM job WHERE kind <> 'mail'");
    house_run_jobs(house);
    return fclose(expected) == 0 && well;
}

int main(int argc, char **argv)
{
    static struct house house;
    struct test_place place;
    if (argc != 3) {
        ok(sizeof zones / sizeof zones[0] == 20,
           "letters are written when tests/letters_test.sh asks");
        return tap_done();
    }
    test_place_open(&place);
    bool well = house_open(&house, &place, 0, clock_now);
    snprintf(house.folder, sizeof house.folder, "%s", argv[1]);
    ok(well && write_all(&house, argv[1], (int)strtol(argv[2], NULL, 10)), "letters are written");
    house_close(&house);
    test_place_close(&place);
    return tap_done();
}
