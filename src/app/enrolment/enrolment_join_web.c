// SPDX-License-Identifier: Apache-2.0
//
// Why: signing up, in short steps that are kept as they are answered: aims, times, you, and a last
// look before sending. What matching needs comes first.
#include <stdlib.h>
#include <string.h>

#include "app/cohort/words.h"
#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_invite.h"
#include "app/enrolment/enrolment_page.h"
#include "app_enrolment_enrolment.html.h"

// ---- forms -----------------------------------------------------------------------------------

struct aims {
    const char *level;
    const char *years;
    struct field_many topics;
    const char *top;
    struct field_many languages;
    const char *other;
    const char *goal;
    struct field_many own; // topics of the programme's own; read by the act
};

struct times {
    const char *week;
    const char *cadence;
    struct field_many formats;
    const char *place;
    int64_t places;
    int64_t hours;
};

struct about {
    const char *employer;
    const char *manager;
    int64_t full_name;
    const char *woman;
    const char *asks;
    struct field_many caregiving;
    const char *caregiving_for;
    struct field_many access;
    const char *access_for;
    const char *about;
};

struct sending {
    int64_t agreed;
};

// clang-format off
static const struct field_option yes_no[] = {
    {"1", MSG("Yes")}, {"2", MSG("No")}, {"0", MSG("I'd rather not say")}, {NULL, NULL},
};
static const struct field_option asks_mentee[] = {
    {"0", MSG("Anybody who fits")}, {"1", MSG("A woman")}, {NULL, NULL},
};
static const struct field_option asks_mentor[] = {
    {"1", MSG("Anybody who fits")}, {"2", MSG("Women only")}, {NULL, NULL},
};

#define LEVEL      {"level",     FIELD_ONE,  FIELD_TEXT_OF(struct aims, level), 1, 1,  MSG("Where are you in your career?"), MSG("Matching uses this: a mentor is further than her mentee."), enrolment_levels}
#define YEARS      {"years",     FIELD_LINE, FIELD_TEXT_OF(struct aims, years), 0, 3,  MSG("How many years have you worked in tech?"), MSG("Only if you want to say it: a whole number. Matching doesn't use this. Of mentors, mentees who look for one read it."), NULL}
#define CADENCE    {"cadence",   FIELD_ONE,  FIELD_TEXT_OF(struct times, cadence), 0, 1, MSG("How often would you like to meet?"), MSG("Matching uses this: two who want to meet as often fit better. The two of you agree on it later."), enrolment_cadences}
#define LANGUAGES  {"languages", FIELD_MANY, offsetof(struct aims, languages),  1, 13, MSG("Which languages do you speak well?"), MSG("Matching uses this: a pair has a language in common."), enrolment_languages}
#define WEEK       {"week",      FIELD_WEEK, FIELD_TEXT_OF(struct times, week), 0, 21, MSG("When could you meet?"), MSG("In your own local time. Matching uses this: a pair has enough time in common all year round, whatever the clocks do. Rows that you leave empty don't count."), NULL}
#define FORMATS    {"formats",   FIELD_MANY, offsetof(struct times, formats),   1, 5,  MSG("How would you like to meet?"), MSG("Matching uses this. Tick all that suit you."), enrolment_formats}
#define HOURS      {"hours",     FIELD_INTEGER, FIELD_INT_OF(struct times, hours), 1, 40, MSG("How many hours a month can you give?"), MSG("From 1 to 40. Most people give two to four."), NULL}

#define PLACE      {"place",     FIELD_LINE, FIELD_TEXT_OF(struct times, place), 0, 60, MSG("Where could you meet in person?"), MSG("Only if you ticked \"In person\": a town or a site, such as Madrid. Matching uses this: where two can meet in no other way, both name the same place. Only you and the people who run the programme see it."), NULL}
#define OTHER      {"other",     FIELD_LINE, FIELD_TEXT_OF(struct aims, other), 0, 500, MSG("Anything else, in your own words?"), MSG("With a semicolon between. Matching compares the words."), NULL}

