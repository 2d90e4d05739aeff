// SPDX-License-Identifier: Apache-2.0
//
// What becomes of recognition by the clock, on both engines, with a clock that the test turns:
// nominations whose last day is over, whoever was chosen and does not answer, consent that was
// asked and is not given, consent that is two years old, the Contributor badge in doubt, and the
// letters to editors.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"

#include "app/article/article_store.h"
#include "app/match/match.h"
#include "app/recognition/recognition_honour.h"
#include "app/recognition/recognition_photo.h"
#include "app/recognition/recognition_store.h"
#include "auth/sign.h"
#include "auth/token.h"
#include "bench_test.h"

enum { COHORT = 1000, BEA = 1100, MINA, EDITH, JUROR, PEOPLE };

static const int64_t first_us = 1800000000000000; // 2027-01-15
static int64_t now_us;

static int64_t test_now(void)
{
    return now_us;
}

struct bench {
    struct house house;
    struct story story;
    struct honour honour;
    int64_t contributions[BADGE_ARTICLES];
    struct certificate certificate;
    struct certificate old;
};

static struct app_place place_of(struct db_tx *tx, struct bench *bench)
{
    return (struct app_place){tx, &bench->house.arena, &bench->house.app, now_us};
}

static struct req as(struct db_tx *tx, struct bench *bench, int64_t person)
{
    struct req req = {
        .app = &bench->house.app, .arena = &bench->house.arena, .tx = tx, .now_us = now_us};
    req.actor.person = person;
    req.actor.name = "Somebody";
    form_open(&req.form, &bench->house.arena);
    return req;
}

static enum rc add_people(struct db_tx *tx, struct bench *bench)
{
    TRY(house_add_cohort(tx, COHORT, "running"));
    for (int64_t k = BEA; k < PEOPLE; k++) {
        const char *email = arena_printf(&bench->house.arena, "p%d@example.org", (int)(k - BEA));
        const struct enrolment one = {
            .id = 2000 + k, .cohort = COHORT, .role = k == MINA ? "mentor" : "mentee", .level = 1};
        TRY(house_add_person(tx, &bench->house, k, email, &one, now_us));
    }
    TRY(db_do(tx, NULL, "INSERT INTO role(person, cohort, role) VALUES ($1, 0, 'editor')",
              DB_ARGS(DB_INT(EDITH))));
    return RC_OK;
}

// A story of Bea's that tells of Mina, who is in its photo; as if they had been matched.
static enum rc add_story(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    const struct story_said said = {1, 1, 1, 0, 1, -1};
    const struct picture picture = {text_of("a photo"), 100, 100};
    const struct story_photo photo = {.text = "Two people", .me = true, .other = true};
    struct req req = as(tx, bench, BEA);
    bench->story = (struct story){.title = "How it began", .text = "We met.", .role = ""};
    TRY(story_put(&req, &bench->story));
    TRY(db_do(tx, NULL, "UPDATE story SET other = $2 WHERE id = $1",
              DB_ARGS(DB_INT(bench->story.id), DB_INT(MINA))));
    TRY(story_photo_put(&req, &bench->story, &photo, &picture));
    TRY(story_say(&at, bench->story.id, BEA, story_items, &said, locale_find("en")));
    bench->story.state = "draft";
    return story_move(&at, &bench->story, "submitted", "", BEA);
}

static enum rc agree_story(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    const struct story_said said = {1, -1, 1, 0, 1, -1};
    bench->story.state = "submitted";
    TRY(story_move(&at, &bench->story, "approved", "", EDITH));
    TRY(story_say(&at, bench->story.id, MINA, story_other_items, &said, locale_find("en")));
    return story_settle(&at, bench->story.id);
}

static enum rc add_honour(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    struct req req = as(tx, bench, BEA);
    bench->honour = (struct honour){
        .cohort = COHORT, .title = "Quiet help", .about = "For help.", .closes = "2027-01-20"};
    TRY(honour_add(&req, &bench->honour));
    bench->honour.state = HONOUR_OPEN;
    TRY(honour_nominate(&req, &bench->honour, MINA, "She listens."));
    return honour_juror_add(&req, &bench->honour, "p3@example.org");
}

