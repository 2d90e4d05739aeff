// SPDX-License-Identifier: Apache-2.0
// Two sheets, two lists of people; see person.h. Rows are read one by one in person_row.c; here is
// what needs all of them.
#include "sheet/person.h"

#include <string.h>

#include "base/msg.h"

#include "sheet/names.h"
#include "sheet/person_row.h"

enum { SAME_TOPICS_MIN = 2 };

// One side, with its people under all names that they may be called by.
struct side {
    struct person *people;
    uint32_t count;
    const struct sheet *sheet;
    struct names ids;
    struct names emails;
    struct names names;
    struct names profiles; // where they live and all that they know, for rows that are one person
};

struct work {
    struct arena *arena;
    struct problem_list *problems;
    struct side mentees;
    struct side mentors;
};

static enum rc key_of(struct arena *arena, const char *text, const char **ret_key)
{
    char *key = NULL;
    TRY(text_key(arena, text, strlen(text), &key));
    *ret_key = key;
    return RC_OK;
}

// ---- one side
// ------------------------------------------------------------------------------------

static enum rc check_id(const struct work *work, struct side *side, uint32_t index)
{
    const struct person *person = &side->people[index];
    const char *key = NULL;
    TRY(key_of(work->arena, person->id, &key));
    uint32_t first = names_add(&side->ids, key, index);
    if (first == NAMES_NONE)
        return RC_OK;
    return problem_add(
        work->problems, PROBLEM_ERROR, person_place(side->sheet, person->line, COLUMN_ID),
        MSG("give every row an id of its own"), MSG("the id \"%s\" is that of line %u too"),
        person->id, (unsigned)side->people[first].line);
}

static enum rc check_email(const struct work *work, struct side *side, uint32_t index)
{
    const struct person *person = &side->people[index];
    const char *key = NULL;
    TRY(key_of(work->arena, person->email, &key));
    uint32_t first = names_add(&side->emails, key, index);
    if (first == NAMES_NONE)
        return RC_OK;
    return problem_add(
        work->problems, PROBLEM_WARNING, person_place(side->sheet, person->line, COLUMN_EMAIL),
        MSG("take one row out if it is the same person; both are used now"),
        MSG("the e-mail address is that of line %u too"), (unsigned)side->people[first].line);
}

// Where they live and all that they know in one text; "" when that is too little to know a person
// by.
static enum rc profile_of(struct arena *arena, const struct person *person, const char **ret_key)
{
    *ret_key = "";
    if (person->skill_count < SAME_TOPICS_MIN)
        return RC_OK;
    char *profile = arena_printf(arena, "%s|%s|%s", person->texts[COLUMN_CITY],
                                 person->texts[COLUMN_COUNTRY], person->texts[COLUMN_SKILLS]);
    if (profile == NULL)
        return RC_NO_MEMORY;
    enum rc rc = key_of(arena, profile, ret_key);
    return rc == RC_LIMIT ? RC_OK : rc; // a profile too long to compare is compared with none
}

static enum rc index_side(const struct work *work, struct side *side)
{
    TRY(names_open(&side->ids, work->arena, side->count));
    TRY(names_open(&side->emails, work->arena, side->count));
    TRY(names_open(&side->names, work->arena, side->count));
    TRY(names_open(&side->profiles, work->arena, side->count));
    for (uint32_t i = 0; i < side->count; i++) {
        const char *name = NULL;
        const char *profile = NULL;
        TRY(check_id(work, side, i));
        TRY(check_email(work, side, i));
        TRY(key_of(work->arena, side->people[i].name, &name));
        TRY(profile_of(work->arena, &side->people[i], &profile));
        names_add(&side->names, name, i);
        names_add(&side->profiles, profile, i);
    }
    return RC_OK;
}

// ---- both sides
// ----------------------------------------------------------------------------------

static uint32_t find_by(const struct names *names, struct arena *arena, const char *text,
                        enum rc *rc)
{
    const char *key = "";
    if (*rc == RC_OK)
        *rc = key_of(arena, text, &key);
    return *rc == RC_OK ? names_find(names, key) : NAMES_NONE;
}

// How a mentee is known to be a mentor too.
struct likeness {
    uint32_t mentor;
    const char *by;
};

static enum rc find_likeness(const struct work *work, const struct person *mentee,
                             struct likeness *ret_likeness)
{
    enum rc rc = RC_OK;
    struct likeness likeness = {NAMES_NONE, MSG("the same e-mail address")};
    likeness.mentor = find_by(&work->mentors.emails, work->arena, mentee->email, &rc);
    if (likeness.mentor == NAMES_NONE && strcmp(mentee->name, mentee->id) != 0) {
        likeness.by = MSG("the same name");
        likeness.mentor = find_by(&work->mentors.names, work->arena, mentee->name, &rc);
    }
    TRY(rc);
    if (likeness.mentor == NAMES_NONE) {
        const char *profile = "";
        likeness.by = MSG("the same place and the same expertise, word for word");
        TRY(profile_of(work->arena, mentee, &profile));
        likeness.mentor = names_find(&work->mentors.profiles, profile);
    }
    *ret_likeness = likeness;
    return RC_OK;
}