static const struct field mentee_aims[] = {
    LEVEL, YEARS,
    {"topics", FIELD_MANY, offsetof(struct aims, topics), 0, 8, MSG("What do you want help with?"), MSG("Choose up to eight, or write your own below. Matching counts this most."), enrolment_topics},
    {"top",    FIELD_ONE,  FIELD_TEXT_OF(struct aims, top), 0, 1, MSG("Which of these matters most?"), MSG("Matching counts it double."), enrolment_topics},
    OTHER, LANGUAGES,
    {"goal",   FIELD_TEXT, FIELD_TEXT_OF(struct aims, goal), 0, 1000, MSG("What would you like to have reached at the end?"), MSG("Matching doesn't use this. Your mentor reads it."), NULL},
};
static const struct field mentor_aims[] = {
    LEVEL, YEARS,
    {"topics", FIELD_MANY, offsetof(struct aims, topics), 0, 32, MSG("What can you help with?"), MSG("Choose all that fit, or write your own below. Matching counts this most."), enrolment_topics},
    OTHER, LANGUAGES,
    {"goal",   FIELD_TEXT, FIELD_TEXT_OF(struct aims, goal), 0, 1000, MSG("Why do you mentor, and how?"), MSG("Matching doesn't use this. Mentees who look at mentors read it."), NULL},
};
static const struct field mentee_times[] = {
    WEEK, CADENCE, FORMATS, PLACE, HOURS,
    {"places", FIELD_INTEGER, FIELD_INT_OF(struct times, places), 1, 3, MSG("How many mentors would you like?"), MSG("From 1 to 3. One is usual; a second comes only when every mentee has one."), NULL},
};
static const struct field mentor_times[] = {
    WEEK, CADENCE, FORMATS, PLACE, HOURS,
    {"places", FIELD_INTEGER, FIELD_INT_OF(struct times, places), 0, 10, MSG("How many mentees would you take?"), MSG("From 0 to 10. Most mentors take one or two. You never get more."), NULL},
};

#define EMPLOYER   {"organisation",   FIELD_LINE, FIELD_TEXT_OF(struct about, employer), 0, 100, MSG("Where do you work or study?"), MSG("Matching uses this: a pair is not of the same house. Only the people who run the programme see it."), NULL}
#define MANAGER    {"manager",        FIELD_EMAIL, FIELD_TEXT_OF(struct about, manager), 0, 254, MSG("Your line manager's e-mail address"), MSG("Only if you have one who may take part here, too. Matching uses this: you are never matched with each other. Only you and the people who run programmes see it."), NULL}
#define WOMAN      {"woman",          FIELD_ONE,  FIELD_TEXT_OF(struct about, woman), 0, 1, MSG("Are you a woman?"), MSG("Matching uses this only for people who ask for a woman. Nobody sees it."), yes_no}
#define CAREGIVING {"caregiving",     FIELD_MANY, offsetof(struct about, caregiving), 0, 3, MSG("Do you care for somebody?"), MSG("Only if you want to say it."), enrolment_caregiving}
#define CARE_FOR   {"caregiving_for", FIELD_ONE,  FIELD_TEXT_OF(struct about, caregiving_for), 0, 1, MSG("Who may see that you care for somebody?"), MSG("Matching only, when you choose nothing."), enrolment_audiences}
#define ACCESS     {"access",         FIELD_MANY, offsetof(struct about, access), 0, 8, MSG("What do you need to take part well?"), MSG("Only if you want to say it."), enrolment_access}
#define ACCESS_FOR {"access_for",     FIELD_ONE,  FIELD_TEXT_OF(struct about, access_for), 0, 1, MSG("Who may see what you need?"), MSG("Matching only, when you choose nothing."), enrolment_audiences}
#define ABOUT      {"about",          FIELD_TEXT, FIELD_TEXT_OF(struct about, about), 0, 2000, MSG("A few words about you"), MSG("Matching doesn't use this. The people who run the programme and your match read it."), NULL}

