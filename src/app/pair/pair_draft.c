// SPDX-License-Identifier: Apache-2.0
//
// Drafts of goals; see pair_draft.h.
#include "app/pair/pair_draft.h"

#include <string.h>

#include "app/enrolment/enrolment.h"

// clang-format off
const struct goal_template goal_templates[GOAL_TEMPLATES] = {
    {"switch",     MSG("Switch to a career in tech"), MSG("I want work in tech that suits my life."),
     MSG("I know which role I aim at and what it asks for, have two things to show for it, and have sent five applications.")},
    {"midlevel",   MSG("Get from beginner to mid level"), MSG("I want to carry work from beginning to end by myself."),
     MSG("I have carried three tasks from the first idea to people who use them, and those who looked at my work say that I need less help.")},
    {"senior",     MSG("Get from mid level to senior"), MSG("I want others to build on what I decide."),
     MSG("I have led something that several people worked on, written down why we chose as we did, and helped somebody to grow.")},
    {"beyond",     MSG("Go beyond senior"), MSG("I want to change how several teams work."),
     MSG("Something that I began is used by more than one team, and I know who decides about my next step and what it asks for.")},
    {"management", MSG("Move from contributor to manager"), MSG("I want to find out whether I like to lead people, and do it well."),
     MSG("I have led a small group for two months, asked each of them how it was, and decided whether I want to go on.")},
    {"special",    MSG("Change my specialisation"), MSG("I want to work on something else, and keep what I know."),
     MSG("I have built one thing in the new field, talked with three people who work in it, and know what I still have to learn.")},
};
// clang-format on

const struct goal_template *goal_template_find(const char *topic)
{
    for (size_t k = 0; k < GOAL_TEMPLATES; k++)
        if (strcmp(goal_templates[k].topic, topic) == 0)
            return &goal_templates[k];
    return NULL;
}

struct drafting {
    const struct app_place *at;
    const struct pair *pair;
    const struct locale *locale;
    size_t picked;
};

static enum rc add_draft(struct drafting *d, const char *title, const char *success,
                         const char *topic)
{
    const struct goal goal = {.match = d->pair->match.id,
                              .title = title,
                              .why = "",
                              .success = success,
                              .due = "",
                              .topic = topic,
                              .of_signup = 1,
                              .mentee_yes = 1};
    return goal_add(d->at->tx, &goal, d->at->now_us);
}

// How it is known to be reached is for the two to say; where there is a template, it proposes it.
static enum rc add_pick(struct drafting *d, const struct field_option *topic)
{
    const struct goal_template *known = goal_template_find(topic->value);
    if (d->picked >= DRAFTS_PICKED)
        return RC_OK;
    d->picked++;
    return add_draft(d, message_in(d->locale, known == NULL ? topic->label : known->title),
                     known == NULL ? "" : message_in(d->locale, known->success), topic->value);
}

// Topics in her own words, with a semicolon between.
static enum rc add_own(struct drafting *d, const char *own)
{
    enum { TITLE_BYTES = 120 };
    while (*own != '\0') {
        size_t length = strcspn(own, ";");
        const char *end = own + length;
        while (length > 0 && *own == ' ') {
            own++;
            length--;
        }
        while (length > 0 && own[length - 1] == ' ')
            length--;
        if (length > 0 && length <= TITLE_BYTES && d->picked < DRAFTS_PICKED) {
            const char *title = arena_strndup(d->at->arena, own, length);
            if (title == NULL)
                return RC_NO_MEMORY;
            d->picked++;
            TRY(add_draft(d, title, "", ""));
        }
        own = *end == ';' ? end + 1 : end;
    }
    return RC_OK;
}

enum rc pair_draft_goals(const struct app_place *at, const struct pair *pair)
{
    struct db_rows *rows = NULL;
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT e.goal, p.language, e.top, e.topics, e.other FROM enrolment e JOIN person "
                 "p ON p.id = e.person WHERE e.id = $1 AND NOT EXISTS (SELECT 1 FROM goal g WHERE "
                 "g.match = $2)",
                 DB_ARGS(DB_INT(pair->match.mentee), DB_INT(pair->match.id))));
    if (db_count(rows) == 0)
        return RC_OK;
    struct drafting d = {at, pair, locale_find(db_text(rows, 0, 1)), 0};
    const char *words = db_text(rows, 0, 0);
    const char *top = db_text(rows, 0, 2);
    const char *topics = db_text(rows, 0, 3);
    if (words[0] != '\0')
        TRY(add_draft(&d, message_in(d.locale, MSG("What I wanted at sign-up")), words, ""));
    for (const struct field_option *o = enrolment_topics; o->value != NULL; o++)
        if (strcmp(o->value, top) == 0)
            TRY(add_pick(&d, o));
    for (const struct field_option *o = enrolment_topics; o->value != NULL; o++) {
        const char *one = arena_printf(at->arena, "%s ", o->value);
        if (one == NULL)
            return RC_NO_MEMORY;
        bool asked = strcmp(o->value, top) != 0 && enrolment_common(one, topics) > 0;
        if (asked && strcmp(o->value, "unsure") != 0)
            TRY(add_pick(&d, o));
    }
    return add_own(&d, db_text(rows, 0, 4));
}
