// SPDX-License-Identifier: Apache-2.0
//
// From enrolments to the matching library and back; pure. The rules stand in match_rules.c.
#include "app/match/match.h"

#include <string.h>

#include "base/buffer.h"
#include "base/date.h"
#include "base/weekly.h"

#include "app/match/match_hard.h"
#include "app/match/match_said.h"
#include "sheet/topic.h"

enum {
    WISH_WEIGHT = 5,
    TOP_WEIGHT = 10,
    OFFER_PERCENT = 100,
    WORDS_LEAST = 30,
    TEXT_LIMIT_BYTES = 4096
};

uint32_t match_position(const struct enrolment *const *side, uint32_t count, int64_t id)
{
    for (uint32_t k = 0; k < count; k++)
        if (side[k]->id == id)
            return k;
    return MM_NOBODY;
}

// ---- features --------------------------------------------------------------------------------

// Bit k is option k of the list.
static uint64_t bits_of(const struct field_option *options, const char *list)
{
    uint64_t bits = 0;
    for (unsigned k = 0; options[k].value != NULL; k++)
        if (enrolment_common(options[k].value, list) > 0)
            bits |= UINT64_C(1) << k;
    return bits;
}

// ---- topics ----------------------------------------------------------------------------------

// Topic numbers: first those of the list, then the mentees' own words, each once. A mentor offers
// them as well as her own words and topics fit (sheet/topic.h), if by WORDS_LEAST percent.
struct wishes {
    struct topic_table table; // labels of the list, then words of both sides
    uint32_t *topic;          // of the table, by topic number
    uint32_t count;
    bool levels; // somebody has said how far she is in a topic
};

static enum rc add_wish(struct wishes *wishes, struct text word, uint32_t *ret_number)
{
    uint32_t topic = 0;
    TRY(topic_add(&wishes->table, word, &topic));
    *ret_number = MM_NOBODY;
    if (topic == TOPIC_NO_TOPIC)
        return RC_OK;
    for (uint32_t k = 0; k < wishes->count; k++)
        if (wishes->topic[k] == topic)
            *ret_number = k;
    if (*ret_number == MM_NOBODY) {
        *ret_number = wishes->count;
        wishes->topic[wishes->count++] = topic;
    }
    return RC_OK;
}

// The next of a text with semicolons between; false at its end.
static bool next_word(const char **cursor, struct text *ret_word)
{
    while (**cursor != '\0') {
        size_t length = strcspn(*cursor, ";");
        *ret_word = text_trim(*cursor, length);
        *cursor += length + ((*cursor)[length] == ';');
        if (ret_word->length > 0)
            return true;
    }
    return false;
}

static size_t count_words(const struct match_input *input)
{
    size_t count = 0;
    for (size_t k = 0; k < input->count; k++) {
        const char *cursor = input->people[k].other;
        struct text word;
        while (next_word(&cursor, &word))
            count++;
    }
    return count;
}

// Words of one side; wishes are numbered, offers are only known to the table.
static enum rc add_words(struct wishes *wishes, const struct enrolment *const *side, uint32_t count,
                         bool numbered)
{
    for (uint32_t k = 0; k < count; k++) {
        const char *cursor = side[k]->other;
        struct text word;
        uint32_t number = 0;
        while (next_word(&cursor, &word)) {
            if (numbered)
                TRY(add_wish(wishes, word, &number));
            else
                TRY(topic_add(&wishes->table, word, &number));
        }
    }
    return RC_OK;
}

static enum rc open_wishes(struct arena *arena, struct match_input *input, struct wishes *wishes)
{
    uint32_t number = 0;
    size_t options = 0;
    while (enrolment_topics[options].value != NULL)
        options++;
    topic_table_open(&wishes->table, arena);
    wishes->topic = ARENA_ARRAY(arena, uint32_t, options + count_words(input) + 1);
    if (wishes->topic == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < options; k++) {
        TRY(topic_add(&wishes->table, text_of(enrolment_topics[k].label), &number));
        wishes->topic[wishes->count++] = number;
    }
    TRY(add_words(wishes, input->mentee, input->pool.mentees, true));
    TRY(add_words(wishes, input->mentor, input->pool.mentors, false));
    input->pool.topic_count = wishes->count;
    return RC_OK;
}