static enum rc find_same_people(const struct work *work)
{
    for (uint32_t i = 0; i < work->mentees.count; i++) {
        struct person *mentee = &work->mentees.people[i];
        struct likeness likeness;
        TRY(find_likeness(work, mentee, &likeness));
        if (likeness.mentor == NAMES_NONE)
            continue;
        struct person *mentor = &work->mentors.people[likeness.mentor];
        mentee->same_person = likeness.mentor;
        mentor->same_person = i;
        TRY(problem_add(
            work->problems, PROBLEM_WARNING,
            (struct problem_place){work->mentees.sheet->file, mentee->line, NULL},
            MSG("nothing, if the person both learns and teaches; else take one row out"),
            MSG("%s seems to be the mentor %s (line %u of the mentors): %s; the two are not "
                "matched with each other"),
            mentee->id, mentor->id, (unsigned)mentor->line, likeness.by));
    }
    return RC_OK;
}

// A person of a side by id, e-mail or name.
static enum rc find_named(const struct work *work, const struct side *side, const char *text,
                          uint32_t *ret_found)
{
    enum rc rc = RC_OK;
    uint32_t found = find_by(&side->ids, work->arena, text, &rc);
    if (found == NAMES_NONE)
        found = find_by(&side->emails, work->arena, text, &rc);
    if (found == NAMES_NONE)
        found = find_by(&side->names, work->arena, text, &rc);
    TRY(rc);
    *ret_found = found;
    return RC_OK;
}

// Finds the people that a person named, on the other side.
static enum rc resolve_names(const struct work *work, const struct side *own,
                             const struct side *other, const struct person *person,
                             enum column field)
{
    bool choices = field == COLUMN_CHOICES;
    struct person_name *names = choices ? person->choices : person->vetoes;
    uint32_t count = choices ? person->choice_count : person->veto_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t found = NAMES_NONE;
        TRY(find_named(work, other, names[i].text, &found));
        names[i].person = found;
        if (found == NAMES_NONE)
            TRY(problem_add(work->problems, PROBLEM_WARNING,
                            person_place(own->sheet, person->line, field),
                            MSG("write an id, e-mail address or name as in the other sheet"),
                            MSG("\"%.80s\" is nobody in the other sheet; the entry is not used"),
                            names[i].text));
    }
    return RC_OK;
}

static enum rc resolve_side(const struct work *work, const struct side *own,
                            const struct side *other)
{
    for (uint32_t i = 0; i < own->count; i++) {
        TRY(resolve_names(work, own, other, &own->people[i], COLUMN_CHOICES));
        TRY(resolve_names(work, own, other, &own->people[i], COLUMN_VETOES));
        for (uint32_t k = 0; k < own->people[i].manager_count; k++)
            TRY(find_named(work, other, own->people[i].managers[k].text,
                           &own->people[i].managers[k].person));
    }
    return RC_OK;
}

// ---- sheets
// --------------------------------------------------------------------------------------

// What a whole sheet lacks is said once, not for each row.
static enum rc check_columns(const struct person_reader *reader)
{
    const struct sheet *sheet = reader->sheet;
    struct problem_place place = {sheet->file, 1, NULL};
    bool mentor = reader->side == PERSON_MENTOR;
    enum column main = person_topic_field(sheet, reader->side);
    if (main == COLUMN_NONE)
        TRY(problem_add(
            reader->problems, PROBLEM_WARNING, place, MSG("add the column, or map one with --map"),
            MSG("no column says what %s, so topics cannot be matched"),
            mentor ? MSG("the mentors can help with") : MSG("the mentees want help with")));
    if (main == COLUMN_INTERESTS || (mentor && main == COLUMN_WISHES))
        TRY(problem_add(
            reader->problems, PROBLEM_NOTE, person_place(sheet, 1, main),
            MSG("map the right column if that is wrong"), MSG("the column is read as what %s"),
            mentor ? MSG("the mentors can help with") : MSG("the mentees want help with")));
    bool located = sheet->column_of[COLUMN_COUNTRY] != SHEET_NO_COLUMN ||
                   sheet->column_of[COLUMN_CITY] != SHEET_NO_COLUMN ||
                   sheet->column_of[COLUMN_LOCATION] != SHEET_NO_COLUMN ||
                   sheet->column_of[COLUMN_ZONE] != SHEET_NO_COLUMN;
    if (located)
        return RC_OK;
    return problem_add(reader->problems, PROBLEM_WARNING, place,
                       MSG("add a column \"time zone\", or \"city\" and \"country\""),
                       MSG("no column says where people live, so time zones are unknown"));
}

static enum rc refuse_empty(const struct person_reader *reader)
{
    return problem_add(reader->problems, PROBLEM_ERROR,
                       (struct problem_place){reader->sheet->file, 0, NULL},
                       MSG("give a sheet with a row for each person"),
                       MSG("the sheet has a header but nobody in it"));
}

