// SPDX-License-Identifier: Apache-2.0
//
// What is kept of milestones, badges, certificates and thanks: see app/data.h.
#include "app/data.h"
#include "app/recognition/recognition.h"

// clang-format off
const struct app_table recognition_tables[] = {
    {"recognition_choice", "person", MSG("Whether milestones are kept"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"#celebrate", DATA_SELF, COPY_YES, END_ROW, MSG("what she wants")},
    }},
    {"milestone", "id", MSG("Milestones"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #person #match #subject", END_ROW),
        {"kind", DATA_SELF, COPY_YES, END_ROW, MSG("what she has reached; only she sees it")},
        DATA_TIMES("#at", DATA_SELF, END_ROW),
    }},
    {"badge_rule", "id", MSG("Rules of badges"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #root #made_by", END_STAYS),
        {"#version title about counts #least #by_hand #is_on", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what earns a badge")},
        DATA_MARKS("#made_at #superseded", END_STAYS),
    }},
    {"award", "id", MSG("Badges that were earned"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #rule #root #person #cohort #decided_by", END_ROW),
        {"#amount state reason", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what a badge rests on")},
        DATA_TIMES("#made_at #decided_at", DATA_PROGRAMME, END_ROW),
    }},
    {"signing_key", "id", MSG("The key that signs certificates"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id", END_STAYS),
        {"public", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("so that anybody can check a certificate")},
        {"secret", DATA_SECRET, COPY_NO, END_STAYS, MSG("to sign certificates")},
        DATA_MARKS("#made_at", END_STAYS),
    }},
    {"certificate", "id", MSG("Certificates"), KEEP_ACCOUNT, ROWS_STAY, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #person #match #cohort #signed_by", END_STAYS),
        {"code replaced_by", DATA_SELF, COPY_YES, END_STAYS, MSG("by which it is checked; afterwards its page says that it was withdrawn")},
        {"name programme role starts ends #minutes issued reason text", DATA_SELF, COPY_YES, END_EMPTY, MSG("what it says, to whoever has its code")},
        {"state", DATA_SELF, COPY_YES, END_EMPTY, MSG("whether it holds")},
        {"signature", DATA_SELF, COPY_YES, END_EMPTY, MSG("so that it can be checked anywhere")},
        DATA_MARKS("#changed_at", END_STAYS),
    }},
    {"thanks", "id", MSG("Notes of thanks"), KEEP_ACCOUNT, ROWS_GO, "sender = $1", "receiver = $1", NULL, NULL, NULL, {
        DATA_KEYS("#id #sender #receiver #match #circle #cohort", END_ROW),
        {"text #shared #shown", DATA_PAIR, COPY_YES, END_ROW, MSG("thanks; others read it only when both said so")},
        DATA_TIMES("#at", DATA_PAIR, END_ROW),
    }},
    {"story", "id", MSG("Success stories"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #person #other #match #cohort #decided_by #contribution", END_ROW),
        {"title text role took_part", DATA_PUBLIC, COPY_YES, END_ROW, MSG("what she tells others, as far as everybody whom it is about agrees; before it is approved only they and the editors see it")},
        {"state reason", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what an editor decided, and said to her")},
        DATA_TIMES("#made_at #changed_at #sent_at #published_at #expires_at", DATA_PROGRAMME, END_ROW),
        DATA_MARKS("#reminded #asked_again", END_ROW),
    }},
    {"story_photo", "id", MSG("Photos of stories"), KEEP_ACCOUNT, ROWS_GO, "story IN (SELECT id FROM story WHERE person = $1)", "shows_other = 1 AND story IN (SELECT id FROM story WHERE other = $1)", NULL, NULL, NULL, {
        DATA_KEYS("#id #story", END_ROW),
        {"text #shows_writer #shows_other #wide #high", DATA_PUBLIC, COPY_YES, END_ROW, MSG("what the photo of her story shows, and whom; others see it only when everybody in it agrees")},
        {"@bytes", DATA_PUBLIC, COPY_YES, END_ROW, MSG("the photo, drawn anew: without its place and camera")},
        DATA_TIMES("#at", DATA_SELF, END_ROW),
    }},
    {"story_consent", "id", MSG("What was agreed to of a story"), KEEP_ACCOUNT, ROWS_GO, "person = $1", "story IN (SELECT id FROM story WHERE person = $1)", NULL, NULL, NULL, {
        DATA_KEYS("#id #story #person", END_ROW),
        {"item text #version #said", DATA_SELF, COPY_YES, END_ROW, MSG("so that it is known to what she agreed, in which words")},
        DATA_TIMES("#at #superseded", DATA_SELF, END_ROW),
    }},
    {"story_prompt", "person, match", MSG("Whether she was asked for a story"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person #match", END_ROW),
        DATA_TIMES("#at", DATA_SELF, END_ROW),
    }},
    {"honour", "id", MSG("Awards of cohorts"), KEEP_PROGRAMME, ROWS_STAY, "winner = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort #made_by", END_STAYS),
        {"title about closes state reason", DATA_PROGRAMME, COPY_YES, END_STAYS, MSG("what is given, and how it stands")},
        {"#winner words", DATA_PROGRAMME, COPY_YES, END_EMPTY, MSG("who got it; the cohort sees it once she has agreed")},
        DATA_MARKS("#made_at #changed_at #reminded", END_STAYS),
    }},
    {"honour_nomination", "id", MSG("Nominations for awards"), KEEP_ACCOUNT, ROWS_GO, "by_person = $1", "nominee = $1", NULL, NULL, NULL, {
        DATA_KEYS("#id #honour #nominee #by_person", END_ROW),
        {"text #declined", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what the jury reads, without the name of who wrote it")},
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {"honour_juror", "honour, person", MSG("Who is of a jury"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL, NULL, NULL, {
        {"#honour #person", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("who may score")},
        DATA_KEYS("#removed_by", END_ROW),
        {"#removed_scores reason", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("that she left the jury, and why")},
        DATA_TIMES("#at #removed_at", DATA_PROGRAMME, END_ROW),
    }},
    {"honour_score", "honour, nominee, juror", MSG("Scores of juries"), KEEP_ACCOUNT, ROWS_GO, "juror = $1", "nominee = $1", NULL, NULL, NULL, {
        DATA_KEYS("#honour #nominee #juror", END_ROW),
        {"#score words", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what the result rests on; jurors see it without the name, after they have scored")},
        DATA_TIMES("#at", DATA_PROGRAMME, END_ROW),
    }},
    {.name = NULL},
};
// clang-format on