static const struct field mentee_about[] = {
    ABOUT, EMPLOYER, MANAGER, WOMAN,
    {"asks", FIELD_ONE, FIELD_TEXT_OF(struct about, asks), 0, 1, MSG("Who should your mentor be?"), MSG("Matching keeps to this."), asks_mentee},
    CAREGIVING, CARE_FOR, ACCESS, ACCESS_FOR,
};
static const struct field mentor_about[] = {
    ABOUT,
    {"full_name", FIELD_TICK, FIELD_INT_OF(struct about, full_name), 0, 1, MSG("Mentees who look at mentors may see my last name"), MSG("Without it they see your first name. Whoever you are matched with sees your whole name. Matching doesn't use this."), NULL},
    EMPLOYER, MANAGER, WOMAN,
    {"asks", FIELD_ONE, FIELD_TEXT_OF(struct about, asks), 0, 1, MSG("Whom would you mentor?"), MSG("Matching keeps to this."), asks_mentor},
    CAREGIVING, CARE_FOR, ACCESS, ACCESS_FOR,
};
static const struct field sending_fields[] = {
    {"agreed", FIELD_TICK, FIELD_INT_OF(struct sending, agreed), 1, 1, MSG("I will give this programme the time that it asks for, for as long as it lasts, and I agree that my answers are used as each question says."), "", NULL},
};
// clang-format on

static const struct shape mentee_aims_shape = SHAPE(struct aims, mentee_aims);
static const struct shape mentor_aims_shape = SHAPE(struct aims, mentor_aims);
static const struct shape mentee_times_shape = SHAPE(struct times, mentee_times);
static const struct shape mentor_times_shape = SHAPE(struct times, mentor_times);
static const struct shape mentee_about_shape = SHAPE(struct about, mentee_about);
static const struct shape mentor_about_shape = SHAPE(struct about, mentor_about);
static const struct shape sending_shape = SHAPE(struct sending, sending_fields);

static const struct field own_topics_field = {"own",
                                              FIELD_MANY,
                                              offsetof(struct aims, own),
                                              0,
                                              OWN_TOPICS_MAX,
                                              MSG("More topics of this programme"),
                                              MSG("They count like those above."),
                                              NULL};

// ---- between answers and rows ------------------------------------------------------------------

static const char *join_words(struct arena *arena, const struct field_many *many)
{
    struct buffer words;
    buffer_open(&words, arena, TEXT_KEY_LIMIT_BYTES);
    for (size_t k = 0; k < many->count; k++) {
        buffer_text(&words, many->values[k]);
        buffer_byte(&words, ' ');
    }
    return words.rc == RC_OK ? words.bytes : NULL;
}

// The words of a list as many values; at most 40.
static enum rc split_words(struct arena *arena, const char *list, struct field_many *ret_many)
{
    enum { WORDS_MAX = 40 };
    ret_many->values = ARENA_ARRAY(arena, const char *, WORDS_MAX);
    ret_many->count = 0;
    if (ret_many->values == NULL)
        return RC_NO_MEMORY;
    while (*list != '\0' && ret_many->count < WORDS_MAX) {
        size_t length = strcspn(list, " ");
        const char *word = arena_strndup(arena, list, length);
        if (word == NULL)
            return RC_NO_MEMORY;
        ret_many->values[ret_many->count++] = word;
        list += length + (list[length] == ' ');
    }
    return RC_OK;
}

static int64_t digit(const char *text)
{
    return text[0] >= '0' && text[0] <= '9' ? text[0] - '0' : 0;
}

static const char *digit_text(struct arena *arena, int64_t value)
{
    return arena_printf(arena, "%d", (int)value);
}

// ---- topics of the programme -------------------------------------------------------------------

