// SPDX-License-Identifier: Apache-2.0
//
// What is kept of plans, resources and trainings: see app/data.h.
#include "app/data.h"
#include "app/support/support.h"

// clang-format off
#define TEACHES MSG("what is to be read and done")
const struct app_table support_tables[] = {
    {"resource", "id", MSG("Resources"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #file #made_by #contribution", END_STAYS),
        {"kind title about url text language role stage topics media #minutes licence", DATA_PROGRAMME, COPY_NO, END_STAYS, TEACHES},
        {"captions transcript described tagged plain #accessible", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("so that everyone finds what she can hear, see and follow")},
        {"review_by file_name file_type #file_bytes #ended_at", DATA_PROGRAMME, COPY_NO, END_STAYS, TEACHES},
        DATA_MARKS("#made_at #changed_at search ready", END_STAYS),
    }},
    {"resource_chunk", "file, place", MSG("Files of resources, in pieces"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#file #place", END_STAYS),
        {"@bytes", DATA_PROGRAMME, COPY_NO, END_STAYS, TEACHES},
    }},
    {"resource_mark", "person, resource", MSG("Resources that one has saved"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"#resource #saved_at #done_at", DATA_SELF, COPY_YES, END_ROW, MSG("to find again what helped her")},
    }},
    {"plan", "id", MSG("Plans"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort #made_by", END_STAYS),
        {"role language title #version #draft #ended_at", DATA_PROGRAMME, COPY_NO, END_STAYS, TEACHES},
        DATA_MARKS("#made_at ready", END_STAYS),
    }},
    {"plan_item", "plan, version, item", MSG("Steps of plans"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#plan #version #item #resource", END_STAYS),
        {"#stage kind owner #days unless survey", DATA_PROGRAMME, COPY_NO, END_STAYS, TEACHES},
    }},
    {"plan_words", "plan, version, item, language", MSG("Words of steps, by language"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#plan #version #item", END_STAYS),
        {"language stage title text", DATA_PROGRAMME, COPY_NO, END_STAYS, TEACHES},
    }},
    {"pair_plan", "match, plan", MSG("Plans of pairs"), KEEP_RECORD, ROWS_STAY, "match IN " DATA_HER_MATCHES, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#match #plan", END_STAYS),
        {"#days #fits_in #begun_at #paused_at #done_at", DATA_PAIR, COPY_YES, END_STAYS, MSG("when which step is due")},
    }},
    {"pair_item", "id", MSG("Steps of pairs"), KEEP_RECORD, ROWS_STAY, "match IN " DATA_HER_MATCHES, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #match #plan #version #changed_by", END_STAYS),
        {"#item #due_at state #changed_at", DATA_PAIR, COPY_YES, END_STAYS, MSG("what is done, and what comes next")},
        DATA_MARKS("#told", END_STAYS),
    }},
    {"training", "id", MSG("Trainings"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #made_by", END_STAYS),
        {"role language #minutes #version #draft #redo_from #ended_at", DATA_PROGRAMME, COPY_NO, END_STAYS, TEACHES},
        DATA_MARKS("#made_at ready", END_STAYS),
    }},
    {"training_words", "training, version, language", MSG("Titles of trainings"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#training #version", END_STAYS),
        {"language title about", DATA_PROGRAMME, COPY_NO, END_STAYS, TEACHES},
    }},
    {"training_page", "training, version, page, language", MSG("Pages of trainings"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#training #version #page", END_STAYS),
        {"language #place title text", DATA_PROGRAMME, COPY_NO, END_STAYS, TEACHES},
    }},
    {"training_question", "training, version, question, language", MSG("Questions of trainings"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#training #version #question #page", END_STAYS),
        {"language text", DATA_PROGRAMME, COPY_NO, END_STAYS, TEACHES},
    }},
    {"training_answer", "training, version, question, place, language", MSG("Answers to choose from, in trainings"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#training #version #question #place", END_STAYS),
        {"language text #correct feedback", DATA_PROGRAMME, COPY_NO, END_STAYS, TEACHES},
    }},
    {"training_progress", "training, person, version, page", MSG("Pages of trainings that one has read"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"#training #version #page #at", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("to go on where she stopped; those who run the programme see how many pages, never which answers")},
    }},
    {"training_visit", "training, person, event", MSG("Workshops on trainings that one was at"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"#training #event #version #at", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("so that she only has to answer the questions")},
    }},
    {"completion", "training, person, version", MSG("Trainings that one has completed"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"#training #version #at", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("some programmes ask for it before people are matched or meet")},
    }},
    {"training_rule", "cohort, role", MSG("Which training is asked for"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#cohort #training", END_STAYS),
        {"role moment", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("who has to do it, and when")},
    }},
    {.name = NULL},
};
// clang-format on