static enum rc read_side(struct person_reader *reader, struct person **ret_people,
                         uint32_t *ret_count)
{
    uint32_t count = sheet_row_count(reader->sheet);
    struct person *people = ARENA_ARRAY(reader->arena, struct person, count);
    if (people == NULL)
        return RC_NO_MEMORY;
    TRY(check_columns(reader));
    TRY(person_add_statements(reader));
    for (uint32_t row = 0; row < count; row++)
        TRY(person_read_row(reader, row, &people[row]));
    *ret_people = people;
    *ret_count = count;
    return count > 0 ? RC_OK : refuse_empty(reader);
}

static enum rc read_sheet(struct arena *arena, const struct roster_source *source,
                          const struct roster_options *options, struct problem_list *problems,
                          struct sheet *ret_sheet)
{
    struct sheet_options sheet_options = {
        .csv = {.file = source->file, .limits = options->limits},
        .maps = source->maps,
        .map_count = source->map_count,
    };
    return sheet_read(arena, source->bytes, source->length, &sheet_options, problems, ret_sheet);
}

static enum rc join_sides(struct arena *arena, struct problem_list *problems,
                          const struct roster *roster)
{
    struct work work = {
        .arena = arena,
        .problems = problems,
        .mentees = {.people = roster->mentees, .count = roster->mentee_count},
        .mentors = {.people = roster->mentors, .count = roster->mentor_count},
    };
    work.mentees.sheet = &roster->mentee_sheet;
    work.mentors.sheet = &roster->mentor_sheet;
    TRY(index_side(&work, &work.mentees));
    TRY(index_side(&work, &work.mentors));
    TRY(find_same_people(&work));
    TRY(resolve_side(&work, &work.mentees, &work.mentors));
    return resolve_side(&work, &work.mentors, &work.mentees);
}

// A sheet that cannot be used does not keep the other one from being looked at.
static bool stops(enum rc rc)
{
    return rc != RC_OK && rc != RC_BAD_INPUT && rc != RC_LIMIT;
}

// Reads the people of the sheets that can be used.
static enum rc read_people(struct person_reader *reader, bool mentees, bool mentors)
{
    struct roster *roster = reader->roster;
    reader->sheet = &roster->mentee_sheet;
    reader->side = PERSON_MENTEE;
    if (mentees)
        TRY(read_side(reader, &roster->mentees, &roster->mentee_count));
    reader->sheet = &roster->mentor_sheet;
    reader->side = PERSON_MENTOR;
    if (mentors)
        TRY(read_side(reader, &roster->mentors, &roster->mentor_count));
    return mentees && mentors ? join_sides(reader->arena, reader->problems, roster) : RC_OK;
}

enum rc roster_read(struct arena *arena, const struct roster_source *mentees,
                    const struct roster_source *mentors, const struct roster_options *options,
                    struct problem_list *problems, struct roster *ret_roster)
{
    size_t errors = problem_count(problems, PROBLEM_ERROR);
    struct roster *roster = ARENA_NEW(arena, struct roster);
    if (roster == NULL)
        return RC_NO_MEMORY;
    topic_table_open(&roster->topics, arena);
    enum rc mentee_rc = read_sheet(arena, mentees, options, problems, &roster->mentee_sheet);
    if (stops(mentee_rc))
        return mentee_rc;
    enum rc mentor_rc = read_sheet(arena, mentors, options, problems, &roster->mentor_sheet);
    if (stops(mentor_rc))
        return mentor_rc;
    uint32_t capacity_max = options->capacity_max;
    struct person_reader reader = {
        .arena = arena,
        .problems = problems,
        .places = options->places,
        .roster = roster,
        .capacity_max = capacity_max == 0 ? (uint32_t)PERSON_CAPACITY_MAX : capacity_max,
    };
    TRY(read_people(&reader, mentee_rc == RC_OK, mentor_rc == RC_OK));
    if (problem_count(problems, PROBLEM_ERROR) > errors)
        return RC_BAD_INPUT;
    *ret_roster = *roster;
    return RC_OK;
}

enum rc person_open(struct person_reader *reader, const struct roster_source *source,
                    const struct roster_options *options, struct problem_list *problems)
{
    struct roster *roster = reader->roster;
    struct sheet *sheet =
        reader->side == PERSON_MENTOR ? &roster->mentor_sheet : &roster->mentee_sheet;
    uint32_t capacity_max = options->capacity_max;
    reader->problems = problems;
    reader->places = options->places;
    reader->sheet = sheet;
    reader->capacity_max = capacity_max == 0 ? (uint32_t)PERSON_CAPACITY_MAX : capacity_max;
    topic_table_open(&roster->topics, reader->arena);
    TRY(read_sheet(reader->arena, source, options, problems, sheet));
    TRY(check_columns(reader));
    TRY(person_add_statements(reader));
    if (sheet_row_count(sheet) == 0) {
        TRY(refuse_empty(reader));
        return RC_BAD_INPUT;
    }
    return RC_OK;
}
