// SPDX-License-Identifier: Apache-2.0
//
// A sheet, as the reader of sheets understands it, in the words of sign-ups; pure but for the tz
// database.
#include "app/import/import.h"

#include <string.h>

#include "base/date.h"
#include "base/weekly.h"
#include "base/zone.h"

#include "sheet/person_row.h"

enum { PROBLEMS_MAX = 2000, NEAR_PERCENT = 95, TEXT_LIMIT_BYTES = 64 << 10 };

const struct import_field import_fields[] = {
    {"name",            MSG("Name")                        },
    {"first_name",      MSG("First name")                  },
    {"last_name",       MSG("Last name")                   },
    {"email",           MSG("E-mail address")              },
    {"city",            MSG("City")                        },
    {"country",         MSG("Country")                     },
    {"time_zone",       MSG("Time zone")                   },
    {"pronouns",        MSG("Pronouns")                    },
    {"woman",           MSG("Is a woman")                  },
    {"skills",          MSG("What she can help with")      },
    {"wishes",          MSG("What she wants help with")    },
    {"languages",       MSG("Languages")                   },
    {"level",           MSG("Level")                       },
    {"employer",        MSG("Where she works or studies")  },
    {"availability",    MSG("When she has time")           },
    {"max_mentees",     MSG("Mentees at most")             },
    {"hours_per_month", MSG("Hours a month")               },
    {"years",           MSG("Years in tech")               },
    {"meeting_place",   MSG("Where she can meet in person")},
    {"line_manager",    MSG("Line manager")                },
    {"notes",           MSG("A few words about her")       },
    {NULL,              NULL                               },
};

// ---- one person ------------------------------------------------------------------------------

// The topics of the list by their labels, to recognise typed ones.
struct known {
    struct topic_table table;
    uint32_t label[64]; // of enrolment_topics
    size_t count;
};

static enum rc open_known(struct arena *arena, struct known *known)
{
    topic_table_open(&known->table, arena);
    for (; enrolment_topics[known->count].value != NULL; known->count++)
        TRY(topic_add(&known->table, text_of(enrolment_topics[known->count].label),
                      &known->label[known->count]));
    return RC_OK;
}

// Typed topics: those of the list go to `topics`, the others stay in her words. A semicolon would
// divide them.
static enum rc set_topics(struct arena *arena, struct known *known,
                          const struct person_topic *typed, uint32_t count,
                          struct import_person *person)
{
    struct buffer listed;
    struct buffer other;
    buffer_open(&listed, arena, TEXT_LIMIT_BYTES);
    buffer_open(&other, arena, TEXT_LIMIT_BYTES);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t topic = 0;
        size_t found = known->count;
        TRY(topic_add(&known->table, text_of(typed[k].text), &topic));
        for (size_t l = 0; topic != TOPIC_NO_TOPIC && l < known->count; l++)
            if (topic_relate(&known->table, known->label[l], topic).percent >= NEAR_PERCENT)
                found = l;
        if (found < known->count) {
            if (enrolment_common(enrolment_topics[found].value, listed.bytes) == 0)
                buffer_printf(&listed, "%s ", enrolment_topics[found].value);
        } else if (topic != TOPIC_NO_TOPIC) {
            buffer_printf(&other, "%s%s", other.length == 0 ? "" : "; ", typed[k].text);
        }
    }
    TRY(listed.rc);
    TRY(other.rc);
    person->topics = listed.bytes;
    person->other = other.bytes;
    return RC_OK;
}

static enum rc set_languages(struct arena *arena, const struct person *from,
                             struct import_person *person)
{
    struct buffer out;
    buffer_open(&out, arena, TEXT_LIMIT_BYTES);
    for (size_t l = 0; enrolment_languages[l].value != NULL; l++) {
        char *key = NULL;
        const char *label = enrolment_languages[l].label;
        TRY(text_word_key(arena, label, strlen(label), &key));
        for (uint32_t k = 0; k < from->language_count; k++)
            if (strcmp(from->languages[k].key, key) == 0) {
                buffer_printf(&out, "%s ", enrolment_languages[l].value);
                break;
            }
    }
    person->languages = out.bytes;
    return out.rc;
}

static bool is_free(const struct person *from, int half_hour)
{
    return half_hour < WEEKLY_QUARTERS / 2 &&
           (from->week[half_hour / 64] >> (half_hour % 64) & 1) != 0;
}