static void put_topic(struct mm_person *person, struct mm_topic *topics, uint32_t number,
                      uint8_t amount)
{
    for (uint32_t k = 0; k < person->topics; k++)
        if (topics[k].topic == number) {
            topics[k].amount = amount > topics[k].amount ? amount : topics[k].amount;
            return;
        }
    if (person->topics < MM_TOPICS_MAX)
        topics[person->topics++] = (struct mm_topic){number, amount, 0};
}

static bool any_skills(const struct match_input *input)
{
    for (size_t k = 0; k < input->count; k++)
        if (input->people[k].skills != NULL && input->people[k].skills[0] != '\0')
            return true;
    return false;
}

// Where somebody has said how far she is in a topic: there, and elsewhere as in her career.
static void set_levels(const struct enrolment *e, const struct mm_person *person,
                       struct mm_topic *topics)
{
    uint32_t listed = (uint32_t)field_option_count(enrolment_topics);
    for (uint32_t k = 0; k < person->topics; k++) {
        uint32_t topic = topics[k].topic;
        int64_t level =
            topic < listed ? enrolment_skill(e->skills, enrolment_topics[topic].value) : 0;
        topics[k].level = (uint8_t)(level > 0 ? level : e->level);
    }
}

// "I don't know yet" is no topic.
static enum rc set_wishes(struct wishes *wishes, const struct enrolment *e,
                          struct mm_person *person, struct mm_topic *topics)
{
    const char *cursor = e->other;
    struct text word;
    for (uint32_t k = 0; enrolment_topics[k].value != NULL; k++) {
        const char *value = enrolment_topics[k].value;
        if (enrolment_common(value, e->topics) > 0 && strcmp(value, "unsure") != 0)
            put_topic(person, topics, k, strcmp(value, e->top) == 0 ? TOP_WEIGHT : WISH_WEIGHT);
    }
    while (next_word(&cursor, &word)) {
        uint32_t number = 0;
        TRY(add_wish(wishes, word, &number));
        if (number != MM_NOBODY)
            put_topic(person, topics, number, WISH_WEIGHT);
    }
    return RC_OK;
}

// From the wish `first` on: a topic of the list covers own words, but not others of the list.
static enum rc offer_word(struct wishes *wishes, struct mm_person *person, struct mm_topic *topics,
                          struct text word, uint32_t first)
{
    uint32_t topic = 0;
    TRY(topic_add(&wishes->table, word, &topic));
    for (uint32_t k = first; topic != TOPIC_NO_TOPIC && k < wishes->count; k++) {
        uint8_t percent = topic_relate(&wishes->table, wishes->topic[k], topic).percent;
        if (percent >= WORDS_LEAST)
            put_topic(person, topics, k, percent);
    }
    return RC_OK;
}

static enum rc set_offers(struct wishes *wishes, const struct enrolment *e,
                          struct mm_person *person, struct mm_topic *topics)
{
    const char *cursor = e->other;
    struct text word;
    uint32_t listed = 0;
    for (; enrolment_topics[listed].value != NULL; listed++)
        if (enrolment_common(enrolment_topics[listed].value, e->topics) > 0)
            put_topic(person, topics, listed, OFFER_PERCENT);
    for (uint32_t k = 0; k < listed; k++)
        if (enrolment_common(enrolment_topics[k].value, e->topics) > 0)
            TRY(offer_word(wishes, person, topics, text_of(enrolment_topics[k].label), listed));
    while (next_word(&cursor, &word))
        TRY(offer_word(wishes, person, topics, word, 0));
    return RC_OK;
}

