// SPDX-License-Identifier: Apache-2.0
// One row, one person; see person_row.h.
#include "sheet/person_row.h"

#include <string.h>

#include "base/msg.h"

#include "sheet/cell.h"
#include "sheet/week.h"

struct problem_place person_place(const struct sheet *sheet, uint32_t line, enum column field)
{
    return (struct problem_place){sheet->file, line, sheet_heading(sheet, field)};
}

static struct problem_place place_of(const struct person_reader *reader,
                                     const struct person *person, enum column field)
{
    return person_place(reader->sheet, person->line, field);
}

static bool has_column(const struct person_reader *reader, enum column field)
{
    return reader->sheet->column_of[field] != SHEET_NO_COLUMN;
}

static bool is_said(const struct person *person, enum column field)
{
    return person->texts[field][0] != '\0';
}

// The cell as text closed by a NUL, trimmed; the sheet's own bytes where that is possible.
static enum rc closed_text(struct arena *arena, struct text cell, const char **ret_text)
{
    if (cell.length == 0) {
        *ret_text = "";
        return RC_OK;
    }
    if (cell.bytes[cell.length] == '\0') {
        *ret_text = cell.bytes;
        return RC_OK;
    }
    *ret_text = arena_strndup(arena, cell.bytes, cell.length);
    return *ret_text == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc read_texts(const struct person_reader *reader, uint32_t row, struct person *person)
{
    for (int field = 0; field < COLUMN_COUNT; field++) {
        struct text cell = sheet_field(reader->sheet, row, (enum column)field);
        TRY(closed_text(reader->arena, cell, &person->texts[field]));
    }
    return RC_OK;
}

static enum rc key_of(const struct person_reader *reader, const char *text, char **ret_key)
{
    return text_word_key(reader->arena, text, strlen(text), ret_key);
}

// ---- who
// -----------------------------------------------------------------------------------------

static enum rc read_id(const struct person_reader *reader, struct person *person)
{
    person->id = person->texts[COLUMN_ID];
    if (person->id[0] != '\0')
        return RC_OK;
    person->id = arena_printf(reader->arena, "row-%u", (unsigned)person->line);
    if (person->id == NULL)
        return RC_NO_MEMORY;
    if (!has_column(reader, COLUMN_ID))
        return RC_OK;
    return problem_add(reader->problems, PROBLEM_WARNING, place_of(reader, person, COLUMN_ID),
                       MSG("give the row an id of its own"), MSG("the id is blank; \"%s\" is used"),
                       person->id);
}

static enum rc read_name(const struct person_reader *reader, struct person *person)
{
    const char *first = person->texts[COLUMN_FIRST_NAME];
    const char *last = person->texts[COLUMN_LAST_NAME];
    person->name = person->texts[COLUMN_NAME];
    if (person->name[0] == '\0' && (first[0] != '\0' || last[0] != '\0'))
        person->name = arena_printf(reader->arena, "%s%s%s", first,
                                    first[0] != '\0' && last[0] != '\0' ? " " : "", last);
    if (person->name == NULL)
        return RC_NO_MEMORY;
    if (person->name[0] == '\0')
        person->name = person->id;
    return RC_OK;
}

static enum rc read_email(const struct person_reader *reader, struct person *person)
{
    person->email = person->texts[COLUMN_EMAIL];
    if (person->email[0] == '\0' || cell_is_email(text_of(person->email)))
        return RC_OK;
    return problem_add(reader->problems, PROBLEM_WARNING, place_of(reader, person, COLUMN_EMAIL),
                       MSG("correct the address"), MSG("\"%s\" is not an e-mail address"),
                       person->email);
}

static enum rc read_pronouns(const struct person_reader *reader, struct person *person)
{
    const char *typed = person->texts[COLUMN_PRONOUNS];
    char *key = NULL;
    TRY(key_of(reader, typed, &key));
    person->pronouns = typed;
    if (typed[0] == '\0' || cell_is_pronouns(key))
        return RC_OK;
    person->pronouns = "";
    return problem_add(reader->problems, PROBLEM_WARNING, place_of(reader, person, COLUMN_PRONOUNS),
                       MSG("check whether the cell belongs to another column"),
                       MSG("\"%s\" does not look like pronouns; it is not shown as such"), typed);
}

// A cell that answers yes or no.
static enum rc read_answer(const struct person_reader *reader, struct person *person,
                           enum column field, enum person_answer *ret_answer)
{
    char *key = NULL;
    TRY(key_of(reader, person->texts[field], &key));
    *ret_answer = cell_answer(key);
    if (key[0] == '\0' || *ret_answer != PERSON_UNKNOWN)
        return RC_OK;
    return problem_add(
        reader->problems, PROBLEM_WARNING, place_of(reader, person, field), MSG("write yes or no"),
        MSG("\"%s\" is neither yes nor no; it is taken as unknown"), person->texts[field]);
}

static enum rc read_gender(const struct person_reader *reader, struct person *person)
{
    TRY(read_answer(reader, person, COLUMN_WOMAN, &person->woman));
    TRY(read_answer(reader, person, COLUMN_WANTS_WOMAN, &person->wants_woman));
    TRY(read_answer(reader, person, COLUMN_OPEN_TO_ALL, &person->open_to_all));
    if (person->woman != PERSON_UNKNOWN)
        return RC_OK;
    char *key = NULL;
    TRY(key_of(reader, person->texts[COLUMN_GENDER], &key));
    person->woman = cell_gender(key);
    return RC_OK;
}

// ---- where
// ---------------------------------------------------------------------------------------

static enum column place_field(const struct person *person, const struct place *place)
{
    if (place->status == PLACE_UNKNOWN_ZONE || place->status == PLACE_EXACT)
        return COLUMN_ZONE;
    if (is_said(person, COLUMN_CITY))
        return COLUMN_CITY;
    return is_said(person, COLUMN_LOCATION) ? COLUMN_LOCATION : COLUMN_COUNTRY;
}

static bool has_place_column(const struct person_reader *reader)
{
    return has_column(reader, COLUMN_CITY) || has_column(reader, COLUMN_COUNTRY) ||
           has_column(reader, COLUMN_LOCATION) || has_column(reader, COLUMN_ZONE);
}

static enum rc report_place(const struct person_reader *reader, const struct person *person)
{
    const struct place *place = &person->place;
    struct problem_place where = place_of(reader, person, place_field(person, place));
    if (place->zone != NULL && place->check)
        return problem_add_to(reader->problems, PROBLEM_WARNING, where,
                              MSG("check the place, or add a column \"time zone\""), place->said,
                              MSG("%s is used"), place->zone);
    if (place->zone != NULL || !has_place_column(reader))
        return RC_OK;
    const char *todo = place->status == PLACE_CONTRADICTORY
                           ? MSG("correct the city or the country, or add a column \"time zone\"")
                           : MSG("add a column \"time zone\" with a name such as Europe/Berlin");
    return problem_add_to(reader->problems, PROBLEM_WARNING, where, todo, place->said,
                          MSG("the time zone is unknown"));
}

static enum rc read_place(const struct person_reader *reader, struct person *person)
{
    struct place_question question = {
        .zone = person->texts[COLUMN_ZONE],
        .city = person->texts[COLUMN_CITY],
        .region = person->texts[COLUMN_REGION],
        .country = person->texts[COLUMN_COUNTRY],
        .location = person->texts[COLUMN_LOCATION],
    };
    TRY(place_find(reader->places, reader->arena, &question, &person->place));
    return report_place(reader, person);
}

// ---- lists
// ---------------------------------------------------------------------------------------

struct parts {
    struct text *items;
    size_t count;
};

// The parts of all columns of a field, from left to right.
static enum rc read_parts(const struct person_reader *reader, const struct person *person,
                          uint32_t row, enum column field, struct parts *ret_parts)
{
    struct parts all = {NULL, 0};
    for (uint32_t c = 0; c < reader->sheet->column_count; c++) {
        const struct sheet_column *column = &reader->sheet->columns[c];
        struct parts one = {NULL, 0};
        if (column->field != field)
            continue;
        struct text cell = sheet_cell(reader->sheet, row, c);
        enum rc rc = sheet_split(reader->arena, cell, column->separator, &one.items, &one.count);
        if (rc == RC_LIMIT)
            TRY(problem_add(
                reader->problems, PROBLEM_ERROR,
                (struct problem_place){reader->sheet->file, person->line, column->heading},
                MSG("shorten the list"), MSG("the list has more than %d entries"),
                SHEET_PARTS_MAX));
        else
            TRY(rc);
        if (one.count == 0)
            continue;
        struct text *joined = arena_grow(reader->arena, all.items, all.count * sizeof *joined,
                                         (all.count + one.count) * sizeof *joined);
        if (joined == NULL)
            return RC_NO_MEMORY;
        memcpy(joined + all.count, one.items, one.count * sizeof *joined);
        all = (struct parts){joined, all.count + one.count};
    }
    *ret_parts = all;
    return RC_OK;
}

static bool has_topic(const struct person_topic *topics, uint32_t count, uint32_t topic)
{
    for (uint32_t i = 0; i < count; i++) {
        if (topics[i].topic == topic)
            return true;
    }
    return false;
}

// Topics of a field; one that was said before, and one without a word, is left out.
static enum rc read_topics(const struct person_reader *reader, const struct person *person,
                           uint32_t row, enum column field, struct person_topic **ret_topics,
                           uint32_t *ret_count)
{
    struct parts parts = {NULL, 0};
    if (field != COLUMN_NONE)
        TRY(read_parts(reader, person, row, field, &parts));
    struct person_topic *topics = ARENA_ARRAY(reader->arena, struct person_topic, parts.count);
    if (topics == NULL)
        return RC_NO_MEMORY;
    uint32_t count = 0;
    for (size_t i = 0; i < parts.count; i++) {
        struct person_topic topic = {"", TOPIC_NO_TOPIC};
        TRY(topic_add(&reader->roster->topics, parts.items[i], &topic.topic));
        if (topic.topic == TOPIC_NO_TOPIC || has_topic(topics, count, topic.topic))
            continue;
        topic.text = arena_strndup(reader->arena, parts.items[i].bytes, parts.items[i].length);
        if (topic.text == NULL)
            return RC_NO_MEMORY;
        topics[count++] = topic;
    }
    *ret_topics = topics;
    *ret_count = count;
    return RC_OK;
}

enum column person_topic_field(const struct sheet *sheet, enum person_side side)
{
    static const enum column mentor_order[] = {COLUMN_SKILLS, COLUMN_WISHES, COLUMN_INTERESTS};
    static const enum column mentee_order[] = {COLUMN_WISHES, COLUMN_INTERESTS};
    const enum column *order = side == PERSON_MENTOR ? mentor_order : mentee_order;
    size_t count = side == PERSON_MENTOR ? 3 : 2;
    for (size_t i = 0; i < count; i++) {
        if (sheet->column_of[order[i]] != SHEET_NO_COLUMN)
            return order[i];
    }
    return COLUMN_NONE;
}

static enum rc read_all_topics(const struct person_reader *reader, uint32_t row,
                               struct person *person)
{
    bool mentor = person->side == PERSON_MENTOR;
    enum column main = person_topic_field(reader->sheet, person->side);
    enum column skills = mentor ? main : COLUMN_SKILLS;
    enum column wishes = mentor ? (main == COLUMN_WISHES ? COLUMN_NONE : COLUMN_WISHES) : main;
    TRY(read_topics(reader, person, row, skills, &person->skills, &person->skill_count));
    TRY(read_topics(reader, person, row, wishes, &person->wishes, &person->wish_count));
    TRY(read_topics(reader, person, row, COLUMN_INTERESTS, &person->interests,
                    &person->interest_count));
    uint32_t count = mentor ? person->skill_count : person->wish_count;
    if (count > 0 || main == COLUMN_NONE)
        return RC_OK;
    return problem_add(
        reader->problems, PROBLEM_WARNING, place_of(reader, person, main),
        mentor ? MSG("ask what they can help with") : MSG("ask what they want help with"), "%s",
        mentor ? MSG("nothing is said of what the mentor can help with")
               : MSG("nothing is said of what the mentee wants help with"));
}

static enum rc read_languages(const struct person_reader *reader, uint32_t row,
                              struct person *person)
{
    struct parts parts = {NULL, 0};
    TRY(read_parts(reader, person, row, COLUMN_LANGUAGES, &parts));
    person->languages = ARENA_ARRAY(reader->arena, struct person_language, parts.count);
    if (person->languages == NULL)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < parts.count; i++) {
        struct person_language language;
        TRY(cell_language(reader->arena, parts.items[i], &language));
        if (language.key[0] != '\0')
            person->languages[person->language_count++] = language;
    }
    return RC_OK;
}