// Half-hours as windows, day by day.
static enum rc set_week(struct arena *arena, const struct person *from,
                        struct import_person *person)
{
    enum { HALF_HOURS_A_DAY = 48 };
    struct buffer out;
    buffer_open(&out, arena, TEXT_LIMIT_BYTES);
    for (int day = 0; from->has_week && day < 7; day++)
        for (int at = 0; at < HALF_HOURS_A_DAY; at++) {
            int start = at;
            while (at < HALF_HOURS_A_DAY && is_free(from, day * HALF_HOURS_A_DAY + at))
                at++;
            if (at > start) {
                struct weekly weekly = {(char)('1' + day), start * 30, at * 30, true};
                weekly_add(&out, &weekly);
            }
        }
    person->week = out.bytes;
    return out.rc;
}

static int64_t level_of(enum person_level level)
{
    static const int64_t levels[] = {
        [PERSON_LEVEL_UNKNOWN] = 0,  [PERSON_LEVEL_STUDENT] = 1, [PERSON_LEVEL_JUNIOR] = 1,
        [PERSON_LEVEL_MIDDLE] = 2,   [PERSON_LEVEL_SENIOR] = 3,  [PERSON_LEVEL_LEAD] = 4,
        [PERSON_LEVEL_EXECUTIVE] = 4};
    return levels[level];
}

char *import_lower(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text);
    for (char *c = copy; c != NULL && *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return copy;
}

static enum rc set_person(struct arena *arena, struct known *known, const struct person *from,
                          struct import_person *person)
{
    bool mentor = from->side == PERSON_MENTOR;
    *person = (struct import_person){
        .line = from->line,
        .name = from->name,
        .email = import_lower(arena, from->email),
        .zone = from->place.zone == NULL ? "" : from->place.zone,
        .pronouns = from->pronouns,
        .employer = from->texts[COLUMN_EMPLOYER],
        .about = from->texts[COLUMN_NOTES],
        .top = "",
        .formats = "",
        .goal = "",
        .level = level_of(from->level),
        .places = mentor ? from->capacity : from->mentors_wanted,
        .hours = from->hours_a_month_x10 < 0 ? 0 : (from->hours_a_month_x10 + 9) / 10,
        .woman = from->woman == PERSON_YES  ? 1
                 : from->woman == PERSON_NO ? 2
                                            : 0,
        .years = from->years < 0 || from->years > ENROLMENT_YEARS_MAX
                     ? ""
                     : arena_printf(arena, "%d", (int)from->years),
        .skills = "",
        .place = from->texts[COLUMN_MEETING_PLACE],
        .manager = from->texts[COLUMN_MANAGER],
        .managed = "",
        .becomes = ""};
    if (person->email == NULL || person->years == NULL)
        return RC_NO_MEMORY;
    TRY(set_topics(arena, known, mentor ? from->skills : from->wishes,
                   mentor ? from->skill_count : from->wish_count, person));
    TRY(set_languages(arena, from, person));
    return set_week(arena, from, person);
}

// ---- the sheet -------------------------------------------------------------------------------

struct reading {
    struct arena *arena;
    const char *file;
    bool mentors;
    struct problem_list problems;
    struct roster roster;
    struct person_reader reader;
    struct import_sheet *sheet;
    const struct import_source *source;
    uint32_t *answers; // the columns of import_sheet.asked
};

static bool is_of_ours(const char *choice)
{
    for (size_t k = 0; import_fields[k].name != NULL; k++)
        if (strcmp(import_fields[k].name, choice) == 0)
            return true;
    return false;
}

// Which columns answer own questions: as chosen, or by their headings when nothing was.
static enum rc find_questions(struct reading *reading, const struct sheet *from)
{
    const struct import_source *source = reading->source;
    struct import_sheet *sheet = reading->sheet;
    sheet->asked =
        ARENA_ARRAY(reading->arena, const struct enrolment_question *, from->column_count);
    reading->answers = ARENA_ARRAY(reading->arena, uint32_t, from->column_count);
    if (sheet->asked == NULL || reading->answers == NULL)
        return RC_NO_MEMORY;
    for (uint32_t c = 0; c < from->column_count; c++) {
        const struct enrolment_question *question = NULL;
        enum column field = from->columns[c].field; // years are asked by programmes too
        bool is_free =
            field == COLUMN_NONE || field == COLUMN_YEARS || !is_of_ours(field_row(field)->name);
        if (source->choices != NULL && c < source->choice_count)
            question = import_question_of(source, source->choices[c]);
        else if (source->choices == NULL && is_free)
            TRY(import_question_like(reading->arena, source, from->columns[c].key, &question));
        for (size_t k = 0; k < sheet->asked_count; k++)
            if (sheet->asked[k] == question)
                question = NULL; // the first column has it
        if (question == NULL)
            continue;
        reading->answers[sheet->asked_count] = c;
        sheet->asked[sheet->asked_count++] = question;
    }
    return RC_OK;
}

static const struct enrolment_question *asked_by(const struct reading *reading, uint32_t column)
{
    for (size_t k = 0; k < reading->sheet->asked_count; k++)
        if (reading->answers[k] == column)
            return reading->sheet->asked[k];
    return NULL;
}