static enum rc set_topics(struct arena *arena, struct wishes *wishes, const struct enrolment *e,
                          struct mm_person *person)
{
    struct mm_topic *topics = ARENA_ARRAY(arena, struct mm_topic, MM_TOPICS_MAX);
    if (topics == NULL)
        return RC_NO_MEMORY;
    person->topic = topics;
    TRY(strcmp(e->role, "mentor") == 0 ? set_offers(wishes, e, person, topics)
                                       : set_wishes(wishes, e, person, topics));
    if (wishes->levels)
        set_levels(e, person, topics);
    return RC_OK;
}

static enum rc set_week(struct arena *arena, const struct enrolment *e, struct mm_person *person)
{
    uint64_t *possible = ARENA_ARRAY(arena, uint64_t, WEEKLY_WORDS);
    uint64_t *good = ARENA_ARRAY(arena, uint64_t, WEEKLY_WORDS);
    if (possible == NULL || good == NULL)
        return RC_NO_MEMORY;
    if (e->week[0] == '\0')
        return RC_OK; // not told
    weekly_quarters(e->week, possible, good);
    person->possible = possible;
    person->good = good;
    return RC_OK;
}

// What people write as they like, as numbers.
struct named {
    struct match_names houses;
    struct match_names places;
};

static enum mm_answer3 answer_of(int64_t value)
{
    return value == 1 ? MM_YES : value == 2 ? MM_NO : MM_UNKNOWN;
}

struct known {
    const struct match_input *input;
    struct named *named;
    struct wishes *wishes;
};

static enum rc set_person(struct arena *arena, const struct known *known, const struct enrolment *e,
                          struct mm_person *person)
{
    person->id = (uint64_t)e->id;
    person->human = (uint64_t)e->person;
    person->languages = bits_of(enrolment_languages, e->languages);
    person->formats = (uint32_t)bits_of(enrolment_formats, e->formats);
    person->seniority = (uint8_t)e->level;
    person->hours = (uint16_t)e->hours;
    // Meetings in twelve weeks: only how they compare counts.
    person->cadence = e->cadence > 0 ? (uint8_t)(12 / e->cadence) : 0;
    person->woman = answer_of(e->woman);
    person->asks = answer_of(e->asks);
    person->places = (uint8_t)e->places;
    person->priority = (uint8_t)(e->priority > 255 ? 255 : e->priority);
    match_said_set(known->input, e->id, person);
    TRY(set_topics(arena, known->wishes, e, person));
    TRY(set_week(arena, e, person));
    TRY(match_number_of(arena, &known->named->places, e->place, &person->place));
    return match_number_of(arena, &known->named->houses, e->employer, &person->employer);
}

// ---- zones -----------------------------------------------------------------------------------

struct zones {
    struct zone *zone;
    const char **name;
    uint32_t count;
};

static enum rc add_zone(struct arena *arena, struct zones *zones, const char *name)
{
    for (uint32_t k = 0; k < zones->count; k++)
        if (strcmp(zones->name[k], name) == 0)
            return RC_OK;
    zones->name[zones->count] = name;
    enum rc rc = zone_load(arena, ZONE_FOLDER, name, &zones->zone[zones->count]);
    zones->count += rc == RC_OK;
    return rc == RC_NOT_FOUND || rc == RC_BAD_INPUT ? RC_OK : rc;
}

static void set_zone(const struct match_input *input, const struct zones *zones, const char *name,
                     struct mm_person *person)
{
    for (size_t phase = 0; phase < MM_PHASES_MAX; phase++)
        person->zone_minutes[phase] = MM_ZONE_UNKNOWN;
    for (uint32_t k = 0; k < zones->count; k++)
        if (strcmp(zones->name[k], name) == 0)
            for (size_t phase = 0; phase < input->phase_count; phase++)
                person->zone_minutes[phase] =
                    phase_offset_minutes(&zones->zone[k], input->phase[phase].from_s);
}

