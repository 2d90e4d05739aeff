// SPDX-License-Identifier: Apache-2.0
// Reads the plain instance format; see instance_text.h.
//
// Pairs go straight into rows while their mentees do not fall, as in every file that a program
// writes. The first one that falls makes the reader keep mentees beside the pairs, and sort at the
// end.
#include "instance_text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "objective_text.h"
#include "plain_cursor.h"

enum { LINE_BYTES_MIN = 8, LINKS_FIRST = 64 }; // "e 1 1 0" and its line end

// A list of pins, bans or earlier pairs, with the lines that they stand in.
struct link_line {
    struct mm_link link;
    uint32_t line;
};

struct link_list {
    struct link_line *items;
    size_t count;
    size_t capacity;
};

struct reader {
    struct plain_cursor cursor;
    struct arena *arena;
    uint32_t mentees;
    uint32_t mentors;
    uint64_t pairs_told;
    uint64_t pairs;
    uint64_t *first;     // rows so far: [mentee] is where her row begins, up to `row`
    uint32_t row;        // rows 0..row have begun
    uint32_t *mentee_of; // per pair, once mentees have fallen; else NULL
    uint32_t *mentor;
    uint16_t *score;
    uint8_t *wants; // 0: no line yet
    uint8_t *capacity;
    uint8_t *capacity_told; // per mentor: she has a line
    uint8_t *minimum;
    uint8_t *priority;
    uint8_t *distinct;
    uint32_t *background; // the class plus 1; 0: her own
    uint64_t *mentee_id;  // NULL until one is told
    uint64_t *mentor_id;
    uint8_t *mentee_id_told;
    uint8_t *mentor_id_told;
    struct link_list pin;
    struct link_list ban;
    struct link_list was;
    struct mm_objective objective;
    uint32_t options_told; // see objective_text.h
    bool any_distinct;
    bool any_background;
};

static const char twice[] = "remove one of the lines";

// ---- people ----

static bool read_mentee(struct reader *reader, uint32_t *ret_mentee)
{
    uint64_t number = 0;
    if (!plain_number(&reader->cursor, "the mentee", 1, reader->mentees, &number))
        return false;
    *ret_mentee = (uint32_t)(number - 1);
    return true;
}

static bool read_mentor(struct reader *reader, uint32_t *ret_mentor)
{
    uint64_t number = 0;
    if (!plain_number(&reader->cursor, "the mentor", 1, reader->mentors, &number))
        return false;
    *ret_mentor = (uint32_t)(number - 1);
    return true;
}

// n <mentee> <wants> [<priority>]
static bool read_n(struct reader *reader)
{
    struct plain_cursor *cursor = &reader->cursor;
    uint32_t i = 0;
    uint64_t wants = 0;
    uint64_t priority = 0;
    const char *start = cursor->line_start;
    if (!read_mentee(reader, &i) ||
        !plain_number(cursor, "the number of mentors wanted", 1, MM_WANTS_MAX, &wants) ||
        (plain_more(cursor) && !plain_number(cursor, "the priority", 0, UINT8_MAX, &priority)) ||
        !plain_line_ends(cursor))
        return false;
    if (reader->wants[i] != 0)
        return plain_fault(cursor, start, twice, "mentee %" PRIu32 " has two n lines", i + 1);
    reader->wants[i] = (uint8_t)wants;
    reader->priority[i] = (uint8_t)priority;
    return true;
}

// c <mentor> <capacity> [<minimum>]
static bool read_c(struct reader *reader)
{
    struct plain_cursor *cursor = &reader->cursor;
    uint32_t j = 0;
    uint64_t capacity = 0;
    uint64_t minimum = 0;
    const char *start = cursor->line_start;
    if (!read_mentor(reader, &j) ||
        !plain_number(cursor, "the capacity", 0, MM_CAPACITY_MAX, &capacity) ||
        (plain_more(cursor) &&
         !plain_number(cursor, "the minimum", 0, capacity > 1 ? capacity : 1, &minimum)) ||
        !plain_line_ends(cursor))
        return false;
    if (reader->capacity_told[j])
        return plain_fault(cursor, start, twice, "mentor %" PRIu32 " has two c lines", j + 1);
    reader->capacity_told[j] = 1;
    reader->capacity[j] = (uint8_t)capacity;
    reader->minimum[j] = (uint8_t)minimum;
    return true;
}