static enum rc choose_mina(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    struct req req = as(tx, bench, BEA);
    return honour_ask(&req, &bench->honour, MINA, "");
}

// Three articles, each with an approved contribution of Bea's.
static enum rc add_articles(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    for (size_t k = 0; k < BADGE_ARTICLES; k++) {
        struct article article = {.title = "Title",
                                  .domain = k == 0 ? "data" : "career",
                                  .intro = "",
                                  .language = "en",
                                  .state = "published"};
        TRY(article_add(tx, &article, EDITH, now_us));
        struct article_section section = {.article = article.id, .title = "Else", .body = ""};
        TRY(section_add(tx, &bench->house.arena, &section, now_us));
        struct contribution one = {.section = section.id,
                                   .article = article.id,
                                   .person = BEA,
                                   .kind = "story",
                                   .body = "Words",
                                   .byline = "name",
                                   .pseudonym = "",
                                   .role = "mentee",
                                   .state = "draft",
                                   .note = ""};
        TRY(contribution_add(tx, &one, now_us));
        TRY(contribution_move(tx, &one, "submitted", "", 0, now_us));
        one.state = "submitted";
        TRY(contribution_move(tx, &one, "approved", "", EDITH, now_us));
        bench->contributions[k] = one.id;
    }
    return RC_OK;
}

// A pair that came to its end, with an hour and a half that were confirmed.
static enum rc add_certificate(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    TRY(db_do(tx, NULL,
              "INSERT INTO match_run(id, cohort, state, made_at, mentees, mentors, matched, total, "
              "lowest, proved, seed) VALUES (1, $1, 'published', 1, 1, 1, 1, 1, 1, 1, 1)",
              DB_ARGS(DB_INT(COHORT))));
    TRY(db_do(
        tx, NULL,
        "INSERT INTO match(id, cohort, run, mentee, mentor, state, asked, mentee_yes, "
        "mentor_yes, made_at, ends_at, reminded, began_at, ended_at, reason, words, " MATCH_PEOPLE
        ") VALUES (2, $1, 1, $2, $3, 'completed', '', 1, 1, 1, 0, 0, 1, $4, '', '', " MATCH_PEOPLE_OF(
            "$2", "$3") ")",
        DB_ARGS(DB_INT(COHORT), DB_INT(2000 + BEA), DB_INT(2000 + MINA), DB_INT(now_us))));
    for (int64_t k = 0; k < 2; k++)
        TRY(db_do(tx, NULL,
                  "INSERT INTO meeting(id, match, state, by_person, at, minutes, format, place, "
                  "agenda, sequence, reason, excused, held_minutes, topics, made_at, changed_at, "
                  "reminded) VALUES ($1, 2, 'held', $2, 1, 45, 'video', '', '', 0, '', 0, 45, '', "
                  "1, 1, 0)",
                  DB_ARGS(DB_INT(k + 1), DB_INT(BEA))));
    return certificate_issue(&at, BEA, 2, "Bea <B>", &bench->certificate);
}

static enum rc fill(struct db_tx *tx, void *data)
{
    TRY(add_people(tx, data));
    TRY(add_story(tx, data));
    TRY(add_honour(tx, data));
    return add_articles(tx, data);
}

static enum rc drop_letters(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "DELETE FROM job WHERE kind = 'mail'", DB_NO_ARGS);
}

static bool tell(struct bench *bench, db_work *work)
{
    return db_write(bench->house.installation.db, work, bench) == RC_OK;
}

// The night, some days later.
static void sleep_days(struct bench *bench, int64_t days)
{
    now_us += days * DAY_US;
    house_run_jobs(&bench->house);
}

#define COUNT(sql) house_count(&bench->house, "SELECT count(*) FROM " sql)

static bool holds(const char *path, const char *words)
{
    static char text[1 << 16];
    FILE *file = fopen(path, "r");
    size_t length = file == NULL ? 0 : fread(text, 1, sizeof text - 1, file);
    text[length] = '\0';
    if (file != NULL)
        (void)fclose(file);
    return strstr(text, words) != NULL;
}