static enum rc find_phases(struct arena *arena, struct match_input *input, struct zones *zones)
{
    struct date starts;
    int64_t left_out = 0;
    zones->zone = ARENA_ARRAY(arena, struct zone, input->count + 1);
    zones->name = ARENA_ARRAY(arena, const char *, input->count + 1);
    if (zones->zone == NULL || zones->name == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < input->count; k++)
        TRY(add_zone(arena, zones, input->people[k].zone));
    TRY(date_parse(input->cohort.starts, &starts));
    int64_t from_s = date_to_days(starts) * DATE_SECONDS_A_DAY;
    const struct phase_question question = {zones->zone, zones->count, from_s,
                                            from_s + input->cohort.weeks * 7 * DATE_SECONDS_A_DAY,
                                            MM_PHASES_MAX};
    return phase_find(arena, &question, input->phase, &input->phase_count, &left_out);
}

// ---- links ---------------------------------------------------------------------------

static enum rc set_links(struct arena *arena, struct match_input *input,
                         const struct match_link *links, size_t count)
{
    struct mm_link *pins = ARENA_ARRAY(arena, struct mm_link, count);
    struct mm_link *bans = ARENA_ARRAY(arena, struct mm_link, count);
    struct mm_pool *pool = &input->pool;
    if (pins == NULL || bans == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++) {
        struct mm_link link = {match_position(input->mentee, pool->mentees, links[k].mentee),
                               match_position(input->mentor, pool->mentors, links[k].mentor)};
        if (link.mentee == MM_NOBODY || link.mentor == MM_NOBODY)
            continue; // one of them is not in the pool
        if (links[k].kind == MATCH_PIN)
            pins[pool->pins++] = link;
        else
            bans[pool->bans++] = link;
    }
    pool->pin = pins;
    pool->ban = bans;
    return RC_OK;
}

// ---- the pool --------------------------------------------------------------------------------

static enum rc divide(struct arena *arena, struct match_input *input)
{
    input->mentee = ARENA_ARRAY(arena, const struct enrolment *, input->count);
    input->mentor = ARENA_ARRAY(arena, const struct enrolment *, input->count);
    if (input->mentee == NULL || input->mentor == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < input->count; k++) {
        const struct enrolment *e = &input->people[k];
        bool is_mentor = strcmp(e->role, "mentor") == 0;
        if (e->places == 0 && !is_mentor)
            continue; // she has as many mentors as she wants
        if (is_mentor)
            input->mentor[input->pool.mentors++] = e;
        else
            input->mentee[input->pool.mentees++] = e;
    }
    return RC_OK;
}

static enum rc set_side(struct arena *arena, struct match_input *input, const struct zones *zones,
                        const struct known *known, bool mentors)
{
    uint32_t count = mentors ? input->pool.mentors : input->pool.mentees;
    const struct enrolment **side = mentors ? input->mentor : input->mentee;
    struct mm_person *people = ARENA_ARRAY(arena, struct mm_person, count);
    if (people == NULL)
        return RC_NO_MEMORY;
    for (uint32_t k = 0; k < count; k++) {
        TRY(set_person(arena, known, side[k], &people[k]));
        set_zone(input, zones, side[k]->zone, &people[k]);
    }
    if (mentors)
        input->pool.mentor = people;
    else
        input->pool.mentee = people;
    return RC_OK;
}

static enum rc keep_texts(struct arena *arena, struct match_input *input,
                          const struct wishes *wishes)
{
    input->topic_text = ARENA_ARRAY(arena, const char *, wishes->count);
    if (input->topic_text == NULL)
        return RC_NO_MEMORY;
    for (uint32_t k = 0; k < wishes->count; k++)
        input->topic_text[k] = wishes->table.topics[wishes->topic[k]].text;
    return RC_OK;
}

enum rc match_build(struct arena *arena, struct match_input *input, const struct match_link *links,
                    size_t link_count, const struct db_rows *avoids)
{
    struct zones zones = {0};
    struct wishes wishes = {0};
    struct named named = {
        {ARENA_ARRAY(arena, char *, input->count + 1), 0},
        {ARENA_ARRAY(arena, char *, input->count + 1), 0}
    };
    if (named.houses.key == NULL || named.places.key == NULL)
        return RC_NO_MEMORY;
    input->pool = (struct mm_pool){0};
    TRY(find_phases(arena, input, &zones));
    input->pool.phases = (uint32_t)input->phase_count;
    TRY(divide(arena, input));
    TRY(open_wishes(arena, input, &wishes));
    wishes.levels = any_skills(input);
    const struct known known = {input, &named, &wishes};
    TRY(set_side(arena, input, &zones, &known, false));
    TRY(set_side(arena, input, &zones, &known, true));
    TRY(keep_texts(arena, input, &wishes));
    TRY(set_links(arena, input, links, link_count));
    TRY(match_set_apart(arena, input, avoids));
    match_rules_set(input);
    return RC_OK;
}