// bg <mentor> <class>
static bool read_bg(struct reader *reader)
{
    struct plain_cursor *cursor = &reader->cursor;
    uint32_t j = 0;
    uint64_t class_told = 0;
    const char *start = cursor->line_start;
    if (!read_mentor(reader, &j) ||
        !plain_number(cursor, "the class of background", 0, MM_SIDE_MAX, &class_told) ||
        !plain_line_ends(cursor))
        return false;
    if (reader->background[j] != 0)
        return plain_fault(cursor, start, twice, "mentor %" PRIu32 " has two bg lines", j + 1);
    reader->background[j] = (uint32_t)class_told + 1;
    reader->any_background = true;
    return true;
}

// distinct <mentee>
static bool read_distinct(struct reader *reader)
{
    struct plain_cursor *cursor = &reader->cursor;
    uint32_t i = 0;
    const char *start = cursor->line_start;
    if (!read_mentee(reader, &i) || !plain_line_ends(cursor))
        return false;
    if (reader->distinct[i])
        return plain_fault(cursor, start, twice, "mentee %" PRIu32 " has two distinct lines",
                           i + 1);
    reader->distinct[i] = 1;
    reader->any_distinct = true;
    return true;
}

// The ids of one side, with what nobody told set to the number.
static bool take_ids(struct reader *reader, uint32_t count, uint64_t **id, uint8_t **told)
{
    if (*id != NULL)
        return true;
    *id = ARENA_ARRAY(reader->arena, uint64_t, count);
    *told = ARENA_ARRAY(reader->arena, uint8_t, count);
    reader->cursor.no_memory = *id == NULL || *told == NULL;
    for (uint32_t k = 0; !reader->cursor.no_memory && k < count; k++)
        (*id)[k] = (uint64_t)k + 1;
    return !reader->cursor.no_memory;
}

// id n <mentee> <id>, id c <mentor> <id>
static bool read_id(struct reader *reader)
{
    struct plain_cursor *cursor = &reader->cursor;
    const char *start = cursor->line_start;
    struct text side = plain_word(cursor);
    bool mentee = plain_is(side, "n");
    if (!mentee && !plain_is(side, "c"))
        return plain_fault(cursor, side.bytes, "write id n <mentee> <id> or id c <mentor> <id>",
                           "an id belongs to a mentee (n) or to a mentor (c)");
    uint32_t who = 0;
    uint64_t id = 0;
    if (!(mentee ? read_mentee(reader, &who) : read_mentor(reader, &who)) ||
        !plain_number(cursor, "the id", 0, UINT64_MAX, &id) || !plain_line_ends(cursor))
        return false;
    bool taken =
        mentee ? take_ids(reader, reader->mentees, &reader->mentee_id, &reader->mentee_id_told)
               : take_ids(reader, reader->mentors, &reader->mentor_id, &reader->mentor_id_told);
    if (!taken)
        return false;
    uint8_t *told = mentee ? reader->mentee_id_told : reader->mentor_id_told;
    if (told[who])
        return plain_fault(cursor, start, twice, "%s %" PRIu32 " has two id lines",
                           mentee ? "mentee" : "mentor", who + 1);
    told[who] = 1;
    (mentee ? reader->mentee_id : reader->mentor_id)[who] = id;
    return true;
}

// ---- pairs ----

// From now on every pair has its mentee beside it.
static bool keep_mentees(struct reader *reader)
{
    reader->mentee_of = ARENA_ARRAY(reader->arena, uint32_t, (size_t)reader->pairs_told);
    if (reader->mentee_of == NULL) {
        reader->cursor.no_memory = true;
        return false;
    }
    for (uint32_t i = 0; i <= reader->row; i++) {
        uint64_t end = i < reader->row ? reader->first[i + 1] : reader->pairs;
        for (uint64_t k = reader->first[i]; k < end; k++)
            reader->mentee_of[k] = i;
    }
    return true;
}

static bool add_pair(struct reader *reader, uint32_t i, uint32_t j, uint16_t score)
{
    if (reader->mentee_of == NULL && i < reader->row && !keep_mentees(reader))
        return false;
    if (reader->mentee_of != NULL)
        reader->mentee_of[reader->pairs] = i;
    while (reader->mentee_of == NULL && reader->row < i)
        reader->first[++reader->row] = reader->pairs;
    reader->mentor[reader->pairs] = j;
    reader->score[reader->pairs++] = score;
    return true;
}