// The answers of one row, and a remark for each cell that is none.
static enum rc read_answers(const struct reading *reading, const struct person_reader *reader,
                            uint32_t row, struct import_person *person)
{
    const struct import_sheet *sheet = reading->sheet;
    person->answers = ARENA_ARRAY(reading->arena, const char *, sheet->asked_count);
    if (person->answers == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < sheet->asked_count; k++) {
        const struct sheet_column *column = &reader->sheet->columns[reading->answers[k]];
        const struct import_cell cell = {sheet_cell(reader->sheet, row, reading->answers[k]),
                                         column->separator};
        const struct problem_place place = {reading->file, sheet_line(reader->sheet, row),
                                            column->heading};
        const char *value = "";
        enum rc rc = import_question_read(reader->arena, sheet->asked[k], &cell, &value);
        if (rc == RC_BAD_INPUT) {
            value = "";
            rc = problem_add(reader->problems, PROBLEM_WARNING, place,
                             import_question_todo(sheet->asked[k]),
                             MSG("\"%.*s\" is no answer to this question; it is left out"),
                             (int)(cell.text.length < 80 ? cell.text.length : 80), cell.text.bytes);
        }
        TRY(rc);
        person->answers[k] = value[0] == '\0' ? "" : arena_strdup(reading->arena, value);
        if (person->answers[k] == NULL)
            return RC_NO_MEMORY;
    }
    return RC_OK;
}

static enum rc take_columns(struct reading *reading, const struct sheet *from)
{
    struct import_sheet *sheet = reading->sheet;
    sheet->columns = ARENA_ARRAY(reading->arena, struct import_column, from->column_count);
    if (sheet->columns == NULL)
        return RC_NO_MEMORY;
    sheet->column_count = from->column_count;
    for (uint32_t k = 0; k < from->column_count; k++) {
        const struct sheet_column *column = &from->columns[k];
        const struct enrolment_question *question = asked_by(reading, k);
        if (question != NULL) {
            const char *name = arena_printf(reading->arena, "q%lld", (long long)question->line);
            if (name == NULL)
                return RC_NO_MEMORY;
            sheet->columns[k] = (struct import_column){column->heading, name, ""};
            continue;
        }
        bool used = column->field != COLUMN_NONE && column->rule != SHEET_RULE_TAKEN;
        sheet->columns[k] =
            (struct import_column){column->heading, used ? field_row(column->field)->name : "",
                                   sheet_rule_text(column->rule)};
    }
    return RC_OK;
}

// A remark that a column is not known, which answers an own question all the same.
static bool is_answered(const struct reading *reading, const struct problem *p)
{
    for (size_t k = 0; p->column != NULL && k < reading->sheet->asked_count; k++)
        if (p->column == reading->reader.sheet->columns[reading->answers[k]].heading)
            return strncmp(p->what, "the column ", 11) == 0;
    return false;
}

static enum rc take_notes(struct reading *reading)
{
    struct import_sheet *sheet = reading->sheet;
    sheet->notes = ARENA_ARRAY(reading->arena, struct import_note, reading->problems.count);
    if (sheet->notes == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < reading->problems.count; k++) {
        const struct problem *p = &reading->problems.items[k];
        if (is_answered(reading, p))
            continue;
        sheet->notes[sheet->note_count++] = (struct import_note){
            problem_severity_text(p->severity),
            p->line,
            p->column == NULL ? "" : p->column,
            p->what,
            strstr(p->todo, "--map") == NULL ? p->todo : MSG("choose what the columns are, below"),
            p->said};
    }
    return RC_OK;
}

// All texts of a person, in an arena that stays. What stands in the sheet's own bytes is copied
// too: nothing tells the two apart.
static enum rc keep_person(struct arena *arena, const struct import_person *from,
                           struct import_person *ret_person)
{
    *ret_person = *from;
    const char **texts[] = {&ret_person->name,     &ret_person->email,     &ret_person->zone,
                            &ret_person->pronouns, &ret_person->topics,    &ret_person->other,
                            &ret_person->week,     &ret_person->languages, &ret_person->employer,
                            &ret_person->about,    &ret_person->years,     &ret_person->place,
                            &ret_person->manager};
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        *texts[k] = (*texts[k])[0] == '\0' ? "" : arena_strdup(arena, *texts[k]);
        if (*texts[k] == NULL)
            return RC_NO_MEMORY;
    }
    return RC_OK;
}

