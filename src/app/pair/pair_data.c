// SPDX-License-Identifier: Apache-2.0
//
// What is kept of the life of pairs: see app/data.h.
#include "app/data.h"
#include "app/pair/pair.h"

// clang-format off
#define HER_MEETINGS "(SELECT id FROM meeting WHERE match IN " DATA_HER_MATCHES ")"
#define OLD_MEETINGS "(SELECT id FROM meeting WHERE match IN " DATA_OLD_MATCHES ")"
const struct app_table pair_tables[] = {
    {"agreement", "id", MSG("Agreements"), KEEP_RECORD, ROWS_STAY, "match IN " DATA_HER_MATCHES, NULL, "match IN " DATA_OLD_MATCHES, NULL, NULL, {
        DATA_KEYS("#id #match #made_by #staff_by", END_STAYS),
        {"goals channel privacy scheduling otherwise staff_reason", DATA_PAIR, COPY_YES, END_OLD, MSG("what the two have agreed on; it is the other's too")},
        {"#version #cadence #notice ends_on #made_at #mentee_signed #mentor_signed #superseded #staff #staff_at", DATA_PAIR, COPY_YES, END_STAYS, MSG("until when it holds, and that both have signed")},
    }},
    {"goal", "id", MSG("Goals"), KEEP_RECORD, ROWS_STAY, "match IN (SELECT id FROM match WHERE mentee IN " DATA_HER_SIGN_UPS ")", NULL, "match IN " DATA_OLD_MATCHES, NULL, NULL, {
        DATA_KEYS("#id #match", END_STAYS),
        {"title why success evidence reason", DATA_PAIR, COPY_YES, END_EMPTY, MSG("what the mentee wants to reach")},
        {"due state topic #progress #by_steps #shared #made_at", DATA_PAIR, COPY_YES, END_STAYS, MSG("how far it is, and to count")},
        DATA_MARKS("#mentee_yes #mentor_yes #of_signup #changed_at", END_STAYS),
    }},
    {"goal_objective", "goal, objective", MSG("Which objectives goals serve"), KEEP_RECORD, ROWS_STAY,
     "goal IN (SELECT id FROM goal WHERE match IN (SELECT id FROM match WHERE mentee IN " DATA_HER_SIGN_UPS "))", NULL,
     "goal IN (SELECT id FROM goal WHERE match IN " DATA_OLD_MATCHES ")", NULL, NULL, {
        DATA_KEYS("#goal #objective", END_STAYS),
    }},
    {"goal_task", "id", MSG("Steps to goals"), KEEP_RECORD, ROWS_STAY,
     "goal IN (SELECT id FROM goal WHERE match IN (SELECT id FROM match WHERE mentee IN " DATA_HER_SIGN_UPS "))", NULL,
     "goal IN (SELECT id FROM goal WHERE match IN " DATA_OLD_MATCHES ")", NULL, NULL, {
        DATA_KEYS("#id #goal", END_STAYS),
        {"title", DATA_PAIR, COPY_YES, END_EMPTY, MSG("what is to be done for a goal")},
        {"#done_at", DATA_PAIR, COPY_YES, END_STAYS, MSG("how far it is, and to count")},
    }},
    {"skill", "match, person, topic, moment", MSG("How she sees her skills"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#match #person", END_ROW),
        {"topic moment #level", DATA_SELF, COPY_YES, END_ROW, MSG("what has changed, for her; for all together only as a measure of five or more")},
        DATA_TIMES("#at", DATA_SELF, END_ROW),
    }},
    {"meeting", "id", MSG("Meetings"), KEEP_RECORD, ROWS_STAY, "match IN " DATA_HER_MATCHES, NULL, "match IN " DATA_OLD_MATCHES, NULL, NULL, {
        DATA_KEYS("#id #match #by_person", END_STAYS),
        {"place agenda reason topics", DATA_PAIR, COPY_YES, END_OLD, MSG("where they meet and what about; it is the other's too")},
        {"state #at #minutes format #excused #held_minutes", DATA_PAIR, COPY_YES, END_STAYS, MSG("when they meet, and to count")},
        DATA_MARKS("#sequence #made_at #changed_at #reminded", END_STAYS),
    }},
    {"meeting_time", "meeting, at", MSG("Times that were proposed"), KEEP_RECORD, ROWS_GO, "meeting IN " HER_MEETINGS, NULL, "meeting IN " OLD_MEETINGS, NULL, NULL, {
        DATA_KEYS("#meeting", END_ROW),
        DATA_TIMES("#at", DATA_PAIR, END_ROW),
    }},
    {"meeting_note", "id", MSG("Notes on meetings"), KEEP_TALK, ROWS_GO, "person = $1", NULL, "meeting IN " OLD_MEETINGS, NULL, NULL, {
        DATA_KEYS("#id #meeting #person", END_ROW),
        {"#shared text", DATA_SELF, COPY_YES, END_ROW, MSG("what she wants to remember; the other sees it only where she says so")},
        DATA_TIMES("#at", DATA_SELF, END_ROW),
    }},
    {"meeting_action", "id", MSG("What is to be done after meetings"), KEEP_TALK, ROWS_GO, "owner = $1", NULL, "meeting IN " OLD_MEETINGS, NULL, NULL, {
        DATA_KEYS("#id #meeting #owner", END_ROW),
        {"title #done_at", DATA_PAIR, COPY_YES, END_ROW, MSG("who does what until the next meeting")},
    }},
    {"meeting_word", "meeting, person", MSG("What the other says of meetings"), KEEP_TALK, ROWS_STAY, "person = $1", NULL, "meeting IN " OLD_MEETINGS, NULL, NULL, {
        DATA_KEYS("#meeting #person", END_STAYS),
        {"#minutes #disputed", DATA_PAIR, COPY_YES, END_STAYS, MSG("whether a meeting took place, and to count")},
        {"words", DATA_SELF, COPY_YES, END_EMPTY, MSG("what happened, for those who run the programme")},
        DATA_TIMES("#at", DATA_PAIR, END_STAYS),
    }},
    {"pair_rules", "cohort", MSG("What pairs do first"), KEEP_RECORD, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#cohort", END_STAYS),
        {"#goals_first #pause_weeks channel privacy scheduling #notice #late_hours #asks_staff otherwise", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what a programme asks of its pairs")},
    }},
    {"bring_wish", "match, kind, item", MSG("What she wants to take to another mentor"), KEEP_TALK, ROWS_GO,
     "match IN (SELECT id FROM match WHERE mentee IN " DATA_HER_SIGN_UPS ")", NULL, "match IN " DATA_OLD_MATCHES, NULL, NULL, {
        DATA_KEYS("#match #item", END_ROW),
        {"kind", DATA_PAIR, COPY_YES, END_ROW, MSG("to have it ready when she has another mentor")},
    }},
    {"brought", "id", MSG("What she took along from an earlier match"), KEEP_TALK, ROWS_GO, "person = $1", NULL, "match IN " DATA_OLD_MATCHES, NULL, NULL, {
        DATA_KEYS("#id #match #person #item", END_ROW),
        {"kind text", DATA_PAIR, COPY_YES, END_ROW, MSG("what she had to do, and her notes, for her and her new mentor")},
        DATA_TIMES("#at", DATA_PAIR, END_ROW),
    }},
    {"meeting_link", "hash", MSG("Links that confirm meetings"), KEEP_SHORT, ROWS_GO, "person = $1", NULL,
     "made_at < $1 AND EXISTS (SELECT 1 FROM meeting t WHERE t.id = meeting_link.meeting AND t.at < $1)", NULL, NULL, {
        {"hash", DATA_SECRET, COPY_NO, END_ROW, MSG("to know the link again; it is not kept itself")},
        DATA_KEYS("#meeting #person", END_ROW),
        DATA_TIMES("#made_at", DATA_SELF, END_ROW),
    }},
    {"calendar_feed", "person", MSG("The address of one's own calendar"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"hash", DATA_SECRET, COPY_NO, END_ROW, MSG("to know the address again; it is not kept itself")},
        DATA_TIMES("#made_at", DATA_SELF, END_ROW),
    }},
    {"message", "id", MSG("Messages"), KEEP_TALK, ROWS_GO, "person = $1", NULL, "match IN " DATA_OLD_MATCHES, NULL, NULL, {
        DATA_KEYS("#id #match #person", END_ROW),
        {"text", DATA_PAIR, COPY_YES, END_ROW, MSG("what the two write to each other")},
        DATA_TIMES("#at", DATA_PAIR, END_ROW),
        DATA_MARKS("#mailed", END_ROW),
    }},
    {"message_seen", "match, person", MSG("What was read"), KEEP_TALK, ROWS_GO, "person = $1", NULL, "match IN " DATA_OLD_MATCHES, NULL, NULL, {
        DATA_KEYS("#match #person", END_ROW),
        {"#upto", DATA_SELF, COPY_YES, END_ROW, MSG("to show which messages are new")},
    }},
    {"letter_choice", "person", MSG("Which letters one gets"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"message #reminder #question #nudge #notice #quiet_from #quiet_to", DATA_SELF, COPY_YES, END_ROW, MSG("to send no letter that she does not want")},
    }},
    {"letter_stop", "hash", MSG("Links that end letters"), KEEP_RECORD, ROWS_GO, "person = $1", NULL, "made_at < $1", NULL, NULL, {
        {"hash", DATA_SECRET, COPY_NO, END_ROW, MSG("to know the link again; it is not kept itself")},
        DATA_KEYS("#person", END_ROW),
        {"kind #made_at", DATA_SELF, COPY_YES, END_ROW, MSG("which letters the link ends")},
    }},
    {"reply_address", "hash", MSG("Addresses that answers by mail go to"), KEEP_RECORD, ROWS_GO, "person = $1", NULL, "made_at < $1", NULL, NULL, {
        {"hash", DATA_SECRET, COPY_NO, END_ROW, MSG("to know the address again; it is not kept itself")},
        DATA_KEYS("#match #person", END_ROW),
        DATA_TIMES("#made_at", DATA_SELF, END_ROW),
    }},
    {"reply_seen", "hash", MSG("Letters that were taken as messages"), KEEP_RECORD, ROWS_GO, "person = $1", NULL, "at < $1", NULL, NULL, {
        {"hash", DATA_SECRET, COPY_NO, END_ROW, MSG("to take the same letter once")},
        DATA_KEYS("#person", END_ROW),
        DATA_TIMES("#at", DATA_SELF, END_ROW),
    }},
    {"report", "meeting, person", MSG("How meetings went"), KEEP_TALK, ROWS_STAY, "person = $1", NULL, "meeting IN " OLD_MEETINGS, NULL, NULL, {
        DATA_KEYS("#meeting #person", END_STAYS),
        {"#useful", DATA_SELF, COPY_YES, END_STAYS, MSG("to see whether meetings help; counted for all together")},
        {"#shared line", DATA_SELF, COPY_YES, END_EMPTY, MSG("a word about the meeting; the other sees it only where she says so")},
        {"private", DATA_SELF, COPY_YES, END_EMPTY, MSG("what she tells only those who run the programme")},
        DATA_TIMES("#at", DATA_SELF, END_STAYS),
    }},
    {"survey", "id", MSG("Questions that were asked"), KEEP_RECORD, ROWS_STAY, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #match #person", END_STAYS),
        {"kind #number #asked_at #answered_at #closed_at", DATA_SELF, COPY_YES, END_STAYS, MSG("to know how many answer")},
        DATA_MARKS("#reminded", END_STAYS),
    }},
    {"survey_link", "hash", MSG("Links that answer questions"), KEEP_SHORT, ROWS_GO, "person = $1", NULL,
     "made_at < $1 AND EXISTS (SELECT 1 FROM survey s WHERE s.id = survey_link.survey AND (s.answered_at > 0 OR s.closed_at > 0 OR s.asked_at < $1 - 5184000000000))", NULL, NULL, {
        {"hash", DATA_SECRET, COPY_NO, END_ROW, MSG("to know the link again; it is not kept itself")},
        DATA_KEYS("#survey #person", END_ROW),
        DATA_TIMES("#made_at", DATA_SELF, END_ROW),
    }},
    {"survey_answer", "survey, question", MSG("Answers about how it goes"), KEEP_RECORD, ROWS_STAY, "survey IN (SELECT id FROM survey WHERE person = $1)", NULL,
     "survey IN (SELECT id FROM survey WHERE match IN " DATA_OLD_MATCHES ")", NULL, NULL, {
        DATA_KEYS("#survey", END_STAYS),
        {"question #number", DATA_SELF, COPY_YES, END_STAYS, MSG("to see whether it helps; counted for all together")},
        {"words", DATA_SELF, COPY_YES, END_EMPTY, MSG("what she says in words to those who run the programme")},
    }},
    {"farewell", "match, person", MSG("Farewells"), KEEP_RECORD, ROWS_STAY, "person = $1", NULL, "match IN " DATA_OLD_MATCHES, NULL, NULL, {
        DATA_KEYS("#match #person", END_STAYS),
        {"#stay thanks", DATA_PAIR, COPY_YES, END_EMPTY, MSG("her thanks, and whether the two stay in touch")},
        DATA_TIMES("#at", DATA_PAIR, END_STAYS),
    }},
    {.name = NULL},
};
// clang-format on