// e <mentee> <mentor> <score>
static bool read_e(struct reader *reader)
{
    struct plain_cursor *cursor = &reader->cursor;
    uint64_t score = 0;
    uint32_t i = 0;
    uint32_t j = 0;
    const char *start = cursor->line_start;
    if (!read_mentee(reader, &i) || !read_mentor(reader, &j) ||
        !plain_number(cursor, "the score", 0, MM_SCORE_MAX, &score) || !plain_line_ends(cursor))
        return false;
    if (reader->pairs == reader->pairs_told)
        return plain_fault(cursor, start, "correct the number of pairs in the problem line",
                           "there are more e lines than the %" PRIu64
                           " that the problem line tells",
                           reader->pairs_told);
    return add_pair(reader, i, j, (uint16_t)score);
}

// pin, ban or was <mentee> <mentor>
static bool read_link(struct reader *reader, struct link_list *list)
{
    struct plain_cursor *cursor = &reader->cursor;
    uint32_t i = 0;
    uint32_t j = 0;
    if (!read_mentee(reader, &i) || !read_mentor(reader, &j) || !plain_line_ends(cursor))
        return false;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? LINKS_FIRST : 2 * list->capacity;
        struct link_line *grown =
            arena_grow(reader->arena, list->items, list->capacity * sizeof *list->items,
                       capacity * sizeof *list->items);
        reader->cursor.no_memory = grown == NULL;
        if (grown == NULL)
            return false;
        list->items = grown;
        list->capacity = capacity;
    }
    list->items[list->count++] = (struct link_line){
        {i, j},
        cursor->line
    };
    return true;
}

// ---- lines ----

static bool read_record(struct reader *reader)
{
    struct text kind = plain_word(&reader->cursor);
    if (plain_is(kind, "e"))
        return read_e(reader);
    if (plain_is(kind, "n"))
        return read_n(reader);
    if (plain_is(kind, "c"))
        return read_c(reader);
    if (plain_is(kind, "bg"))
        return read_bg(reader);
    if (plain_is(kind, "distinct"))
        return read_distinct(reader);
    if (plain_is(kind, "id"))
        return read_id(reader);
    if (plain_is(kind, "pin"))
        return read_link(reader, &reader->pin);
    if (plain_is(kind, "ban"))
        return read_link(reader, &reader->ban);
    if (plain_is(kind, "was"))
        return read_link(reader, &reader->was);
    if (plain_is(kind, "o"))
        return objective_text_read(&reader->cursor, &reader->objective, &reader->options_told);
    if (plain_is(kind, "p"))
        return plain_fault(&reader->cursor, kind.bytes, "keep one problem line, as the first one",
                           "there is a second problem line");
    return plain_fault(&reader->cursor, kind.bytes,
                       "lines begin with n, c, bg, distinct, id, e, pin, ban, was, o or #",
                       "the line begins with a word that means nothing here");
}

// p mentormatch 1 <n> <m> <pairs>
static bool read_problem_line(struct reader *reader)
{
    struct plain_cursor *cursor = &reader->cursor;
    const char *todo = "begin with: p mentormatch 1 <mentees> <mentors> <pairs>";
    if (!plain_next_line(cursor))
        return plain_fault(cursor, NULL, todo, "there is no problem line");
    struct text kind = plain_word(cursor);
    if (!plain_is(kind, "p"))
        return plain_fault(cursor, kind.bytes, todo, "the first line is not the problem line");
    struct text name = plain_word(cursor);
    if (!plain_is(name, "mentormatch"))
        return plain_fault(cursor, name.bytes, todo, "this is another format than mentormatch");
    uint64_t version = 0;
    uint64_t n = 0;
    uint64_t m = 0;
    if (!plain_number(cursor, "the version of the format", 1, 1, &version) ||
        !plain_number(cursor, "the number of mentees", 0, MM_SIDE_MAX, &n) ||
        !plain_number(cursor, "the number of mentors", 0, MM_SIDE_MAX, &m) ||
        !plain_number(cursor, "the number of pairs", 0, MM_PAIRS_MAX, &reader->pairs_told) ||
        !plain_line_ends(cursor))
        return false;
    if (reader->pairs_told > n * m)
        return plain_fault(cursor, cursor->line_start, "correct the numbers",
                           "there can't be more pairs than mentees times mentors");
    if (reader->pairs_told > (size_t)(cursor->end - cursor->line_start) / LINE_BYTES_MIN + 1)
        return plain_fault(cursor, cursor->line_start,
                           "correct the number of pairs, or look whether the file is complete",
                           "the file is too short for %" PRIu64 " pairs", reader->pairs_told);
    reader->mentees = (uint32_t)n;
    reader->mentors = (uint32_t)m;
    return true;
}

