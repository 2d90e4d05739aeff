// SPDX-License-Identifier: Apache-2.0
//
// What is kept of matching: see app/data.h.
#include "app/data.h"
#include "app/match/match.h"

// clang-format off
#define MENTEE_OR_MENTOR "(mentee IN " DATA_HER_SIGN_UPS " OR mentor IN " DATA_HER_SIGN_UPS ")"
const struct app_table match_tables[] = {
    {"match_rules", "id", MSG("Rules of matching"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort #version #made_by", END_STAYS),
        {"#made_at #overlap #gap #language #employer #format #lowest #w_topics #w_level #w_time #w_languages #w_formats #w_choices #w_answers #w_style #w_cadence #w_skill #w_chosen #place best asks #days #passes_on #must note",
         DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("how the programme matches")},
    }},
    {"match_run", "id", MSG("Runs of the matching"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort #rules #only_mentee #asked_by", END_STAYS),
        {"state #made_at #mentees #mentors #matched #total #lowest #proved #seed #progress step digest certificate #committee", DATA_PROGRAMME, COPY_NO, END_STAYS,
         MSG("how a run came out, and the proof that no other is better")},
    }},
    {"match_pair", "run, mentee, mentor", MSG("Pairs that were computed"), KEEP_ACCOUNT, ROWS_GO, MENTEE_OR_MENTOR, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#run #mentee #mentor", END_ROW),
        {"#score #overlap", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("how well two people were found to fit")},
        {"topics parts answers", DATA_PROGRAMME, COPY_NO, END_ROW, MSG("why two people were proposed to each other; it tells of both")},
        DATA_MARKS("#flagged #pinned #skipped_at", END_ROW),
    }},
    {"match_lonely", "run, mentee", MSG("Who was left without a match"), KEEP_ACCOUNT, ROWS_GO, "mentee IN " DATA_HER_SIGN_UPS, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#run #mentee", END_ROW),
        {"#mentors #allowed #rule #amount removed", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("why nobody was found, and what would help")},
    }},
    {"match_link", "cohort, mentee, mentor", MSG("Pairs that were asked for or ruled out"), KEEP_ACCOUNT, ROWS_GO, MENTEE_OR_MENTOR, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#cohort #mentee #mentor #set_by", END_ROW),
        {"#kind #at", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what those who run the matching decided")},
        {"note", DATA_PROGRAMME, COPY_NO, END_ROW, MSG("why; it tells of two people")},
    }},
    {"match_change", "cohort, number, mentee, mentor", MSG("Steps of deciding by hand"), KEEP_ACCOUNT, ROWS_GO, MENTEE_OR_MENTOR, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#cohort #number #mentee #mentor #run #made_by #undone_by", END_ROW),
        {"#was #becomes #made_at #undone_at", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what those who run the matching decided, step by step")},
        {"was_note note", DATA_PROGRAMME, COPY_NO, END_ROW, MSG("why; it tells of two people")},
    }},
    {"match_comment", "id", MSG("Comments on pairs"), KEEP_ACCOUNT, ROWS_GO, MENTEE_OR_MENTOR, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort #mentee #mentor #made_by", END_ROW),
        {"words", DATA_PROGRAMME, COPY_NO, END_ROW, MSG("what those who run the matching say to each other; it tells of two people")},
        DATA_TIMES("#made_at", DATA_PROGRAMME, END_ROW),
    }},
    {"match", "id", MSG("Matches"), KEEP_RECORD, ROWS_STAY, MENTEE_OR_MENTOR, NULL, "ended_at > 0 AND ended_at < $1",
     "programme mentee mentor",
     "(SELECT name FROM cohort WHERE id = match.cohort), (SELECT p.name FROM person p JOIN enrolment e ON e.person = p.id WHERE e.id = match.mentee), "
     "(SELECT p.name FROM person p JOIN enrolment e ON e.person = p.id WHERE e.id = match.mentor)", {
        DATA_KEYS("#id #cohort #run #mentee #mentor #mentee_person #mentor_person #paused_by #continues", END_STAYS),
        {"mentee_key mentee_name mentor_name", DATA_PROGRAMME, COPY_NO, END_EMPTY, MSG("to list matches by the mentee's name, made easy to compare")},
        {"state #made_at #began_at #ended_at ends_on #paused_until #paused_at", DATA_PAIR, COPY_YES, END_STAYS, MSG("to know who is matched, and how it stands")},
        {"reason", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("why it ended, from a list, to count; it tells of one of the two")},
        {"words", DATA_PROGRAMME, COPY_NO, END_EMPTY, MSG("why it ended, in the words of one of the two")},
        DATA_MARKS("asked #mentee_yes #mentor_yes #ends_at #reminded #begun #asked_silence #held_back #next_pulse #mid_at #nudged #closing_at #agreement_asked #covered #longer_at #met #silent_at", END_STAYS),
    }},
    {"match_question", "id", MSG("Questions about offers"), KEEP_RECORD, ROWS_GO,
     "((of_mentor = 1 AND match IN (SELECT id FROM match WHERE mentor IN " DATA_HER_SIGN_UPS ")) OR (of_mentor = 0 AND match IN (SELECT id FROM match WHERE mentee IN " DATA_HER_SIGN_UPS ")))",
     NULL, "match IN " DATA_OLD_MATCHES, NULL, NULL, {
        DATA_KEYS("#id #match #of_mentor #answered_by #cohort", END_ROW),
        {"words answer", DATA_SELF, COPY_YES, END_ROW, MSG("what she wanted to know before she said yes or no, and what was answered")},
        DATA_TIMES("#asked_at #answered_at", DATA_SELF, END_ROW),
    }},
    {"match_presence", "enrolment", MSG("Who sits out"), KEEP_ACCOUNT, ROWS_GO, "enrolment IN " DATA_HER_SIGN_UPS, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#enrolment", END_ROW),
        {"#unanswered #hidden_at #away_at #asked_at #confirmed_at", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("so that nobody is offered a match who has no time or does not answer")},
    }},
    {"choice", "mentee, mentor", MSG("Wishes for a mentor"), KEEP_ACCOUNT, ROWS_GO, "mentee IN " DATA_HER_SIGN_UPS, "mentor IN " DATA_HER_SIGN_UPS, NULL,
     "wished", "(SELECT p.name FROM person p JOIN enrolment e ON e.person = p.id WHERE e.id = choice.mentor)", {
        DATA_KEYS("#mentee #mentor", END_ROW),
        {"#place why", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("whom she wishes for, and why")},
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"mentor_choice", "mentor, mentee", MSG("Whom a mentor would like best"), KEEP_ACCOUNT, ROWS_GO, "mentor IN " DATA_HER_SIGN_UPS, "mentee IN " DATA_HER_SIGN_UPS, NULL,
     "wished", "(SELECT p.name FROM person p JOIN enrolment e ON e.person = p.id WHERE e.id = mentor_choice.mentee)", {
        DATA_KEYS("#mentor #mentee", END_ROW),
        {"#place why", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("whom of those who chose her she would like best, and why")},
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"veto", "mentor, mentee", MSG("Whom a mentor will not take"), KEEP_ACCOUNT, ROWS_GO, "mentor IN " DATA_HER_SIGN_UPS, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#mentor #mentee", END_ROW),
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"vote", "run, mentee, mentor, person", MSG("Votes of the committee"), KEEP_ACCOUNT, ROWS_GO, "person = $1", MENTEE_OR_MENTOR, NULL, NULL, NULL, {
        DATA_KEYS("#run #mentee #mentor #person", END_ROW),
        {"says #fit #aims #experience #practice", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("how the committee came to its proposal")},
        {"words", DATA_PROGRAMME, COPY_NO, END_ROW, MSG("why; it tells of two people")},
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"match_committee", "cohort", MSG("How many judgements a pair needs"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#cohort", END_STAYS),
        {"#quorum", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("how the programme decides")},
    }},
    {"match_guest", "id", MSG("Invitations of guests of the committee"), KEEP_SHORT, ROWS_GO, "email = (SELECT email FROM person WHERE id = $1)", NULL, "ends_at < $1", NULL, NULL, {
        DATA_KEYS("#id #cohort #invited_by", END_ROW),
        {"email name", DATA_PROGRAMME, COPY_NO, END_ROW, MSG("to ask somebody without an account for her help")},
        {"hash", DATA_SECRET, COPY_NO, END_ROW, MSG("to know the link of her letter; the link itself is not kept")},
        DATA_TIMES("#at #ends_at #used_at", DATA_PROGRAMME, END_ROW),
    }},
    {.name = NULL},
};
// clang-format on
