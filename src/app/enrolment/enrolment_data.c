// SPDX-License-Identifier: Apache-2.0
//
// What is kept of sign-ups: see app/data.h.
#include "app/data.h"
#include "app/enrolment/enrolment.h"

// clang-format off
const struct app_table enrolment_tables[] = {
    {"question", "id", MSG("Questions of programmes"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort", END_STAYS),
        {"role kind label hint options #required audience #made_at #ended_at #matching #line #version #place #off", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what a programme asks at sign-up")},
    }},
    {"enrolment", "id", MSG("Sign-ups"), KEEP_ACCOUNT, ROWS_STAY, "person = $1", NULL, NULL,
     "programme", "(SELECT name FROM cohort WHERE id = enrolment.cohort)", {
        DATA_KEYS("#id #person #cohort #invite", END_STAYS),
        {"role state", DATA_PROGRAMME, COPY_YES, END_STAYS, MSG("to know who takes part, and to count")},
        {"#level #places #hours #woman #asks #cadence", DATA_PROGRAMME, COPY_YES, END_EMPTY, MSG("to find a match that fits")},
        {"topics top languages formats other place years skills", DATA_PROGRAMME, COPY_YES, END_EMPTY, MSG("to find a match that fits")},
        {"week employer", DATA_PROGRAMME, COPY_YES, END_EMPTY, MSG("to find a match that has time, and is no colleague where that is a rule")},
        {"#full_name checked", DATA_PROGRAMME, COPY_YES, END_EMPTY, MSG("how a mentor is shown to mentees: whether with her last name, and whether anybody has checked her experience")},
        {"goal about", DATA_PROGRAMME, COPY_YES, END_EMPTY, MSG("what she wants and offers, for those who choose and for her match")},
        {"caregiving caregiving_for access access_for", DATA_SELF, COPY_YES, END_EMPTY, MSG("what makes taking part possible for her; seen only by whom she says")},
        {"reason", DATA_SELF, COPY_YES, END_EMPTY, MSG("what was written to her about the decision")},
        {"#priority", DATA_PROGRAMME, COPY_YES, END_STAYS, MSG("who has waited since the last round")},
        {"name_key search", DATA_PROGRAMME, COPY_NO, END_EMPTY, MSG("to find her in a list: her name and words, made easy to compare")},
        {"#created_at #sent_at", DATA_PROGRAMME, COPY_YES, END_STAYS, MSG("when it was")},
    }},
    {"answer", "enrolment, question", MSG("Answers to a programme's questions"), KEEP_ACCOUNT, ROWS_GO, "enrolment IN " DATA_HER_SIGN_UPS, NULL, NULL,
     "asked", "(SELECT label FROM question WHERE id = answer.question)", {
        DATA_KEYS("#enrolment #question", END_ROW),
        {"value", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what the programme asked; seen by whom the question says")},
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"enrolment_move", "id", MSG("Decisions about sign-ups"), KEEP_ACCOUNT, ROWS_STAY, "enrolment IN " DATA_HER_SIGN_UPS, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #enrolment #moved_by #batch", END_STAYS),
        {"from_state to_state", DATA_PROGRAMME, COPY_YES, END_STAYS, MSG("how it went on, to count")},
        {"reason", DATA_SELF, COPY_YES, END_EMPTY, MSG("what was written to her about the decision")},
        {"code note", DATA_PROGRAMME, COPY_YES, END_EMPTY, MSG("why those who decide did so, to be fair to the next")},
        DATA_TIMES("#at", DATA_PROGRAMME, END_STAYS),
        DATA_MARKS("#undone", END_STAYS),
    }},
    {"enrolment_note", "id", MSG("Letters about sign-ups"), KEEP_ACCOUNT, ROWS_GO, "enrolment IN " DATA_HER_SIGN_UPS, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #enrolment #author", END_ROW),
        {"text", DATA_SELF, COPY_YES, END_ROW, MSG("what she and those who decide wrote to each other")},
        DATA_TIMES("#at", DATA_SELF, END_ROW),
    }},
    {"avoid", "id", MSG("Who must not be matched"), KEEP_ACCOUNT, ROWS_GO, "asked_by = $1 AND NOT EXISTS (SELECT 1 FROM avoid_wish x WHERE x.id = avoid.id)", "(a = $1 OR b = $1)", NULL, NULL, NULL, {
        DATA_KEYS("#id #a #b #asked_by", END_ROW),
        {"note", DATA_SAFEGUARDING, COPY_YES, END_ROW, MSG("so that nobody is matched with whom she fears")},
        DATA_TIMES("#at", DATA_SAFEGUARDING, END_ROW),
    }},
    {"avoid_wish", "id", MSG("Whom people asked not to be matched with"), KEEP_ACCOUNT, ROWS_GO, "person = $1", "email = (SELECT email FROM person WHERE id = $1)", NULL, NULL, NULL, {
        DATA_KEYS("#id #person", END_ROW),
        {"email note", DATA_SAFEGUARDING, COPY_YES, END_ROW, MSG("so that nobody is matched with whom she fears")},
        DATA_TIMES("#at", DATA_SAFEGUARDING, END_ROW),
    }},
    {"line_manager", "person", MSG("Line managers"), KEEP_ACCOUNT, ROWS_GO, "person = $1", "email = (SELECT email FROM person WHERE id = $1)", NULL, NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"email", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("so that nobody is matched with whom she works for")},
    }},
    {"away", "id", MSG("Days without time"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #person", END_ROW),
        {"first_day last_day", DATA_PAIR, COPY_YES, END_ROW, MSG("so that no meeting is suggested then")},
    }},
    {"meet_choice", "person", MSG("How people like to meet"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"#notice lengths", DATA_PAIR, COPY_YES, END_ROW, MSG("so that meetings are suggested as she likes them")},
    }},
    {"invite", "id", MSG("Invitations to cohorts"), KEEP_SHORT, ROWS_GO, "email = (SELECT email FROM person WHERE id = $1)", NULL, "ends_at < $1", NULL, NULL, {
        DATA_KEYS("#id #cohort #made_by", END_ROW),
        {"email role #at #ends_at", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("to ask her to join, once")},
        {"code", DATA_SECRET, COPY_NO, END_ROW, MSG("the link that she follows")},
        DATA_MARKS("#most #uses", END_ROW),
    }},
    {"topic", "programme, value", MSG("Topics of programmes"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#programme value", END_STAYS),
        {"label #place #off", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what mentees can wish for, and mentors offer")},
    }},
    {.name = NULL},
};
// clang-format on
