// SPDX-License-Identifier: Apache-2.0
//
// What is kept of articles and contributions: see app/data.h.
#include "app/article/article.h"
#include "app/data.h"

// clang-format off
#define HERS "contribution IN (SELECT id FROM contribution WHERE person = $1)"
const struct app_table article_tables[] = {
    {"article", "id", MSG("Articles"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #made_by", END_STAYS),
        {"title domain intro state language #contributions", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what is to be read")},
        DATA_MARKS("#made_at #changed_at", END_STAYS),
    }},
    {"article_section", "id", MSG("Sections of articles"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #article", END_STAYS),
        {"#position title body #is_last #approved", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what is to be read")},
    }},
    {"contribution", "id", MSG("What members add to articles"), KEEP_ACCOUNT, ROWS_STAY, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #section #article #person #decided_by", END_STAYS),
        {"kind body byline pseudonym role", DATA_PUBLIC, COPY_YES, END_EMPTY, MSG("what she tells others, under the name that she chose; before it is approved only she and the editors see it")},
        {"state note", DATA_PROGRAMME, COPY_YES, END_EMPTY, MSG("what an editor decided, and said to her")},
        DATA_TIMES("#sent_at #decided_at #changed_at", DATA_PROGRAMME, END_STAYS),
        {"#votes", DATA_PUBLIC, COPY_YES, END_EMPTY, MSG("how many it has helped")},
    }},
    {"contribution_version", "contribution, number", MSG("Versions that were sent"), KEEP_ACCOUNT, ROWS_GO, HERS, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#contribution #number", END_ROW),
        {"body", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("so that it can be seen what was changed")},
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"contribution_move", "id", MSG("What became of contributions"), KEEP_ACCOUNT, ROWS_GO, HERS, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #contribution #by_person", END_ROW),
        {"from_state to_state note", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what was decided each time, and what an editor said to her")},
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"contribution_mark", "contribution, mark", MSG("Marks by which copies are found"), KEEP_ACCOUNT, ROWS_GO, HERS, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#contribution", END_ROW),
        DATA_MARKS("#mark", END_ROW),
    }},
    {"helpful", "contribution, person", MSG("What has helped whom"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        {"#contribution #person", DATA_SELF, COPY_YES, END_ROW, MSG("that each counts once; others see only how many there are")},
    }},
    {"contribution_report", "id", MSG("What readers find wrong"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #contribution #person #closed_by", END_ROW),
        {"reason", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("so that an editor can look at it; the writer does not see it")},
        DATA_TIMES("#at #closed_at", DATA_PROGRAMME, END_ROW),
    }},
    {"article_leader", "article, place", MSG("Who has added most"), KEEP_SHORT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#article #person", END_ROW),
        {"#place byline pseudonym role #sections #votes", DATA_PUBLIC, COPY_NO, END_ROW, MSG("to thank those who add most; made anew every night")},
    }},
    {"contributor", "person", MSG("Writers and their badge"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"#opted_out #badge_at #grace_until #lapsed_at", DATA_SELF, COPY_YES, END_ROW, MSG("the badge, and whether she wants to be named")},
    }},
    {"article_follow", "article, person", MSG("Articles that somebody follows"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        {"#article #person", DATA_SELF, COPY_YES, END_ROW, MSG("to write to her when a member adds to it")},
        DATA_TIMES("#at #told_at", DATA_SELF, END_ROW),
    }},
    {.name = NULL},
};
// clang-format on
