// SPDX-License-Identifier: Apache-2.0
//
// The slices of this program, in the order in which they may use one another; see install.h.
#define _POSIX_C_SOURCE 200809L // clock_gettime

#include "install.h"

#include <stdio.h>
#include <time.h>

#include "app/account/account.h"
#include "app/audit/audit.h"
#include "app/cohort/cohort.h"
#include "app/enrolment/enrolment.h"
#include "app/import/import.h"
#include "app/match/match.h"
#include "app/pair/pair.h"
#include "auth/token.h"
#include "jobs/jobs.h"

enum { ARENA_LIMIT_BYTES = 64 << 20 };

int64_t installation_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

const struct route *const *installation_tables(size_t *ret_count)
{
    static const struct route *const tables[] = {
        app_routes,
        audit_routes,
        account_routes,
        account_self_routes,
        cohort_routes,
        cohort_setup_routes,
        enrolment_routes,
        enrolment_join_routes,
        enrolment_review_routes,
        enrolment_pool_routes,
        enrolment_question_routes,
        import_routes,
        match_routes,
        match_pair_routes,
        match_offer_routes,
        match_choice_routes,
        match_committee_routes,
        pair_routes,
        pair_goal_routes,
        pair_meet_routes,
        pair_talk_routes,
        pair_feel_routes,
        pair_end_routes,
        pair_case_routes,
        pair_staff_routes,
    };
    *ret_count = sizeof tables / sizeof tables[0];
    return tables;
}

const struct app_personal *const *installation_personal(void)
{
    static const struct app_personal *const personal[] = {
        account_personal, audit_personal, enrolment_personal, match_personal, pair_personal, NULL};
    return personal;
}

size_t installation_kinds(const struct app *app, const struct mail_settings *mail,
                          struct job_kind kinds[INSTALLATION_KINDS])
{
    size_t count = 0;
    kinds[count++] = mail_kind(mail);
    kinds[count++] = enrolment_letter_kind(app);
    kinds[count++] = match_run_kind(app);
    kinds[count++] = match_offer_kind(app);
    kinds[count++] = match_left_kind(app);
    kinds[count++] = match_closed_kind(app);
    kinds[count++] = pair_message_kind(app);
    kinds[count++] = pair_clock_kind(app);
    kinds[count++] = pair_left_kind(app);
    return count;
}

struct web_hooks installation_hooks(void)
{
    return (struct web_hooks){.identify = account_identify,
                              .by_link = app_by_link,
                              .may = app_may,
                              .csrf = app_csrf,
                              .new_secret = token_new,
                              .done = audit_done,
                              .begin = app_begin,
                              .end = app_end};
}

static const struct db_migration steps[] = {
    {1,  "account",   account_schema_1  },
    {2,  "cohort",    cohort_schema_1   },
    {3,  "enrolment", enrolment_schema_1},
    {4,  "match",     match_schema_1    },
    {5,  "jobs",      jobs_schema_1     },
    {6,  "account",   account_schema_2  },
    {7,  "enrolment", enrolment_schema_2},
    {8,  "match",     match_schema_2    },
    {9,  "import",    import_schema_1   },
    {10, "cohort",    cohort_schema_2   },
    {11, "enrolment", enrolment_schema_3},
    {12, "match",     match_schema_3    },
    {13, "audit",     audit_schema_1    },
    {14, "pair",      pair_schema_1     },
    {15, "pair",      pair_schema_2     },
    {16, "pair",      pair_schema_3     },
    {17, "pair",      pair_schema_4     },
    {18, "pair",      pair_schema_5     },
};

unsigned installation_schema(void)
{
    return steps[sizeof steps / sizeof steps[0] - 1].number;
}

static void tell(const char *sentence)
{
    fprintf(stderr, "trellis: %s\n", sentence);
}

const struct installation_table installation_data[] = {
    {"person",          "id"                          },
    {"session",         "hash"                        },
    {"role",            "person, cohort, role"        },
    {"sign_in_failure", "id"                          },
    {"first_token",     "hash"                        },
    {"account_link",    "hash"                        },
    {"job",             "id"                          },
    {"audit",           "id"                          },
    {"cohort",          "id"                          },
    {"objective",       "id"                          },
    {"question",        "id"                          },
    {"enrolment",       "id"                          },
    {"answer",          "enrolment, question"         },
    {"enrolment_move",  "id"                          },
    {"enrolment_note",  "id"                          },
    {"avoid",           "id"                          },
    {"import",          "id"                          },
    {"import_row",      "import, enrolment"           },
    {"match_rules",     "id"                          },
    {"match_run",       "id"                          },
    {"match_pair",      "run, mentee, mentor"         },
    {"match_lonely",    "run, mentee"                 },
    {"match_link",      "cohort, mentee, mentor"      },
    {"match",           "id"                          },
    {"choice",          "mentee, mentor"              },
    {"veto",            "mentor, mentee"              },
    {"vote",            "run, mentee, mentor, person" },
    {"agreement",       "id"                          },
    {"goal",            "id"                          },
    {"goal_task",       "id"                          },
    {"skill",           "match, person, topic, moment"},
    {"meeting",         "id"                          },
    {"meeting_time",    "meeting, at"                 },
    {"meeting_note",    "id"                          },
    {"meeting_action",  "id"                          },
    {"meeting_link",    "hash"                        },
    {"calendar_feed",   "person"                      },
    {"message",         "id"                          },
    {"message_seen",    "match, person"               },
    {"letter_choice",   "person"                      },
    {"letter_stop",     "hash"                        },
    {"report",          "meeting, person"             },
    {"survey",          "id"                          },
    {"survey_answer",   "survey, question"            },
    {"farewell",        "match, person"               },
    {"concern",         "id"                          },
    {"concern_note",    "id"                          },
    {NULL,              NULL                          },
};

enum rc installation_open(struct installation *installation)
{
    const char *error = "";
    struct db_settings settings = {.folder = installation->folder,
                                   .url = installation->url,
                                   .readers = installation->readers,
                                   .loops = installation->loops,
                                   .tell = tell,
                                   .migrations = steps,
                                   .migration_count = sizeof steps / sizeof steps[0]};
    arena_open(&installation->arena, ARENA_LIMIT_BYTES);
    enum rc rc = auth_start();
    if (rc == RC_OK)
        rc = db_open(&settings, &installation->arena, &installation->db, &error);
    if (rc != RC_OK)
        fprintf(stderr, "trellis: %s.\n", error[0] == '\0' ? rc_text(rc) : error);
    return rc;
}