static enum rc read_people(const struct person_reader *reader, const struct person *person,
                           uint32_t row, enum column field, struct person_name **ret_names,
                           uint32_t *ret_count)
{
    struct parts parts = {NULL, 0};
    TRY(read_parts(reader, person, row, field, &parts));
    struct person_name *names = ARENA_ARRAY(reader->arena, struct person_name, parts.count);
    if (names == NULL)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < parts.count; i++) {
        names[i].person = PERSON_NOBODY;
        names[i].text = arena_strndup(reader->arena, parts.items[i].bytes, parts.items[i].length);
        if (names[i].text == NULL)
            return RC_NO_MEMORY;
    }
    *ret_names = names;
    *ret_count = (uint32_t)parts.count;
    return RC_OK;
}

static enum rc read_manager(const struct person_reader *reader, struct person *person)
{
    const char *typed = person->texts[COLUMN_MANAGER];
    if (typed[0] == '\0')
        return RC_OK;
    person->managers = ARENA_NEW(reader->arena, struct person_name);
    if (person->managers == NULL)
        return RC_NO_MEMORY;
    *person->managers = (struct person_name){typed, PERSON_NOBODY};
    person->manager_count = 1;
    return RC_OK;
}

// ---- numbers
// -------------------------------------------------------------------------------------