static bool take_arrays(struct reader *reader)
{
    struct arena *arena = reader->arena;
    size_t n = reader->mentees;
    size_t m = reader->mentors;
    size_t pairs = (size_t)reader->pairs_told;
    reader->first = ARENA_ARRAY(arena, uint64_t, n + 1);
    reader->mentor = ARENA_ARRAY(arena, uint32_t, pairs);
    reader->score = ARENA_ARRAY(arena, uint16_t, pairs);
    reader->wants = ARENA_ARRAY(arena, uint8_t, n);
    reader->priority = ARENA_ARRAY(arena, uint8_t, n);
    reader->distinct = ARENA_ARRAY(arena, uint8_t, n);
    reader->capacity = ARENA_ARRAY(arena, uint8_t, m);
    reader->capacity_told = ARENA_ARRAY(arena, uint8_t, m);
    reader->minimum = ARENA_ARRAY(arena, uint8_t, m);
    reader->background = ARENA_ARRAY(arena, uint32_t, m);
    return reader->first != NULL && reader->mentor != NULL && reader->score != NULL &&
           reader->wants != NULL && reader->priority != NULL && reader->distinct != NULL &&
           reader->capacity != NULL && reader->capacity_told != NULL && reader->minimum != NULL &&
           reader->background != NULL;
}

// ---- the whole ----

// Puts pairs that came in any order into rows.
static bool sort_pairs(struct reader *reader)
{
    uint32_t *mentor = ARENA_ARRAY(reader->arena, uint32_t, (size_t)reader->pairs);
    uint16_t *score = ARENA_ARRAY(reader->arena, uint16_t, (size_t)reader->pairs);
    if (mentor == NULL || score == NULL) {
        reader->cursor.no_memory = true;
        return false;
    }
    memset(reader->first, 0, ((size_t)reader->mentees + 1) * sizeof *reader->first);
    for (uint64_t k = 0; k < reader->pairs; k++)
        reader->first[reader->mentee_of[k] + 1]++;
    for (uint32_t i = 0; i < reader->mentees; i++)
        reader->first[i + 1] += reader->first[i];
    for (uint64_t k = 0; k < reader->pairs; k++) {
        uint64_t at = reader->first[reader->mentee_of[k]]++;
        mentor[at] = reader->mentor[k];
        score[at] = reader->score[k];
    }
    for (uint32_t i = reader->mentees; i > 0; i--)
        reader->first[i] = reader->first[i - 1];
    reader->first[0] = 0;
    reader->mentor = mentor;
    reader->score = score;
    return true;
}

// Finds the line of the second e line for this pair: the content is read once more.
static bool fault_pair_twice(struct reader *reader, struct text content, uint32_t i, uint32_t j)
{
    struct plain_cursor again;
    plain_open(&again, reader->cursor.file, content, reader->cursor.problems);
    uint64_t mentee = 0;
    uint64_t mentor = 0;
    uint32_t found = 0;
    while (found < 2 && plain_next_line(&again))
        found += plain_is(plain_word(&again), "e") &&
                 plain_number(&again, "", 0, UINT64_MAX, &mentee) &&
                 plain_number(&again, "", 0, UINT64_MAX, &mentor) && mentee == (uint64_t)i + 1 &&
                 mentor == (uint64_t)j + 1;
    again.faults = reader->cursor.faults;
    reader->cursor = again;
    return plain_fault(&reader->cursor, reader->cursor.line_start, twice,
                       "mentee %" PRIu32 " and mentor %" PRIu32 " have two e lines", i + 1, j + 1);
}

static bool check_pairs_once(struct reader *reader, struct text content)
{
    uint32_t *last = ARENA_ARRAY(reader->arena, uint32_t, reader->mentors);
    if (last == NULL) {
        reader->cursor.no_memory = true;
        return false;
    }
    for (uint32_t i = 0; i < reader->mentees; i++) {
        for (uint64_t k = reader->first[i]; k < reader->first[i + 1]; k++) {
            uint32_t j = reader->mentor[k];
            if (last[j] == i + 1)
                return fault_pair_twice(reader, content, i, j);
            last[j] = i + 1;
        }
    }
    return true;
}