// Those that are offered, as options; own: only the programme's own, else only those of the list.
static enum rc offered(struct arena *arena, const struct enrolment_topic *topics, size_t count,
                       bool own, struct field_option **ret_options)
{
    struct field_option *options = ARENA_ARRAY(arena, struct field_option, count + 1);
    size_t filled = 0;
    if (options == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++)
        if (!topics[k].off && (topics[k].own != 0) == own)
            options[filled++] = (struct field_option){topics[k].value, topics[k].label};
    options[filled] = (struct field_option){NULL, NULL};
    *ret_options = options;
    return RC_OK;
}

// The first step, with the topics that the programme offers.
static enum rc aims_shape(struct req *req, int64_t programme, bool mentor,
                          const struct shape **ret_shape)
{
    const struct shape *base = mentor ? &mentor_aims_shape : &mentee_aims_shape;
    struct enrolment_topic *topics = NULL;
    struct words_found found;
    struct field_option *listed = NULL;
    struct field_option *own = NULL;
    size_t count = 0;
    size_t filled = 0;
    struct shape *shape = ARENA_NEW(req->arena, struct shape);
    struct field *fields = ARENA_ARRAY(req->arena, struct field, base->count + 1);
    if (shape == NULL || fields == NULL)
        return RC_NO_MEMORY;
    TRY(topic_list(req->tx, req->arena, programme, &topics, &count));
    TRY(words_of_reader(req, programme, &found));
    for (size_t k = 0; k < count; k++)
        if (topics[k].own)
            topics[k].label = words_in(&found, programme, topics[k].value, topics[k].label);
    TRY(offered(req->arena, topics, count, false, &listed));
    TRY(offered(req->arena, topics, count, true, &own));
    for (size_t k = 0; k < base->count; k++) {
        fields[filled] = base->fields[k];
        if (fields[filled].options == enrolment_topics)
            fields[filled].options = listed;
        bool here = strcmp(fields[filled].name, "topics") == 0;
        filled++;
        if (here && own[0].value != NULL) {
            fields[filled] = own_topics_field;
            fields[filled++].options = own;
        }
    }
    *shape = (struct shape){fields, filled, base->size};
    *ret_shape = shape;
    return RC_OK;
}

enum rc enrolment_join_shapes(struct req *req, int64_t programme, const char *role,
                              const struct shape *ret_shapes[3])
{
    bool mentor = strcmp(role, "mentor") == 0;
    TRY(aims_shape(req, programme, mentor, &ret_shapes[0]));
    ret_shapes[1] = mentor ? &mentor_times_shape : &mentee_times_shape;
    ret_shapes[2] = mentor ? &mentor_about_shape : &mentee_about_shape;
    return RC_OK;
}

// The programme's own topic that has these words; NULL: none.
static const char *own_topic(const struct enrolment_topic *topics, size_t count, struct text words)
{
    for (size_t k = 0; k < count; k++)
        if (topics[k].own && text_equal(text_of(topics[k].label), words))
            return topics[k].value;
    return NULL;
}

// Takes the programme's own topics out of somebody's own words.
static enum rc split_own(struct req *req, int64_t programme, const char *words, struct aims *aims)
{
    struct enrolment_topic *topics = NULL;
    struct buffer rest;
    size_t count = 0;
    TRY(topic_list(req->tx, req->arena, programme, &topics, &count));
    buffer_open(&rest, req->arena, TEXT_KEY_LIMIT_BYTES);
    aims->own.values = ARENA_ARRAY(req->arena, const char *, count + 1);
    if (aims->own.values == NULL)
        return RC_NO_MEMORY;
    while (*words != '\0') {
        size_t length = strcspn(words, ";");
        struct text piece = text_trim(words, length);
        const char *value = own_topic(topics, count, piece);
        if (value != NULL && aims->own.count < count)
            aims->own.values[aims->own.count++] = value;
        else if (piece.length > 0)
            buffer_printf(&rest, "%s%.*s", rest.length == 0 ? "" : "; ", (int)piece.length,
                          piece.bytes);
        words += length + (words[length] == ';');
    }
    aims->other = rest.length == 0 ? "" : rest.bytes;
    return rest.rc;
}

