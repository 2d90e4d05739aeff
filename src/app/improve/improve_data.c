// SPDX-License-Identifier: Apache-2.0
//
// What is kept of measures, improvements and reviews: see app/data.h. Snapshots tell of nobody:
// what is of fewer than five people is not in them.
#include "app/data.h"
#include "app/improve/improve.h"

// clang-format off
const struct app_table improve_tables[] = {
    {"metric_snapshot", "id", MSG("Measures as they were on a day"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort #by_person", END_STAYS),
        {"#at cause", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("when it was kept, and why")},
    }},
    {"metric_value", "snapshot, name", MSG("Values of measures on a day"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#snapshot", END_STAYS),
        {"name #value #part #n #people #shown", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("numbers of five people or more")},
    }},
    {"improvement", "id", MSG("What could be better, and what was done"), KEEP_PROGRAMME, ROWS_STAY, "proposed_by = $1 AND state IN ('proposed', 'rejected')", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #programme #cohort #owner #applied #before_snapshot #after_snapshot #review #proposed_by", END_STAYS),
        {"finding idea", DATA_PROGRAMME, COPY_YES, END_EMPTY, MSG("what she finds, and proposes; once it is taken up it is the programme's")},
        {"state source due why expected measure effect", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("what was decided, why, and what came of it")},
        {"#is_public said did", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what everybody in the programme is told about it")},
        DATA_MARKS("#made_at #changed_at", END_STAYS),
    }},
    {"improvement_tag", "improvement, tag", MSG("Tags of improvements"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#improvement", END_STAYS),
        {"tag", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("words under which it is found again")},
    }},
    {"improvement_move", "id", MSG("Steps of improvements"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #improvement #by_person", END_STAYS),
        {"from_state to_state reason #at", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("who decided what, and why")},
    }},
    {"review_meeting", "id", MSG("Review meetings"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort #snapshot #made_by", END_STAYS),
        {"moment day #day_at who agenda state #held_at decisions #made_at #version", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("who looked back when, and what was decided")},
    }},
    {"review_point", "review, area", MSG("What was said at review meetings"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#review", END_STAYS),
        {"area notes", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("what was said about each part of the programme")},
    }},
    {"review_subject", "review, name", MSG("What is looked at in review meetings"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#review", END_STAYS),
        {"name #at", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("measures and findings on the table")},
    }},
    {"review_action", "id", MSG("Actions of review meetings"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #review #owner #improvement #made_by", END_STAYS),
        {"text due #due_at #done_at #made_at", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("what somebody who runs the programme does, by when")},
    }},
    {"later", "id", MSG("Whom we asked how she is after the end"), KEEP_RECORD, ROWS_GO, "person = $1", NULL, "asked_at < $1", NULL, NULL, {
        DATA_KEYS("#id #enrolment #person hash", END_ROW),
        {"#months #asked_at #answered_at", DATA_SELF, COPY_YES, END_ROW, MSG("when she was asked, and whether she answered")},
    }},
    {"later_answer", "later, question", MSG("What people answer after the end"), KEEP_RECORD, ROWS_GO, "later IN (SELECT id FROM later WHERE person = $1)", NULL, "later IN (SELECT id FROM later WHERE asked_at < $1)", NULL, NULL, {
        DATA_KEYS("#later", END_ROW),
        {"question #number", DATA_SELF, COPY_YES, END_ROW, MSG("how she is: counted with others', and shown to nobody alone")},
        {"words", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what she writes, read by those who run the programme without her name")},
    }},
    {"word_tag", "kind, subject, question, tag", MSG("Tags of what people wrote"), KEEP_RECORD, ROWS_GO,
     "(kind = 'survey' AND subject IN (SELECT id FROM survey WHERE person = $1)) OR (kind = 'later' AND subject IN (SELECT id FROM later WHERE person = $1))", NULL,
     "(kind = 'survey' AND subject IN (SELECT id FROM survey WHERE match IN " DATA_OLD_MATCHES ")) OR (kind = 'later' AND subject IN (SELECT id FROM later WHERE asked_at < $1))", NULL, NULL, {
        DATA_KEYS("#subject #cohort #by_person", END_ROW),
        {"kind question tag #at", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("words under which those who run the programme count what people wrote")},
    }},
    {"later_stop", "person", MSG("Who is not asked after the end"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"#at", DATA_SELF, COPY_YES, END_ROW, MSG("since when she does not want to be asked")},
    }},
    {"later_off", "programme, question", MSG("Questions that a programme does not ask"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#programme #by_person", END_STAYS),
        {"question #at", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("what is not asked, and since when")},
    }},
    {.name = NULL},
};
// clang-format on