struct bounds {
    uint32_t low;
    uint32_t high;
};

// A whole number within bounds; blank keeps what stands there.
static enum rc read_number(const struct person_reader *reader, const struct person *person,
                           enum column field, struct bounds bounds, uint32_t *number)
{
    const char *typed = person->texts[field];
    uint32_t read = 0;
    if (typed[0] == '\0')
        return RC_OK;
    bool whole = cell_whole_number(text_of(typed), &read);
    if (whole && read >= bounds.low && read <= bounds.high) {
        *number = read;
        return RC_OK;
    }
    return problem_add(reader->problems, PROBLEM_ERROR, place_of(reader, person, field),
                       MSG("write a number within these bounds, or leave the cell blank"),
                       MSG("\"%s\" is not a whole number from %u to %u"), typed,
                       (unsigned)bounds.low, (unsigned)bounds.high);
}

static enum rc read_numbers(const struct person_reader *reader, struct person *person)
{
    struct bounds capacity = {0, reader->capacity_max};
    struct bounds wanted = {1, PERSON_WANTED_MAX};
    person->capacity = PERSON_CAPACITY_DEFAULT;
    person->mentors_wanted = 1;
    if (person->side == PERSON_MENTOR)
        TRY(read_number(reader, person, COLUMN_CAPACITY, capacity, &person->capacity));
    else
        TRY(read_number(reader, person, COLUMN_MENTORS_WANTED, wanted, &person->mentors_wanted));
    int32_t years_x10 = cell_first_number_x10(text_of(person->texts[COLUMN_YEARS]));
    person->years = years_x10 < 0 ? -1 : years_x10 / 10;
    person->hours_a_month_x10 = cell_first_number_x10(text_of(person->texts[COLUMN_HOURS]));
    return RC_OK;
}