static enum rc add_position(struct arena *arena, const uint32_t **list, uint32_t *count,
                            uint32_t position)
{
    uint32_t *copy = ARENA_ARRAY(arena, uint32_t, *count + 1);
    if (copy == NULL)
        return RC_NO_MEMORY;
    if (*count > 0)
        memcpy(copy, *list, *count * sizeof copy[0]);
    copy[(*count)++] = position;
    *list = copy;
    return RC_OK;
}

enum rc match_add_wishes(struct arena *arena, struct match_input *input,
                         const struct match_wish_row *rows, size_t count)
{
    struct mm_pool *pool = &input->pool;
    for (size_t k = 0; k < count; k++) {
        uint32_t i = match_position(input->mentee, pool->mentees, rows[k].mentee);
        uint32_t j = match_position(input->mentor, pool->mentors, rows[k].mentor);
        if (i == MM_NOBODY || j == MM_NOBODY)
            continue;
        struct mm_person *mentee = (struct mm_person *)(uintptr_t)&pool->mentee[i];
        struct mm_person *mentor = (struct mm_person *)(uintptr_t)&pool->mentor[j];
        if (rows[k].veto)
            TRY(add_position(arena, &mentor->veto, &mentor->vetoes, i));
        else if (rows[k].by_mentor && mentor->choices < MM_CHOICES_MAX)
            TRY(add_position(arena, &mentor->choice, &mentor->choices, i));
        else if (!rows[k].by_mentor && mentee->choices < MM_CHOICES_MAX)
            TRY(add_position(arena, &mentee->choice, &mentee->choices, j));
    }
    match_rules_set(input);
    return RC_OK;
}

// ---- what the library found --------------------------------------------------------------------

// Values of the list in both; after a bar, the mentee's own words that the mentor covers.
static const char *topics_in_common(struct arena *arena, const struct match_input *input,
                                    uint32_t mentee, uint32_t mentor)
{
    const struct enrolment *a = input->mentee[mentee];
    const struct mm_person *offers = &input->pool.mentor[mentor];
    const struct mm_person *wishes = &input->pool.mentee[mentee];
    struct buffer out;
    uint32_t listed = 0;
    buffer_open(&out, arena, TEXT_LIMIT_BYTES);
    for (; enrolment_topics[listed].value != NULL; listed++) {
        const char *value = enrolment_topics[listed].value;
        if (enrolment_common(value, a->topics) > 0 &&
            enrolment_common(value, input->mentor[mentor]->topics) > 0)
            buffer_printf(&out, "%s ", value);
    }
    buffer_byte(&out, '|');
    for (uint32_t w = 0; w < wishes->topics; w++) {
        uint32_t topic = wishes->topic[w].topic;
        for (uint32_t k = 0; topic >= listed && k < offers->topics; k++)
            if (offers->topic[k].topic == topic)
                buffer_printf(&out, "%s; ", input->topic_text[topic]);
    }
    return out.rc == RC_OK ? out.bytes : NULL;
}

static const char *parts_of(struct arena *arena, const struct mm_explanation *e)
{
    struct buffer out;
    buffer_open(&out, arena, TEXT_LIMIT_BYTES);
    for (size_t k = 0; k < MATCH_WEIGHTS; k++)
        buffer_printf(&out, "%u/%u ", (unsigned)e->part[match_criteria[k]],
                      (unsigned)e->part_max[match_criteria[k]]);
    return out.rc == RC_OK ? out.bytes : NULL;
}