// Letters are files at once: those with a subject that begins so.
static int64_t letters(struct bench *bench, const char *words)
{
    int64_t count = 0;
    DIR *folder = opendir(bench->house.folder);
    const char *subject = arena_printf(&bench->house.arena, "\nSubject: %s", words);
    for (struct dirent *one = NULL; folder != NULL && (one = readdir(folder)) != NULL;) {
        const char *path =
            arena_printf(&bench->house.arena, "%s/%s", bench->house.folder, one->d_name);
        count += holds(path, subject);
    }
    if (folder != NULL)
        (void)closedir(folder);
    return count;
}

static void test_consent(struct bench *bench, const char *engine)
{
    is_int(letters(bench, "Stories wait"), 1, "%s: an editor is told of a new story", engine);
    sleep_days(bench, 3);
    is_int(letters(bench, "Stories wait"), 1, "%s: and not every night", engine);
    sleep_days(bench, 4);
    is_int(letters(bench, "Stories wait"), 2, "%s: but once a week while it waits", engine);
    is_int(letters(bench, "A story that tells of you waits"), 0, "%s: Mina may take her time",
           engine);
    sleep_days(bench, STORY_ASK_AGAIN_DAYS - 6);
    is_int(letters(bench, "A story that tells of you waits"), 1,
           "%s: after two weeks she is asked once more", engine);
    sleep_days(bench, 60);
    is_int(letters(bench, "A story that tells of you waits"), 1, "%s: and then never again",
           engine);
    is_int(COUNT("story WHERE state = 'published'"), 0, "%s: nothing is shown without her yes",
           engine);
    ok(tell(bench, agree_story), "%s: she agrees", engine);
    is_int(COUNT("story WHERE state = 'published'"), 1, "%s: it is shown", engine);
    // The writer's yes is 76 days older than Mina's, and is the one that counts.
    sleep_days(bench, STORY_CONSENT_DAYS - STORY_REMIND_DAYS - 77);
    is_int(letters(bench, "Is a story still right"), 0, "%s: for two years", engine);
    sleep_days(bench, 2);
    is_int(letters(bench, "Is a story still right"), 2, "%s: before they are over both are asked",
           engine);
    is_int(COUNT("story_photo"), 1, "%s: its photo is there", engine);
    sleep_days(bench, STORY_REMIND_DAYS);
    is_int(COUNT("story WHERE state = 'published'"), 0, "%s: without an answer it goes", engine);
    is_int(COUNT("story_photo"), 0, "%s: and its photo is erased", engine);
    is_int(COUNT("index_entry WHERE kind = 'story'"), 0, "%s: nobody finds it", engine);
}

static void test_honour(struct bench *bench, const char *engine)
{
    sleep_days(bench, 5);
    is_int(COUNT("honour WHERE state = 'open'"), 1, "%s: on the last day people still nominate",
           engine);
    sleep_days(bench, 1);
    is_int(COUNT("honour WHERE state = 'judging'"), 1, "%s: then the jury begins", engine);
    is_int(letters(bench, "The jury can begin"), 1, "%s: and is told", engine);
    ok(tell(bench, choose_mina), "%s: Mina is chosen", engine);
    sleep_days(bench, HONOUR_REMIND_DAYS + 1);
    is_int(letters(bench, "An award waits"), 1, "%s: she is asked again after a week", engine);
    sleep_days(bench, HONOUR_LAPSES_DAYS - HONOUR_REMIND_DAYS - 2);
    is_int(letters(bench, "An award waits"), 1, "%s: once", engine);
    is_int(COUNT("honour WHERE state = 'asked'"), 1, "%s: for a month she may answer", engine);
    sleep_days(bench, 2);
    is_int(COUNT("honour WHERE state = 'judging' AND winner = 0"), 1,
           "%s: then somebody else is chosen", engine);
    is_int(COUNT("honour_nomination WHERE declined = 1"), 1, "%s: not she", engine);
}