// Own words, and those of the programme's topics that were ticked.
static enum rc join_own(struct req *req, int64_t programme, const char *typed,
                        const char **ret_words)
{
    struct enrolment_topic *topics = NULL;
    struct buffer words;
    size_t count = 0;
    TRY(topic_list(req->tx, req->arena, programme, &topics, &count));
    buffer_open(&words, req->arena, TEXT_KEY_LIMIT_BYTES);
    buffer_text(&words, typed);
    for (size_t k = 0; k < count; k++)
        if (topics[k].own && form_has(&req->form, "own", topics[k].value))
            buffer_printf(&words, "%s%s", words.length == 0 ? "" : "; ", topics[k].label);
    *ret_words = words.length == 0 ? "" : words.bytes;
    return words.rc;
}

// ---- steps -------------------------------------------------------------------------------------

// The rows that read a form are one for each role, because their questions differ.
static const char *role_of(const struct req *req)
{
    const char *role = req_param(req, "role");
    if (role[0] != '\0')
        return role;
    return strstr(req->route->path, "/join/mentor/") == NULL ? "mentee" : "mentor";
}

static bool is_mentor(const struct req *req)
{
    return strcmp(role_of(req), "mentor") == 0;
}

// What a new sign-up begins with: what she has said in another. Who may see what she cares for and
// needs, she says anew: until then it is for matching alone.
static enum rc fill_from_before(struct req *req, struct enrolment_view *view, struct enrolment *e,
                                struct enrolment *ret_before)
{
    struct enrolment old;
    *ret_before = (struct enrolment){.id = 0};
    enum rc rc = enrolment_before(req, view->cohort.id, e->role, &old, &view->before);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    bool same = strcmp(old.role, e->role) == 0;
    e->level = old.level;
    e->topics = old.topics;
    e->other = old.other;
    e->languages = old.languages;
    e->week = old.week;
    e->formats = old.formats;
    e->about = old.about;
    e->employer = old.employer;
    e->place = old.place;
    e->cadence = old.cadence;
    e->years = old.years;
    e->skills = old.skills;
    e->full_name = same ? old.full_name : 0;
    e->caregiving = old.caregiving;
    e->access = old.access;
    e->woman = old.woman;
    e->hours = old.hours > 0 ? old.hours : e->hours;
    e->goal = same ? old.goal : "";
    e->places = same ? old.places : e->places;
    e->asks = same ? old.asks : e->asks;
    *ret_before = old;
    return RC_OK;
}

// One's own sign-up may be changed until it has been declined or ended by others; a new one is made
// only while the cohort takes people.
static enum rc my_enrolment(struct req *req, struct enrolment_view *view,
                            struct enrolment *ret_enrolment, struct enrolment *ret_before)
{
    const char *role = role_of(req);
    if (strcmp(role, "mentee") != 0 && strcmp(role, "mentor") != 0)
        return RC_NOT_FOUND;
    enum rc rc = enrolment_mine_as(req, view->cohort.id, role, ret_enrolment);
    if (rc == RC_NOT_FOUND && view->open) {
        *ret_enrolment = (struct enrolment){.role = role,
                                            .state = "draft",
                                            .topics = "",
                                            .other = "",
                                            .top = "",
                                            .languages = "",
                                            .week = "",
                                            .formats = "",
                                            .goal = "",
                                            .about = "",
                                            .employer = "",
                                            .place = "",
                                            .years = "",
                                            .skills = "",
                                            .caregiving = "",
                                            .caregiving_for = "matching",
                                            .access = "",
                                            .access_for = "matching",
                                            .places = 1,
                                            .hours = 2};
        return fill_from_before(req, view, ret_enrolment, ret_before);
    }
    TRY(rc);
    bool unsent = strcmp(ret_enrolment->state, "draft") == 0;
    bool back = strcmp(ret_enrolment->state, "withdrawn") == 0;
    bool mine = enrolment_is_in(ret_enrolment->state) || back || (unsent && view->open);
    return mine ? RC_OK : RC_NOT_FOUND;
}