static int64_t worst_of(const uint16_t *minutes, size_t phases)
{
    int64_t worst = minutes[0];
    for (size_t phase = 1; phase < phases; phase++)
        worst = minutes[phase] < worst ? minutes[phase] : worst;
    return worst;
}

static enum rc tell_pair(struct arena *arena, const struct match_input *input, struct mm_link link,
                         const struct mm_explanation *e, struct match_pair *ret_pair)
{
    const struct enrolment *a = input->mentee[link.mentee];
    const struct enrolment *b = input->mentor[link.mentor];
    *ret_pair =
        (struct match_pair){.mentee = a->id,
                            .mentor = b->id,
                            .score = e->allowed ? e->score : -1,
                            .overlap = worst_of(e->overlap, input->phase_count),
                            .good = worst_of(e->overlap_good, input->phase_count),
                            .flagged = (e->flagged >> MM_R_OVERLAP & 1) != 0,
                            .topics = topics_in_common(arena, input, link.mentee, link.mentor),
                            .parts = parts_of(arena, e),
                            .answers = match_said_common(arena, input, a->id, b->id, false),
                            .mentee_name = a->name,
                            .mentor_name = b->name};
    bool whole = ret_pair->topics != NULL && ret_pair->parts != NULL && ret_pair->answers != NULL;
    return whole ? RC_OK : RC_NO_MEMORY;
}

static enum rc rc_of(enum mm_status status)
{
    return status == MM_OK          ? RC_OK
           : status == MM_NO_MEMORY ? RC_NO_MEMORY
           : status == MM_STOPPED   ? RC_STOPPED
                                    : RC_LIMIT;
}

enum rc match_describe(struct arena *arena, const struct match_input *input, uint32_t mentee,
                       uint32_t mentor, struct match_pair *ret_pair)
{
    struct mm_explanation e;
    struct mm_fault fault;
    struct mm_link link = {mentee, mentor};
    TRY(rc_of(mm_explain_pair(&input->pool, link, &e, &fault)));
    match_tell_lines(input, &link, 1, &e);
    return tell_pair(arena, input, link, &e, ret_pair);
}

// The proof as text: a line for each level, "kind parameter proof value price price ...".
static enum rc write_certificate(struct arena *arena, const struct mm_certificate *certificate,
                                 uint32_t mentors, const char **ret_text)
{
    enum { CERTIFICATE_LIMIT_BYTES = 64 << 20 };
    struct buffer out;
    buffer_open(&out, arena, CERTIFICATE_LIMIT_BYTES);
    for (uint32_t k = 0; k < certificate->levels; k++) {
        const struct mm_linear *level = &certificate->level[k];
        buffer_printf(&out, "%d %u %d %lld", (int)level->kind, (unsigned)level->parameter,
                      (int)level->proof, (long long)level->value);
        for (uint32_t j = 0; level->price != NULL && j < mentors; j++)
            buffer_printf(&out, " %lld", (long long)level->price[j]);
        buffer_byte(&out, '\n');
    }
    *ret_text = out.bytes;
    return out.rc;
}

// All pairs, explained with the pool checked once.
static enum rc take_pairs(struct arena *arena, const struct match_input *input,
                          const struct mm_result *result, struct match_output *output)
{
    struct mm_fault fault;
    struct mm_link *links = ARENA_ARRAY(arena, struct mm_link, result->pairs);
    struct mm_explanation *why = ARENA_ARRAY(arena, struct mm_explanation, result->pairs);
    output->pairs = ARENA_ARRAY(arena, struct match_pair, result->pairs);
    if (links == NULL || why == NULL || output->pairs == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < result->pairs; k++)
        links[k] = (struct mm_link){result->pair[k].mentee, result->pair[k].mentor};
    TRY(rc_of(mm_explain_pairs(&input->pool, links, result->pairs, NULL, why, &fault)));
    for (size_t k = 0; k < result->pairs; k++) {
        TRY(tell_pair(arena, input, links[k], &why[k], &output->pairs[k]));
        output->pairs[k].score = result->pair[k].score;
        output->pairs[k].pinned = result->pair[k].pinned;
    }
    output->pair_count = result->pairs;
    return RC_OK;
}