static void test_badge(struct bench *bench, const char *engine)
{
    is_int(COUNT("contributor WHERE badge_at > 0 AND lapsed_at = 0"), 1,
           "%s: three articles of two domains earn the badge", engine);
    is_int(COUNT("article_leader WHERE place = 1"), BADGE_ARTICLES,
           "%s: and the night names who leads each article", engine);
    house_tell(&bench->house, "UPDATE contributor SET opted_out = 1");
    sleep_days(bench, 1);
    is_int(COUNT("article_leader"), 0, "%s: but not who would rather not be named", engine);
    house_tell(&bench->house, "UPDATE contributor SET opted_out = 0");
    house_tell(&bench->house,
               "UPDATE contribution SET state = 'removed' WHERE id = (SELECT min(id) FROM "
               "contribution)");
    sleep_days(bench, 1);
    is_int(COUNT("contributor WHERE grace_until > 0 AND lapsed_at = 0"), 1,
           "%s: with two it is in doubt", engine);
    is_int(letters(bench, "Your Contributor badge needs"), 1, "%s: she is told", engine);
    sleep_days(bench, BADGE_GRACE_DAYS - 1);
    is_int(COUNT("contributor WHERE lapsed_at = 0"), 1, "%s: for thirty days she keeps it", engine);
    sleep_days(bench, 2);
    is_int(COUNT("contributor WHERE lapsed_at > 0"), 1, "%s: then it lapses", engine);
    house_tell(&bench->house, "UPDATE contribution SET state = 'approved' WHERE state = 'removed'");
    sleep_days(bench, 1);
    is_int(COUNT("contributor WHERE lapsed_at = 0 AND badge_at > 0"), 1,
           "%s: with three it is hers again", engine);
}

static enum rc find_certificates(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    TRY(certificate_find(tx, &bench->house.arena, bench->certificate.code, &bench->old));
    return certificate_find(tx, &bench->house.arena, bench->old.replaced_by, &bench->certificate);
}

// An hour is disputed after all: the certificate that holds tells hours that are true.
static void test_certificate(struct bench *bench, const char *engine)
{
    ok(tell(bench, add_certificate), "%s: a certificate is given", engine);
    sleep_days(bench, 1);
    is_int(COUNT("certificate WHERE state = 'valid' AND minutes = 90"), 1,
           "%s: it stays while its hours do", engine);
    house_tell(&bench->house, "UPDATE meeting SET state = 'disputed' WHERE id = 1");
    sleep_days(bench, 1);
    is_int(COUNT("certificate WHERE state = 'replaced'"), 1, "%s: then it is replaced", engine);
    is_int(COUNT("certificate WHERE state = 'valid' AND minutes = 45"), 1,
           "%s: by one with the hours that are left", engine);
    ok(tell(bench, find_certificates) && strcmp(bench->old.code, bench->certificate.code) != 0,
       "%s: with a code of its own, to which the old one leads", engine);
    ok(sign_fits(bench->certificate.public, bench->certificate.text, bench->certificate.sign),
       "%s: the new one is signed", engine);
    ok(strcmp(bench->certificate.name, "Bea <B>") == 0 &&
           !sign_fits(bench->old.public, bench->certificate.text, bench->old.sign),
       "%s: by the same name, and not by the old signature", engine);
    sleep_days(bench, 1);
    is_int(COUNT("certificate"), 2, "%s: once", engine);
}

int main(void)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    struct test_place place;
    test_place_open(&place);
    if (!ok(auth_start() == RC_OK, "libsodium starts"))
        return tap_done();
    for (int engine = 0; engine < 2; engine++) {
        struct bench bench = {0};
        now_us = first_us;
        if (ok(house_open(&bench.house, &place, engine, test_now) && tell(&bench, fill) &&
                   tell(&bench, drop_letters),
               "%s opens", engines[engine])) {
            house_run_jobs(&bench.house); // the clocks begin to count
            test_honour(&bench, engines[engine]);
            test_badge(&bench, engines[engine]);
            test_certificate(&bench, engines[engine]);
        }
        house_close(&bench.house);
    }
    for (int engine = 0; engine < 2; engine++) {
        struct bench bench = {0};
        now_us = first_us;
        if (ok(house_open(&bench.house, &place, engine, test_now) && tell(&bench, fill) &&
                   tell(&bench, drop_letters),
               "%s opens again", engines[engine])) {
            size_t length = strlen(bench.house.folder); // its own letters
            snprintf(bench.house.folder + length, sizeof bench.house.folder - length, "-again");
            sleep_days(&bench, 0);
            now_us += HOUR_US;
            sleep_days(&bench, 0);
            test_consent(&bench, engines[engine]);
        }
        house_close(&bench.house);
    }
    test_place_close(&place);
    return tap_done();
}