static enum rc warn_unread(const struct person_reader *reader, const struct person *person,
                           enum column field, const char *todo)
{
    return problem_add(reader->problems, PROBLEM_WARNING, place_of(reader, person, field), todo,
                       MSG("\"%.80s\" is not understood; it is taken as unknown"),
                       person->texts[field]);
}

static enum rc read_scales(const struct person_reader *reader, struct person *person)
{
    char *key = NULL;
    TRY(key_of(reader, person->texts[COLUMN_LEVEL], &key));
    person->level = cell_level(key);
    if (key[0] != '\0' && person->level == PERSON_LEVEL_UNKNOWN)
        TRY(warn_unread(reader, person, COLUMN_LEVEL,
                        MSG("write student, junior, middle, senior, lead or executive")));
    if (is_said(person, COLUMN_YEARS) && person->years < 0)
        TRY(warn_unread(reader, person, COLUMN_YEARS, MSG("write a number of years")));
    if (is_said(person, COLUMN_HOURS) && person->hours_a_month_x10 < 0)
        TRY(warn_unread(reader, person, COLUMN_HOURS, MSG("write a number of hours")));
    person->has_week = week_parse(text_of(person->texts[COLUMN_AVAILABILITY]), person->week);
    if (is_said(person, COLUMN_AVAILABILITY) && !person->has_week)
        TRY(warn_unread(reader, person, COLUMN_AVAILABILITY,
                        MSG("write days and times such as \"Mon-Fri 17:00-20:00; Sat morning\"")));
    return RC_OK;
}

