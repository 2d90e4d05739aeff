// SPDX-License-Identifier: Apache-2.0
//
// What is kept of what people do beyond their pair: see app/data.h. What a group wrote for itself
// is kept until the group has ended for long; who was there is kept to count.
#include "app/data.h"
#include "app/network/network.h"

// clang-format off
#define OLD_CIRCLES "(SELECT id FROM circle WHERE ended_at > 0 AND ended_at < $1)"
#define OLD_EVENTS "(SELECT id FROM event WHERE at < $1)"
const struct app_table network_tables[] = {
    {"circle", "id", MSG("Circles"), KEEP_PROGRAMME, ROWS_STAY, "lead = $1 OR colead = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort #lead #colead #merge_into", END_STAYS),
        {"title topic about #capacity joining visibility state reason", DATA_PROGRAMME, COPY_YES, END_STAYS, MSG("what a circle is about, and who may join it")},
        {"#ends_at #made_at #ended_at", DATA_PROGRAMME, COPY_YES, END_STAYS, MSG("when it was")},
        DATA_MARKS("#agreement_asked", END_STAYS),
    }},
    {"circle_member", "circle, person", MSG("Who is in which circle"), KEEP_RECORD, ROWS_GO, "person = $1", NULL, "circle IN " OLD_CIRCLES, NULL, NULL, {
        DATA_KEYS("#circle #person", END_ROW),
        {"state words", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("who is in a circle, and what she told whoever leads it")},
        DATA_MARKS("#turns", END_ROW),
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"circle_agreement", "id", MSG("Agreements of circles"), KEEP_RECORD, ROWS_STAY, "made_by = $1", NULL, "circle IN " OLD_CIRCLES, NULL, NULL, {
        DATA_KEYS("#id #circle #made_by", END_STAYS),
        {"goals channel scheduling privacy otherwise", DATA_PROGRAMME, COPY_YES, END_OLD, MSG("what a circle has agreed on; it is the others' too")},
        {"#version #cadence #notice ends_on #made_at", DATA_PROGRAMME, COPY_YES, END_STAYS, MSG("until when it holds")},
    }},
    {"circle_signature", "agreement, person", MSG("Who has signed the agreement of a circle"), KEEP_RECORD, ROWS_GO, "person = $1", NULL,
     "agreement IN (SELECT id FROM circle_agreement WHERE circle IN " OLD_CIRCLES ")", NULL, NULL, {
        DATA_KEYS("#agreement #person", END_ROW),
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"circle_meeting", "id", MSG("Meetings of circles"), KEEP_RECORD, ROWS_STAY, NULL, NULL, "circle IN " OLD_CIRCLES, NULL, NULL, {
        DATA_KEYS("#id #circle", END_STAYS),
        {"place agenda reason", DATA_PROGRAMME, COPY_NO, END_OLD, MSG("where a circle meets and what about")},
        {"state #at #minutes", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("when it meets, and to count")},
        DATA_MARKS("#sequence #reminded #changed_at", END_STAYS),
    }},
    {"circle_presence", "meeting, person", MSG("Who was at a meeting of a circle"), KEEP_RECORD, ROWS_GO, "person = $1", NULL,
     "meeting IN (SELECT id FROM circle_meeting WHERE circle IN " OLD_CIRCLES ")", NULL, NULL, {
        DATA_KEYS("#meeting #person", END_ROW),
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"circle_step", "id", MSG("Plans of circles"), KEEP_RECORD, ROWS_STAY, "made_by = $1", NULL, "circle IN " OLD_CIRCLES, NULL, NULL, {
        DATA_KEYS("#id #circle #made_by #done_by", END_STAYS),
        {"title text", DATA_PROGRAMME, COPY_YES, END_OLD, MSG("what a circle means to do; it is the others' too")},
        {"day #done_at #made_at", DATA_PROGRAMME, COPY_YES, END_STAYS, MSG("how far it is")},
    }},
    {"circle_goal", "id", MSG("Goals in circles"), KEEP_RECORD, ROWS_GO, "owner = $1", NULL, "circle IN " OLD_CIRCLES, NULL, NULL, {
        DATA_KEYS("#id #circle #owner", END_ROW),
        {"title success due state", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what she wants to reach; her circle sees it")},
        DATA_TIMES("#made_at #changed_at", DATA_PROGRAMME, END_ROW),
    }},
    {"circle_post", "id", MSG("Words on the boards of circles"), KEEP_TALK, ROWS_GO, "person = $1", NULL, "circle IN " OLD_CIRCLES, NULL, NULL, {
        DATA_KEYS("#id #circle #person #removed_by", END_ROW),
        {"text reason", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what the people of a circle write to each other")},
        DATA_TIMES("#at #removed_at", DATA_PROGRAMME, END_ROW),
    }},
    {"event", "id", MSG("Events"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort #made_by #training", END_STAYS),
        {"title kind about #at #minutes zone place #seats #captions #interpreter #step_free access", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("what an event is, and how one gets in")},
        {"link recording #recording_captions state reason #made_at", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("how to take part, and to see it again")},
        DATA_MARKS("#sequence #reminded #changed_at", END_STAYS),
    }},
    {"rsvp", "event, person", MSG("Who comes to which event"), KEEP_RECORD, ROWS_GO, "person = $1", NULL, "event IN " OLD_EVENTS, NULL, NULL, {
        DATA_KEYS("#event #person #came_by", END_ROW),
        {"answer #at #came_at", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("to give places, and to count who was there")},
        DATA_MARKS("#turns", END_ROW),
    }},
    {"event_access", "event, person", MSG("What people need to take part in an event"), KEEP_ACCESS, ROWS_GO, "person = $1", NULL, "event IN " OLD_EVENTS, NULL, NULL, {
        DATA_KEYS("#event #person", END_ROW),
        {"needs #at", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("so that those who run the event can make it possible; nobody else sees it")},
    }},
    {"introduction", "id", MSG("Introductions"), KEEP_RECORD, ROWS_GO, "introducer = $1", "(a = $1 OR b = $1)", "made_at < $1", NULL, NULL, {
        DATA_KEYS("#id #cohort #introducer #a #b #silent", END_ROW),
        {"why state", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("why two should know each other; they and who says so see it")},
        {"a_says b_says", DATA_SELF, COPY_NO, END_ROW, MSG("what each answers, which nobody else learns")},
        DATA_TIMES("#made_at #ends_at", DATA_PROGRAMME, END_ROW),
    }},
    {"round_plan", "cohort", MSG("When rounds are"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        {"#cohort #weeks #next_at prompt", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("when everybody is given somebody to meet")},
    }},
    {"round_wish", "cohort, person", MSG("Who wants to meet others in rounds"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#cohort #person", END_ROW),
        DATA_TIMES("#at", DATA_SELF, END_ROW),
    }},
    {"peer_round", "id", MSG("Rounds"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort", END_STAYS),
        {"#number prompt #repeats #made_at", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("which rounds there were")},
    }},
    {"round_place", "round, person", MSG("Whom a round gave to whom"), KEEP_RECORD, ROWS_GO, "person = $1", NULL,
     "round IN (SELECT id FROM peer_round WHERE made_at < $1)", NULL, NULL, {
        DATA_KEYS("#round #person #team", END_ROW),
        DATA_TIMES("#met_at", DATA_PAIR, END_ROW),
    }},
    {"flash", "id", MSG("Short talks that mentors offer"), KEEP_RECORD, ROWS_GO, "mentor = $1", "taker = $1", "at < $1", NULL, NULL, {
        DATA_KEYS("#id #cohort #mentor #taker", END_ROW),
        {"topic about #at #minutes place state", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what a mentor offers, and when")},
        {"words #taken_at", DATA_PAIR, COPY_NO, END_ROW, MSG("what whoever takes it wants to talk about")},
        DATA_MARKS("#open_at #sequence #made_at", END_ROW),
    }},
    {"directory_card", "cohort, person", MSG("What people say of themselves in directories"), KEEP_RECORD, ROWS_GO, "person = $1", NULL, "at < $1", NULL, NULL, {
        DATA_KEYS("#cohort #person", END_ROW),
        {"does about place link #shows_role #shows_topics #shows_email", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what she tells the others of her cohort, as far as she likes")},
        DATA_MARKS("name_key search", END_ROW),
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"outside", "id", MSG("What there is beyond the programme"), KEEP_RECORD, ROWS_GO, "person = $1", NULL, "ends_at < $1", NULL, NULL, {
        DATA_KEYS("#id #cohort #person", END_ROW),
        {"kind title about link until", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what she thinks worth a look, for the others of her cohort")},
        DATA_MARKS("#ends_at #off_at #made_at", END_ROW),
    }},
    {.name = NULL},
};
// clang-format on