static enum rc load_step(struct req *req, const char *step, const struct shape *shape,
                         struct enrolment *ret_enrolment)
{
    struct enrolment_view *view = NULL;
    struct enrolment before;
    TRY(enrolment_make_view(req, &view));
    TRY(my_enrolment(req, view, ret_enrolment, &before));
    TRY(enrolment_question_steps(req, view, ret_enrolment->role));
    view->role = ret_enrolment->role;
    view->step = step;
    view->shape = shape;
    view->one = ret_enrolment;
    return RC_OK;
}

static enum rc new_row(struct req *req, struct enrolment **ret_enrolment)
{
    struct enrolment *enrolment = ARENA_NEW(req->arena, struct enrolment);
    *ret_enrolment = enrolment;
    return enrolment == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_aims(struct req *req)
{
    struct enrolment *e = NULL;
    struct aims now = {0};
    const struct shape *shape = NULL;
    TRY(new_row(req, &e));
    TRY(load_step(req, "aims", NULL, e));
    struct enrolment_view *view = req->view;
    TRY(aims_shape(req, view->cohort.programme, is_mentor(req), &shape));
    view->shape = shape;
    if (req->form.error_count > 0)
        return RC_OK;
    now.level = digit_text(req->arena, e->level);
    now.years = e->years;
    now.top = e->top;
    now.goal = e->goal;
    TRY(split_own(req, view->cohort.programme, e->other, &now));
    TRY(split_words(req->arena, e->topics, &now.topics));
    TRY(split_words(req->arena, e->languages, &now.languages));
    return now.level == NULL ? RC_NO_MEMORY : shape_edit(shape, &req->form, &now);
}

static enum rc load_times(struct req *req)
{
    struct enrolment *e = NULL;
    struct times now = {0};
    const struct shape *shape = is_mentor(req) ? &mentor_times_shape : &mentee_times_shape;
    TRY(new_row(req, &e));
    TRY(load_step(req, "times", shape, e));
    if (req->form.error_count > 0)
        return RC_OK;
    now.week = e->week;
    now.cadence = digit_text(req->arena, e->cadence);
    now.places = e->places;
    now.hours = e->hours;
    now.place = e->place;
    TRY(split_words(req->arena, e->formats, &now.formats));
    return now.cadence == NULL ? RC_NO_MEMORY : shape_edit(shape, &req->form, &now);
}

static enum rc load_about(struct req *req)
{
    struct enrolment *e = NULL;
    struct about now = {0};
    const struct shape *shape = is_mentor(req) ? &mentor_about_shape : &mentee_about_shape;
    TRY(new_row(req, &e));
    TRY(load_step(req, "you", shape, e));
    if (req->form.error_count > 0)
        return RC_OK;
    now.employer = e->employer;
    now.full_name = e->full_name;
    TRY(line_find(req->tx, req->arena, req->actor.person, &now.manager));
    now.woman = digit_text(req->arena, e->woman);
    now.asks = digit_text(req->arena, is_mentor(req) && e->asks == 0 ? 1 : e->asks);
    now.caregiving_for = e->caregiving_for;
    now.access_for = e->access_for;
    now.about = e->about;
    TRY(split_words(req->arena, e->caregiving, &now.caregiving));
    TRY(split_words(req->arena, e->access, &now.access));
    return now.woman == NULL || now.asks == NULL ? RC_NO_MEMORY
                                                 : shape_edit(shape, &req->form, &now);
}

static enum rc load_check(struct req *req)
{
    struct enrolment *e = NULL;
    TRY(new_row(req, &e));
    TRY(load_step(req, "check", &sending_shape, e));
    struct enrolment_view *view = req->view;
    if (e->id == 0)
        return RC_NOT_FOUND;
    TRY(line_find(req->tx, req->arena, e->person, &view->manager));
    TRY(answer_list(req, e->id, &view->answers, &view->answer_count));
    return answers_translate(req, view->cohort.id, view->answers, view->answer_count);
}

static void write_step(struct html *html, struct req *req)
{
    page_join(html, req->view);
}

static void write_check(struct html *html, struct req *req)
{
    page_join_check(html, req->view);
}

// ---- keeping -----------------------------------------------------------------------------------

// The sign-up that a step changes; a new draft when there was none.
static enum rc open_mine(struct req *req, struct enrolment *ret_enrolment)
{
    struct enrolment_view *view = NULL;
    struct enrolment before = {.id = 0};
    TRY(enrolment_make_view(req, &view));
    TRY(my_enrolment(req, view, ret_enrolment, &before));
    if (ret_enrolment->id != 0)
        return RC_OK;
    ret_enrolment->id = db_new_id(req->now_us);
    ret_enrolment->person = req->actor.person;
    ret_enrolment->cohort = view->cohort.id;
    TRY(enrolment_add(req->tx, req->arena, ret_enrolment, req->now_us));
    const struct app_place here = app_here(req);
    TRY(invite_credit(req, ret_enrolment));
    return before.id == 0 ? RC_OK : enrolment_copy_answers(&here, &before, ret_enrolment);
}

static enum rc keep_and_go(struct req *req, const struct enrolment *e, const char *next)
{
    TRY(enrolment_update(req->tx, req->arena, e));
    return req_go(req, NULL, "/cohorts/%lld/join/%s/%s", (long long)e->cohort, e->role,
                  strcmp(e->state, "draft") == 0 ? next : "check");
}

static bool is_years(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits <= 2 && text[digits] == '\0' && strtol(text, NULL, 10) <= ENROLMENT_YEARS_MAX;
}

static enum rc act_aims(struct req *req)
{
    const struct aims *in = req->in;
    struct enrolment e;
    TRY(open_mine(req, &e));
    e.level = digit(in->level);
    e.years = in->years;
    e.topics = join_words(req->arena, &in->topics);
    e.languages = join_words(req->arena, &in->languages);
    e.top = in->top == NULL ? "" : in->top;
    e.goal = in->goal;
    const struct enrolment_view *view = req->view; // of open_mine
    TRY(join_own(req, view->cohort.programme, in->other, &e.other));
    if (e.topics == NULL || e.languages == NULL)
        return RC_NO_MEMORY;
    if (!is_years(e.years))
        return form_refuse(&req->form, "years", MSG("Write a whole number from 0 to 60"));
    if (in->topics.count == 0 && e.other[0] == '\0')
        return form_refuse(&req->form, "topics",
                           MSG("Choose at least one, or write your own below"));
    if (e.top[0] != '\0' && enrolment_common(e.top, e.topics) == 0)
        return form_refuse(&req->form, "top", MSG("Choose one of those that you ticked above"));
    return keep_and_go(req, &e, "times");
}

static enum rc act_times(struct req *req)
{
    const struct times *in = req->in;
    struct enrolment e;
    TRY(open_mine(req, &e));
    e.week = in->week;
    e.cadence = digit(in->cadence == NULL ? "" : in->cadence);
    e.formats = join_words(req->arena, &in->formats);
    e.places = in->places;
    e.hours = in->hours;
    e.place = in->place;
    if (e.formats == NULL)
        return RC_NO_MEMORY;
    if (strcmp(e.formats, "person ") == 0 && e.place[0] == '\0')
        return form_refuse(&req->form, "place",
                           MSG("Say where: in person is the only way that you ticked"));
    return keep_and_go(req, &e, "you");
}

static enum rc act_about(struct req *req)
{
    const struct about *in = req->in;
    struct enrolment e;
    TRY(open_mine(req, &e));
    if (in->manager[0] != '\0' && text_same(in->manager, req->actor.email))
        return form_refuse(&req->form, "manager", MSG("This is your own address"));
    TRY(line_set(req->tx, req->actor.person, in->manager));
    e.employer = in->employer;
    e.full_name = in->full_name;
    e.woman = digit(in->woman == NULL ? "" : in->woman);
    e.asks = digit(in->asks == NULL ? "" : in->asks);
    e.caregiving = join_words(req->arena, &in->caregiving);
    e.caregiving_for = in->caregiving_for == NULL || in->caregiving_for[0] == '\0'
                           ? "matching"
                           : in->caregiving_for;
    e.access = join_words(req->arena, &in->access);
    e.access_for =
        in->access_for == NULL || in->access_for[0] == '\0' ? "matching" : in->access_for;
    e.about = in->about;
    if (e.caregiving == NULL || e.access == NULL)
        return RC_NO_MEMORY;
    struct enrolment_view *view = req->view; // of open_mine
    TRY(enrolment_question_steps(req, view, e.role));
    return keep_and_go(req, &e,
                       view->asks_style ? "style"
                       : view->asks_own ? "questions"
                                        : "check");
}

static enum rc act_send(struct req *req)
{
    struct enrolment e;
    TRY(open_mine(req, &e));
    if (e.level == 0 || (e.topics[0] == '\0' && e.other[0] == '\0') || e.languages[0] == '\0')
        return form_refuse(&req->form, "agreed",
                           MSG("The first page, about your aims, has questions without an answer"));
    if (e.formats[0] == '\0')
        return form_refuse(
            &req->form, "agreed",
            MSG("The second page, about your time, has questions without an answer"));
    const char *missing = NULL;
    TRY(question_missing(req, &e, &missing));
    if (missing != NULL)
        return form_refuse(&req->form, "agreed",
                           MSG("The programme's own questions have one without an answer"));
    bool unsent = strcmp(e.state, "draft") == 0 || strcmp(e.state, "withdrawn") == 0;
    if (!unsent)
        return RC_EXISTS;
    TRY(enrolment_submit(req, &e));
    return req_go(req, MSG("Your sign-up is sent."), "/cohorts/%lld", (long long)e.cohort);
}

// clang-format off
const struct route enrolment_join_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/join/:role/aims",  CAN_JOIN, NULL,                NULL, NULL,      load_aims,  write_step,  MSG("Your aims")},
    {WEB_POST, "/cohorts/:cohort/join/mentee/aims", CAN_JOIN, &mentee_aims_shape,  NULL, act_aims,  load_aims,  write_step,  MSG("Your aims")},
    {WEB_POST, "/cohorts/:cohort/join/mentor/aims", CAN_JOIN, &mentor_aims_shape,  NULL, act_aims,  load_aims,  write_step,  MSG("Your aims")},
    {WEB_GET,  "/cohorts/:cohort/join/:role/times", CAN_JOIN, NULL,                NULL, NULL,      load_times, write_step,  MSG("Your time")},
    {WEB_POST, "/cohorts/:cohort/join/mentee/times", CAN_JOIN, &mentee_times_shape, NULL, act_times, load_times, write_step, MSG("Your time")},
    {WEB_POST, "/cohorts/:cohort/join/mentor/times", CAN_JOIN, &mentor_times_shape, NULL, act_times, load_times, write_step, MSG("Your time")},
    {WEB_GET,  "/cohorts/:cohort/join/:role/you",   CAN_JOIN, NULL,                NULL, NULL,      load_about, write_step,  MSG("About you")},
    {WEB_POST, "/cohorts/:cohort/join/mentee/you",  CAN_JOIN, &mentee_about_shape, NULL, act_about, load_about, write_step,  MSG("About you")},
    {WEB_POST, "/cohorts/:cohort/join/mentor/you",  CAN_JOIN, &mentor_about_shape, NULL, act_about, load_about, write_step,  MSG("About you")},
    {WEB_GET,  "/cohorts/:cohort/join/:role/check", CAN_JOIN, NULL,                NULL, NULL,      load_check, write_check, MSG("Check and send"), .out = &enrolment_check_out},
    {WEB_POST, "/cohorts/:cohort/join/:role/check", CAN_JOIN, &sending_shape,      NULL, act_send,  load_check, write_check, MSG("Check and send")},
    {0,        NULL,                                0,        NULL,                NULL, NULL,      NULL,       NULL,        NULL},
};
// clang-format on