// ---- statements
// ----------------------------------------------------------------------------------

// The statement with this heading's key; statement_count: none yet.
static enum rc find_statement(const struct person_reader *reader, const char *key,
                              uint32_t *ret_index)
{
    const struct roster *roster = reader->roster;
    uint32_t index = 0;
    for (; index < roster->statement_count; index++) {
        char *own = NULL;
        TRY(key_of(reader, roster->statements[index], &own));
        if (strcmp(own, key) == 0)
            break;
    }
    *ret_index = index;
    return RC_OK;
}

enum rc person_add_statements(const struct person_reader *reader)
{
    struct roster *roster = reader->roster;
    for (uint32_t c = 0; c < reader->sheet->column_count; c++) {
        const struct sheet_column *column = &reader->sheet->columns[c];
        uint32_t index = 0;
        if (column->field != COLUMN_STATEMENT)
            continue;
        TRY(find_statement(reader, column->key, &index));
        if (index < roster->statement_count)
            continue;
        struct problem_place where = {reader->sheet->file, 1, column->heading};
        if (index == PERSON_STATEMENTS_MAX)
            return problem_add(reader->problems, PROBLEM_WARNING, where, "",
                               MSG("there are more than %d statements; this one is not used"),
                               PERSON_STATEMENTS_MAX);
        roster->statements[roster->statement_count++] = column->heading;
    }
    return RC_OK;
}

static enum rc read_statements(const struct person_reader *reader, uint32_t row,
                               struct person *person)
{
    for (uint32_t c = 0; c < reader->sheet->column_count; c++) {
        const struct sheet_column *column = &reader->sheet->columns[c];
        struct text cell = sheet_cell(reader->sheet, row, c);
        if (column->field != COLUMN_STATEMENT || cell.length == 0)
            continue;
        char *key = NULL;
        uint32_t index = 0;
        TRY(text_word_key(reader->arena, cell.bytes, cell.length, &key));
        TRY(find_statement(reader, column->key, &index));
        uint8_t answer = cell_statement(key);
        if (index < reader->roster->statement_count)
            person->statements[index] = answer;
        struct problem_place where = {reader->sheet->file, person->line, column->heading};
        if (answer == 0)
            TRY(problem_add(reader->problems, PROBLEM_WARNING, where, MSG("answer with 1 to 5"),
                            MSG("\"%.*s\" is not an answer from 1 to 5; it is taken as unknown"),
                            (int)(cell.length < 80 ? cell.length : 80), cell.bytes));
    }
    return RC_OK;
}

enum rc person_read_row(const struct person_reader *reader, uint32_t row, struct person *ret_person)
{
    struct person person = {
        .side = reader->side,
        .line = sheet_line(reader->sheet, row),
        .same_person = PERSON_NOBODY,
    };
    TRY(read_texts(reader, row, &person));
    TRY(read_id(reader, &person));
    TRY(read_name(reader, &person));
    TRY(read_email(reader, &person));
    TRY(read_place(reader, &person));
    TRY(read_pronouns(reader, &person));
    TRY(read_gender(reader, &person));
    TRY(read_all_topics(reader, row, &person));
    TRY(read_languages(reader, row, &person));
    TRY(read_people(reader, &person, row, COLUMN_CHOICES, &person.choices, &person.choice_count));
    TRY(read_people(reader, &person, row, COLUMN_VETOES, &person.vetoes, &person.veto_count));
    TRY(read_manager(reader, &person));
    TRY(read_numbers(reader, &person));
    TRY(read_scales(reader, &person));
    TRY(read_statements(reader, row, &person));
    *ret_person = person;
    return RC_OK;
}