static int compare_links(const void *left, const void *right)
{
    const struct link_line *a = left;
    const struct link_line *b = right;
    if (a->link.mentee != b->link.mentee)
        return a->link.mentee < b->link.mentee ? -1 : 1;
    if (a->link.mentor != b->link.mentor)
        return a->link.mentor < b->link.mentor ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

// The links in order, each once; in an array of their own.
static bool finish_links(struct reader *reader, struct link_list *list, const char *kind,
                         const struct mm_link **ret_links)
{
    struct mm_link *links = ARENA_ARRAY(reader->arena, struct mm_link, list->count);
    if (links == NULL) {
        reader->cursor.no_memory = true;
        return false;
    }
    if (list->count > 1)
        qsort(list->items, list->count, sizeof list->items[0], compare_links);
    for (size_t k = 0; k < list->count; k++) {
        links[k] = list->items[k].link;
        if (k > 0 && links[k - 1].mentee == links[k].mentee &&
            links[k - 1].mentor == links[k].mentor) {
            reader->cursor.line = list->items[k].line;
            return plain_fault(&reader->cursor, reader->cursor.line_start, twice,
                               "mentee %" PRIu32 " and mentor %" PRIu32 " have two %s lines",
                               links[k].mentee + 1, links[k].mentor + 1, kind);
        }
    }
    *ret_links = links;
    return true;
}

static bool finish_pairs(struct reader *reader, struct text content)
{
    if (reader->pairs < reader->pairs_told)
        return plain_fault(&reader->cursor, NULL,
                           "correct the number of pairs, or look whether the file is complete",
                           "there are %" PRIu64 " e lines, but the problem line tells %" PRIu64,
                           reader->pairs, reader->pairs_told);
    if (reader->mentee_of != NULL) {
        if (!sort_pairs(reader))
            return false;
    } else {
        while (reader->row < reader->mentees)
            reader->first[++reader->row] = reader->pairs;
    }
    return check_pairs_once(reader, content);
}

// From the class plus 1 to the class. Mentors without one get one of their own, above all told.
static void finish_backgrounds(struct reader *reader)
{
    uint32_t next = 0;
    for (uint32_t j = 0; j < reader->mentors; j++)
        next = reader->background[j] > next ? reader->background[j] : next;
    for (uint32_t j = 0; j < reader->mentors; j++) {
        uint32_t told = reader->background[j];
        reader->background[j] = told == 0 ? next++ : told - 1;
    }
}

static void finish_people(struct reader *reader)
{
    for (uint32_t i = 0; i < reader->mentees; i++)
        reader->wants[i] = reader->wants[i] == 0 ? 1 : reader->wants[i];
    for (uint32_t j = 0; j < reader->mentors; j++)
        if (!reader->capacity_told[j])
            reader->capacity[j] = 1;
    if (reader->any_background)
        finish_backgrounds(reader);
}

static enum rc finish(struct reader *reader, struct text content,
                      struct instance_text *ret_instance)
{
    struct mm_instance in = {.mentees = reader->mentees, .mentors = reader->mentors};
    if (plain_verdict(&reader->cursor) != RC_OK || !finish_pairs(reader, content) ||
        !finish_links(reader, &reader->pin, "pin", &in.pin) ||
        !finish_links(reader, &reader->ban, "ban", &in.ban) ||
        !finish_links(reader, &reader->was, "was", &in.was))
        return plain_verdict(&reader->cursor);
    finish_people(reader);
    in.first = reader->first;
    in.mentor = reader->mentor;
    in.score = reader->score;
    in.wants = reader->wants;
    in.capacity = reader->capacity;
    in.minimum = reader->minimum;
    in.priority = reader->priority;
    in.distinct = reader->any_distinct ? reader->distinct : NULL;
    in.background = reader->any_background ? reader->background : NULL;
    in.mentee_id = reader->mentee_id;
    in.mentor_id = reader->mentor_id;
    in.pins = reader->pin.count;
    in.bans = reader->ban.count;
    in.was_count = reader->was.count;
    *ret_instance = (struct instance_text){.instance = in, .objective = reader->objective};
    return RC_OK;
}

enum rc instance_text_read(struct arena *arena, const char *file, struct text content,
                           struct problem_list *problems, struct instance_text *ret_instance)
{
    struct reader reader = {.arena = arena};
    plain_open(&reader.cursor, file, content, problems);
    if (!read_problem_line(&reader))
        return plain_verdict(&reader.cursor);
    if (!take_arrays(&reader))
        return RC_NO_MEMORY;
    while (plain_next_line(&reader.cursor))
        (void)read_record(&reader);
    return finish(&reader, content, ret_instance);
}