static enum rc tell_lonely(struct arena *arena, const struct match_input *input, uint32_t mentee,
                           const struct mm_unmatched *why, struct match_lonely *ret_lonely)
{
    struct buffer removed;
    buffer_open(&removed, arena, TEXT_LIMIT_BYTES);
    for (int rule = 0; rule < MM_RULES; rule++)
        if (why->removed[rule] > 0)
            buffer_printf(&removed, "%d:%u ", rule, (unsigned)why->removed[rule]);
    if (why->removed_mandatory > 0)
        buffer_printf(&removed, "%d:%u ", MATCH_MUST_ANY, (unsigned)why->removed_mandatory);
    *ret_lonely = (struct match_lonely){.mentee = input->mentee[mentee]->id,
                                        .mentors = why->mentors,
                                        .left = why->left,
                                        .rule = why->relax_rule,
                                        .amount = why->relax_amount,
                                        .removed = removed.bytes == NULL ? "" : removed.bytes};
    return removed.rc;
}

static enum rc take_lonely(struct arena *arena, const struct match_input *input,
                           const struct mm_result *result, const struct mm_options *options,
                           struct match_output *output)
{
    struct mm_fault fault;
    uint32_t mentees = input->pool.mentees;
    size_t count = 0;
    bool *has = ARENA_ARRAY(arena, bool, mentees);
    uint32_t *alone = ARENA_ARRAY(arena, uint32_t, mentees);
    if (has == NULL || alone == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < result->pairs; k++)
        has[result->pair[k].mentee] = true;
    for (uint32_t i = 0; i < mentees; i++)
        if (!has[i])
            alone[count++] = i;
    struct mm_unmatched *why = ARENA_ARRAY(arena, struct mm_unmatched, count);
    output->lonely = ARENA_ARRAY(arena, struct match_lonely, count);
    if (why == NULL || output->lonely == NULL)
        return RC_NO_MEMORY;
    TRY(rc_of(mm_explain_all_unmatched(&input->pool, alone, count, options, why, &fault)));
    for (size_t k = 0; k < count; k++)
        match_tell_lonely_lines(input, alone[k], &why[k]);
    for (size_t k = 0; k < count; k++)
        TRY(tell_lonely(arena, input, alone[k], &why[k], &output->lonely[k]));
    output->lonely_count = count;
    return RC_OK;
}

static enum rc take_all(struct arena *arena, const struct match_input *input,
                        const struct mm_result *result, const struct mm_options *options,
                        struct match_output *output)
{
    struct match_run *run = &output->run;
    run->mentees = input->pool.mentees;
    run->mentors = input->pool.mentors;
    run->matched = result->matched;
    run->total = (int64_t)result->total;
    run->lowest = result->pairs == 0 ? 0 : result->lowest;
    run->proved = result->proved;
    TRY(write_certificate(arena, &result->certificate, input->pool.mentors, &output->certificate));
    TRY(take_pairs(arena, input, result, output));
    return take_lonely(arena, input, result, options, output);
}

// Solves, and has the independent check look at the proof before anybody sees a pair.
enum rc match_compute(struct arena *arena, const struct match_input *input,
                      const struct mm_options *options, struct match_output *ret_output)
{
    struct mm_fault fault;
    struct mm_objective objective = match_objective(&input->rules, ret_output->run.seed);
    struct mm_result result = {0};
    enum mm_status status = mm_match(&input->pool, &objective, options, &result, &fault);
    if (status == MM_CONTRADICTION)
        return RC_BAD_INPUT;
    if (status != MM_OK)
        return rc_of(status);
    status = result.proved ? mm_check_pool(&input->pool, &objective, &result, options, &fault)
                           : MM_NOT_PROVED;
    result.proved = status == MM_OK;
    enum rc rc =
        status == MM_STOPPED ? RC_STOPPED : take_all(arena, input, &result, options, ret_output);
    mm_result_free(&result);
    return rc;
}
