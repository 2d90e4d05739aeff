// SPDX-License-Identifier: Apache-2.0
// Any two sheets, with any call for memory failing: people or problems, never a crash. The input is
// one byte pair that chooses the call which fails (0: none), then the mentees sheet, a line of
// "====", and the mentors sheet.
#include <stdlib.h>
#include <string.h>

#include "sheet/person.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_TOPICS = 20 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static enum rc no_zone(void *context, struct arena *arena, const char *name, struct zone *ret_zone)
{
    (void)context;
    (void)arena;
    (void)name;
    (void)ret_zone;
    return RC_NOT_FOUND;
}

// Made once for all inputs; it is only read.
static struct place_book *make_book(struct arena *arena)
{
    struct place_tables tables = {
        .countries_tab = text_of(
            "KE\tKenya\nGB\tBritain (UK)\nUS\tUnited States\nES\tSpain\nCI\tC\u00f4te d'Ivoire\nKR\tKorea (South)\n"),
        .zones_tab = text_of(
            "KE\t0\tAfrica/Nairobi\nGB\t0\tEurope/London\nCI\t0\tAfrica/Abidjan\nKR\t0\tAsia/Seoul\n"
            "US\t0\tAmerica/New_York\tEastern (most areas)\nUS\t0\tAmerica/Los_Angeles\tPacific\n"
            "ES\t0\tEurope/Madrid\tSpain (mainland)\nES\t0\tAfrica/Ceuta\tCeuta, Melilla\n"),
        .links = text_of("L Europe/London Europe/Belfast\nZ Etc/UTC 0 - UTC\nL Etc/UTC UTC\n"),
    };
    struct place_book *book = NULL;
    struct place_zones zones = {no_zone, NULL};
    require(place_book_make(arena, &tables, zones, 0, 1, &book) == RC_OK);
    return book;
}

static void check_people(const struct person *people, uint32_t count, uint32_t others)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct person *person = &people[i];
        require(person->id[0] != '\0' && person->name[0] != '\0' && person->place.sentence != NULL);
        require(person->capacity <= PERSON_CAPACITY_MAX);
        require(person->mentors_wanted >= 1 && person->mentors_wanted <= PERSON_WANTED_MAX);
        require(person->same_person == PERSON_NOBODY || person->same_person < others);
        for (uint32_t c = 0; c < person->choice_count; c++)
            require(person->choices[c].person == PERSON_NOBODY ||
                    person->choices[c].person < others);
    }
}

static void check_topics(const struct topic_table *table)
{
    uint32_t count = table->topic_count < FUZZ_TOPICS ? table->topic_count : FUZZ_TOPICS;
    for (uint32_t a = 0; a < count; a++) {
        for (uint32_t b = 0; b < count; b++) {
            struct topic_relation there = topic_relate(table, a, b);
            struct topic_relation back = topic_relate(table, b, a);
            require(there.percent <= 100 && there.percent == back.percent);
            require(there.rule == back.rule && there.word == back.word);
            require((there.percent == 0) == (there.rule == TOPIC_NONE));
        }
    }
}

// Where the mentors sheet starts; size: there is none.
static size_t find_mentors(const char *text, size_t size, size_t *ret_mentees)
{
    for (size_t at = 0; at + 6 <= size; at++) {
        if (memcmp(text + at, "\n====\n", 6) == 0) {
            *ret_mentees = at + 1;
            return at + 6;
        }
    }
    *ret_mentees = size;
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena book_arena;
    static struct place_book *book;
    struct arena arena;
    struct problem_list problems;
    struct roster roster;
    if (size < 2)
        return 0;
    const char *text = (const char *)data + 2;
    size_t mentees = 0;
    size_t from = find_mentors(text, size - 2, &mentees);
    struct roster_source mentee_source = {.file = "a", .bytes = text, .length = mentees};
    struct roster_source mentor_source = {
        .file = "b", .bytes = text + from, .length = size - 2 - from};
    arena_open(&arena, 256 * 1024 * 1024);
    problem_list_open(&problems, &arena, 100);
    if (book == NULL) {
        arena_open(&book_arena, 1024 * 1024);
        book = make_book(&book_arena);
    }
    struct roster_options options = {
        .places = book, .limits = {1024 * 1024, 200, 64, 4096}
    };
    size_t nth = (size_t)data[0] + 256 * (size_t)(data[1] % 8);
    arena.fail_at = nth;
    enum rc rc = roster_read(&arena, &mentee_source, &mentor_source, &options, &problems, &roster);
    if (rc == RC_OK) {
        check_people(roster.mentees, roster.mentee_count, roster.mentor_count);
        check_people(roster.mentors, roster.mentor_count, roster.mentee_count);
        check_topics(&roster.topics);
    } else {
        require(rc == RC_NO_MEMORY || problem_count(&problems, PROBLEM_ERROR) > 0);
    }
    arena_close(&arena);
    return 0;
}