// What reading a row makes on its way is as much as many rows are: it is given back after some.
static enum rc take_some(const struct reading *reading, struct arena *scratch, uint32_t from,
                         uint32_t to)
{
    struct roster *roster = ARENA_NEW(scratch, struct roster);
    struct known *known = ARENA_NEW(scratch, struct known);
    struct person *person = ARENA_NEW(scratch, struct person);
    struct person_reader reader = reading->reader;
    if (roster == NULL || known == NULL || person == NULL)
        return RC_NO_MEMORY;
    memcpy(roster->statements, reading->roster.statements, sizeof roster->statements);
    roster->statement_count = reading->roster.statement_count;
    topic_table_open(&roster->topics, scratch);
    reader.arena = scratch;
    reader.roster = roster;
    TRY(open_known(scratch, known));
    for (uint32_t row = from; row < to; row++) {
        struct import_person made;
        TRY(person_read_row(&reader, row, person));
        TRY(set_person(scratch, known, person, &made));
        TRY(read_answers(reading, &reader, row, &made));
        TRY(keep_person(reading->arena, &made, &reading->sheet->people[row]));
    }
    return RC_OK;
}

static enum rc take_people(struct reading *reading)
{
    enum { ROWS_AT_ONCE = 200, SCRATCH_LIMIT_BYTES = 64 << 20 };
    struct import_sheet *sheet = reading->sheet;
    uint32_t count = sheet_row_count(reading->reader.sheet);
    sheet->people = ARENA_ARRAY(reading->arena, struct import_person, count);
    if (sheet->people == NULL)
        return RC_NO_MEMORY;
    for (uint32_t row = 0; row < count; row += ROWS_AT_ONCE) {
        struct arena scratch;
        arena_open(&scratch, SCRATCH_LIMIT_BYTES);
        uint32_t to = count - row < ROWS_AT_ONCE ? count : row + ROWS_AT_ONCE;
        enum rc rc = take_some(reading, &scratch, row, to);
        arena_close(&scratch);
        TRY(rc);
    }
    sheet->person_count = count;
    return RC_OK;
}

static enum rc open_places(struct arena *arena, const struct cohort *cohort,
                           struct place_book **ret_places)
{
    struct date starts;
    const char *error = NULL;
    TRY(date_parse(cohort->starts, &starts));
    int64_t from_s = date_to_days(starts) * DATE_SECONDS_A_DAY;
    return place_book_load(arena, ZONE_FOLDER, from_s,
                           from_s + cohort->weeks * 7 * DATE_SECONDS_A_DAY, ret_places, &error);
}

// Columns are named by their number from 1, so that two with one heading can be told apart.
static enum rc make_maps(struct arena *arena, const char *const *choices, size_t count,
                         struct roster_source *source)
{
    struct sheet_map *maps = ARENA_ARRAY(arena, struct sheet_map, count);
    if (maps == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; choices != NULL && k < count; k++) {
        const char *column = arena_printf(arena, "%zu", k + 1);
        if (column == NULL)
            return RC_NO_MEMORY;
        maps[source->map_count++] =
            (struct sheet_map){is_of_ours(choices[k]) ? choices[k] : "none", column};
    }
    source->maps = maps;
    return RC_OK;
}

enum rc import_read(struct arena *arena, const struct import_source *source,
                    struct import_sheet *ret_sheet)
{
    struct reading reading = {.arena = arena,
                              .file = source->file,
                              .mentors = source->mentors,
                              .sheet = ret_sheet,
                              .source = source};
    struct place_book *places = NULL;
    struct roster_source ours = {
        .file = source->file, .bytes = source->content.bytes, .length = source->content.length};
    *ret_sheet = (struct import_sheet){0};
    enum rc own = import_read_own(arena, source, ret_sheet);
    if (own != RC_NOT_FOUND)
        return own;
    problem_list_open(&reading.problems, arena, PROBLEMS_MAX);
    TRY(open_places(arena, source->cohort, &places));
    TRY(make_maps(arena, source->choices, source->choice_count, &ours));
    reading.reader = (struct person_reader){
        .arena = arena,
        .side = source->mentors ? PERSON_MENTOR : PERSON_MENTEE,
        .roster = &reading.roster,
    };
    enum rc rc = person_open(&reading.reader, &ours, &(struct roster_options){.places = places},
                             &reading.problems);
    if (rc != RC_OK && rc != RC_BAD_INPUT && rc != RC_LIMIT)
        return rc;
    const struct sheet *sheet =
        source->mentors ? &reading.roster.mentor_sheet : &reading.roster.mentee_sheet;
    if (sheet->columns != NULL)
        TRY(find_questions(&reading, sheet));
    if (rc == RC_OK)
        TRY(take_people(&reading));
    ret_sheet->usable = rc == RC_OK && problem_count(&reading.problems, PROBLEM_ERROR) == 0;
    if (!ret_sheet->usable)
        ret_sheet->person_count = 0;
    TRY(take_notes(&reading));
    return sheet->columns == NULL ? RC_OK : take_columns(&reading, sheet);
}
