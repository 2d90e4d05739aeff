// SPDX-License-Identifier: Apache-2.0
// Reading a rules file, line by line; see rules_file.h. Printing stands in rules_print.c.
#include "rules_file.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "rules_table.h"

enum { WORD_BYTES_MAX = 96, WEEKS_DEFAULT = 16, BANDS_DEFAULT = 10, LEVELS_MAX = 7 };

static const enum mm_level_kind levels_default[] = {MM_CARDINALITY, MM_PRIORITY, MM_FLOOR,
                                                    MM_BANDS,       MM_TOTAL,    MM_END};

// One file while it is read. The lines say where a key was set, for the second time it is.
struct reader {
    const char *file;
    struct problem_list *problems;
    struct rules_file *rules;
    uint32_t line;
    bool has_section;
    enum rules_section section;
    uint32_t rule_line[MM_RULES];
    uint32_t weight_line[MM_CRITERIA];
    uint32_t setting_line[RULES_SETTINGS];
};

void rules_file_default(struct rules_file *ret_rules)
{
    *ret_rules = (struct rules_file){
        .objective = {.bands = BANDS_DEFAULT, .seed = 1},
        .wishes_in_order = true,
        .language_level = PERSON_LANGUAGE_B1,
        .start = { 2026,                     9,         7},
        .weeks = WEEKS_DEFAULT,
    };
    memcpy(ret_rules->objective.level, levels_default, sizeof levels_default);
    mm_rules_default(&ret_rules->rules);
    if (ret_rules->rules.seniority_best == 0)
        ret_rules->rules.seniority_best = 2;
    if (ret_rules->rules.overlap_enough == 0)
        ret_rules->rules.overlap_enough = 240;
}

// ---- words ----

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static struct text trim(struct text text)
{
    while (text.length > 0 && is_blank(text.bytes[0]))
        text = (struct text){text.bytes + 1, text.length - 1};
    while (text.length > 0 && is_blank(text.bytes[text.length - 1]))
        text.length--;
    return text;
}

// Lower case, one space for blanks, '_' and '-'; cut at the size of the word.
static void plain_word(struct text text, char ret_word[WORD_BYTES_MAX])
{
    size_t length = 0;
    text = trim(text);
    for (size_t i = 0; i < text.length && length + 1 < WORD_BYTES_MAX; i++) {
        char c = lower(text.bytes[i]);
        if (is_blank(c) || c == '_')
            c = ' ';
        if (c == ' ' && length > 0 && ret_word[length - 1] == ' ')
            continue;
        ret_word[length++] = c;
    }
    ret_word[length] = '\0';
}

static bool word_is(struct text text, const char *want)
{
    char word[WORD_BYTES_MAX];
    plain_word(text, word);
    return strcmp(word, want) == 0;
}

// Cuts at the first `mark`; gives what stands before it, trimmed, and leaves the rest.
static struct text cut(struct text *rest, char mark)
{
    const char *found = rest->length == 0 ? NULL : memchr(rest->bytes, mark, rest->length);
    struct text before = *rest;
    if (found == NULL) {
        *rest = (struct text){rest->bytes + rest->length, 0};
        return trim(before);
    }
    before.length = (size_t)(found - rest->bytes);
    *rest = (struct text){found + 1, rest->length - before.length - 1};
    return trim(before);
}

// A whole number of at most 19 digits.
static bool read_number(struct text text, uint64_t most, uint64_t *ret_number)
{
    text = trim(text);
    uint64_t number = 0;
    if (text.length == 0 || text.length > 19)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
        number = number * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    if (number > most)
        return false;
    *ret_number = number;
    return true;
}

static bool read_switch(struct text text, bool *ret_on)
{
    bool on = word_is(text, "on") || word_is(text, "yes") || word_is(text, "true");
    if (!on && !word_is(text, "off") && !word_is(text, "no") && !word_is(text, "false"))
        return false;
    *ret_on = on;
    return true;
}

// ---- problems ----

static struct problem_place here(const struct reader *reader)
{
    return (struct problem_place){reader->file, reader->line, NULL};
}

static enum rc refuse_value(struct reader *reader, const char *key, struct text value,
                            const char *allowed)
{
    char word[WORD_BYTES_MAX];
    plain_word(value, word);
    const char *todo = arena_printf(reader->problems->arena, "Write %s", allowed);
    if (todo == NULL)
        return RC_NO_MEMORY;
    return problem_add(reader->problems, PROBLEM_ERROR, here(reader), todo,
                       "\"%s\" cannot be \"%s\"", key, word);
}

static enum rc set_once(struct reader *reader, uint32_t *line, const char *key)
{
    if (*line != 0)
        return problem_add(reader->problems, PROBLEM_ERROR, here(reader), "Keep one of the lines",
                           "\"%s\" is set already, in line %u", key, *line);
    *line = reader->line;
    return RC_OK;
}

// ---- values ----

// "unanswered allowed"; nothing there keeps what was.
static bool read_unanswered(struct text text, bool *allow)
{
    text = trim(text);
    if (text.length == 0)
        return true;
    bool allowed = word_is(text, "unanswered allowed");
    if (!allowed && !word_is(text, "unanswered refused"))
        return false;
    *allow = allowed;
    return true;
}

// "minutes" or "minutes a week" for minutes a week; nothing at all is fine.
static bool is_unit(const struct rules_rule_row *row, struct text text)
{
    char word[WORD_BYTES_MAX];
    plain_word(text, word);
    size_t length = strlen(word);
    bool whole = strncmp(row->unit, word, length) == 0 &&
                 (length == 0 || row->unit[length] == '\0' || row->unit[length] == ' ');
    return whole || (row->unit_of_one != NULL && strcmp(word, row->unit_of_one) == 0);
}

// "60", "60 minutes a week", "32.5 points of 100" as steps of the library.
static bool read_amount(const struct rules_rule_row *row, struct text text, uint32_t *ret_amount)
{
    struct text rest = trim(text);
    struct text number = cut(&rest, ' ');
    if (!is_unit(row, rest))
        return false;
    struct text decimals = number;
    struct text whole = cut(&decimals, '.');
    uint64_t steps = 0;
    uint64_t part = 0;
    if (!read_number(whole, row->most, &steps))
        return false;
    if (decimals.length > 0) {
        if (row->scale != 100 || decimals.length > 2 || !read_number(decimals, 99, &part))
            return false;
        part *= decimals.length == 1 ? 10 : 1;
    }
    uint64_t amount = steps * row->scale + part;
    if (amount < (uint64_t)row->least * row->scale || amount > (uint64_t)row->most * row->scale)
        return false;
    *ret_amount = (uint32_t)amount;
    return true;
}

static const char *rule_allowed(struct arena *arena, const struct rules_rule_row *row)
{
    const char *lack =
        row->may_lack ? "; \", unanswered allowed\" or \", unanswered refused\" may follow" : "";
    const char *text = row->unit == NULL ? arena_printf(arena, "on or off%s", lack)
                                         : arena_printf(arena, "off, or %s from %u to %u%s",
                                                        row->unit, row->least, row->most, lack);
    return text == NULL ? "" : text;
}

static enum rc read_rule(struct reader *reader, enum mm_rule_kind kind, struct text value)
{
    const struct rules_rule_row *row = rules_rule_row(kind);
    TRY(set_once(reader, &reader->rule_line[kind], row->key));
    struct mm_rule rule = reader->rules->rules.rule[kind];
    struct text rest = value;
    struct text first = cut(&rest, ',');
    bool on = false;
    bool good = read_switch(first, &on);
    if (good && on && row->unit != NULL)
        good = rule.amount >= row->least * row->scale; // "on" keeps the default amount
    if (!good && row->unit != NULL)
        good = on = read_amount(row, first, &rule.amount);
    good = good && (trim(rest).length == 0 ||
                    (row->may_lack && on && read_unanswered(rest, &rule.allow_unknown)));
    if (!good)
        return refuse_value(reader, row->key, value, rule_allowed(reader->problems->arena, row));
    if (on) {
        rule.use = true;
        reader->rules->rules.rule[kind] = rule;
    } else {
        reader->rules->rules.rule[kind].use = false;
    }
    reader->rules->rule_told[kind] = true;
    return RC_OK;
}

static const char weight_allowed[] =
    "a whole number from 0 to 10, or Low, Medium, High or Mandatory, or a number and mandatory "
    "(\"7 mandatory\")";

// "7", "High", "Mandatory", "7 mandatory".
static bool read_weight_value(struct text value, struct mm_weight *ret_weight)
{
    static const struct {
        const char *word;
        struct mm_weight weight;
    } words[] = {
        {"off",       {0, false}                  },
        {"low",       {RULES_WEIGHT_LOW, false}   },
        {"medium",    {RULES_WEIGHT_MEDIUM, false}},
        {"high",      {RULES_WEIGHT_HIGH, false}  },
        {"mandatory", {10, true}                  },
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (word_is(value, words[i].word)) {
            *ret_weight = words[i].weight;
            return true;
        }
    }
    struct text rest = trim(value);
    struct text number = cut(&rest, ' ');
    uint64_t weight = 0;
    bool mandatory = word_is(rest, "mandatory");
    if (!read_number(number, 10, &weight) || (trim(rest).length > 0 && !mandatory) ||
        (mandatory && weight == 0))
        return false;
    *ret_weight = (struct mm_weight){(uint8_t)weight, mandatory};
    return true;
}

static enum rc read_weight(struct reader *reader, enum mm_criterion_kind kind, struct text value)
{
    const char *key = rules_weight_row(kind)->key;
    TRY(set_once(reader, &reader->weight_line[kind], key));
    if (!read_weight_value(value, &reader->rules->rules.weight[kind]))
        return refuse_value(reader, key, value, weight_allowed);
    reader->rules->weight_told[kind] = true;
    return RC_OK;
}

static bool read_level(struct text word, enum mm_level_kind *ret_level)
{
    for (enum mm_level_kind kind = MM_CARDINALITY; kind <= MM_DISTURBANCE; kind++) {
        if (word_is(word, rules_level_row(kind)->name)) {
            *ret_level = kind;
            return true;
        }
    }
    return false;
}

// "most mentees, lowest score, highest total": each at most once, at least one.
static bool read_levels(struct text value, struct mm_objective *objective)
{
    enum mm_level_kind levels[LEVELS_MAX + 1] = {MM_END};
    size_t count = 0;
    struct text rest = value;
    do {
        enum mm_level_kind kind = MM_END;
        if (!read_level(cut(&rest, ','), &kind) || count == LEVELS_MAX - 1)
            return false;
        for (size_t i = 0; i < count; i++)
            if (levels[i] == kind)
                return false;
        levels[count++] = kind;
    } while (rest.length > 0);
    memcpy(objective->level, levels, sizeof objective->level);
    return true;
}

enum rc rules_file_read_keep(const char *text, struct mm_objective *objective)
{
    struct text value = trim(text_of(text));
    struct mm_objective kept = *objective;
    kept.keep_published = kept.limit_moves = false;
    kept.moves = kept.move_price = 0;
    struct text rest = value;
    struct text first = cut(&rest, ' ');
    uint64_t number = 0;
    if (word_is(value, "all")) {
        kept.keep_published = true;
    } else if (word_is(first, "price") && read_number(rest, 1000000, &number)) {
        kept.move_price = (uint32_t)number;
    } else if (read_number(first, MM_SIDE_MAX, &number) &&
               (rest.length == 0 || word_is(rest, "moves"))) {
        kept.limit_moves = true;
        kept.moves = (uint32_t)number;
    } else if (!word_is(value, "free")) {
        return RC_BAD_INPUT;
    }
    *objective = kept;
    return RC_OK;
}

static bool read_language_level(struct text value, enum person_language_level *ret_level)
{
    static const char *const words[] = {"any", "a1", "a2", "b1", "b2", "c1", "c2", "native"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (word_is(value, words[i])) {
            *ret_level = (enum person_language_level)i;
            return true;
        }
    }
    return false;
}

static bool read_date(struct text value, struct date *ret_date)
{
    char word[WORD_BYTES_MAX];
    plain_word(value, word);
    return date_parse(word, ret_date) == RC_OK && ret_date->year >= 1970 && ret_date->year < 2100;
}

static bool read_in_range(struct text value, uint64_t least, uint64_t most, uint64_t *ret_number)
{
    uint64_t number = 0;
    if (!read_number(value, most, &number) || number < least)
        return false;
    *ret_number = number;
    return true;
}

static bool read_keep_value(struct text value, struct mm_objective *objective)
{
    char word[WORD_BYTES_MAX];
    plain_word(value, word);
    return rules_file_read_keep(word, objective) == RC_OK;
}

bool rules_file_read_seed(const char *text, uint64_t *ret_seed)
{
    return read_number(text_of(text), UINT64_MAX, ret_seed);
}

bool rules_file_read_weeks(const char *text, int32_t *ret_weeks)
{
    uint64_t weeks = 0;
    if (!read_in_range(text_of(text), RULES_WEEKS_MIN, RULES_WEEKS_MAX, &weeks))
        return false;
    *ret_weeks = (int32_t)weeks;
    return true;
}

bool rules_file_read_start(const char *text, struct date *ret_start)
{
    struct date date;
    if (!read_date(text_of(text), &date))
        return false;
    *ret_start = date;
    return true;
}

static bool read_setting_value(struct rules_file *rules, enum rules_setting setting,
                               struct text value)
{
    uint64_t number = 0;
    bool good = false;
    switch (setting) {
    case RULES_SENIORITY_BEST:
        good = read_in_range(value, 1, 19, &number);
        rules->rules.seniority_best = good ? (uint8_t)number : rules->rules.seniority_best;
        return good;
    case RULES_OVERLAP_ENOUGH:
        good = read_in_range(value, 15, 10080, &number);
        rules->rules.overlap_enough = good ? (uint16_t)number : rules->rules.overlap_enough;
        return good;
    case RULES_WISH_ORDER:
        return read_switch(value, &rules->wishes_in_order);
    case RULES_LANGUAGE_LEVEL:
        return read_language_level(value, &rules->language_level);
    case RULES_DISTINCT:
        return read_switch(value, &rules->distinct);
    case RULES_LEVELS:
        return read_levels(value, &rules->objective);
    case RULES_BANDS:
        good = read_in_range(value, 2, MM_BANDS_MAX, &number);
        rules->objective.bands = good ? (uint32_t)number : rules->objective.bands;
        return good;
    case RULES_KEEP:
        return read_keep_value(value, &rules->objective);
    case RULES_SEED:
        return read_number(value, UINT64_MAX, &rules->objective.seed);
    case RULES_START:
        return read_date(value, &rules->start);
    case RULES_WEEKS:
        good = read_in_range(value, RULES_WEEKS_MIN, RULES_WEEKS_MAX, &number);
        rules->weeks = good ? (int32_t)number : rules->weeks;
        return good;
    }
    return false;
}

static enum rc read_setting(struct reader *reader, enum rules_setting setting, struct text value)
{
    const struct rules_setting_row *row = rules_setting_row(setting);
    TRY(set_once(reader, &reader->setting_line[setting], row->key));
    if (!read_setting_value(reader->rules, setting, value))
        return refuse_value(reader, row->key, value, row->allowed);
    return RC_OK;
}

// ---- lines ----

// Adds `"key"` to the list of what is allowed, and remembers the nearest to what was typed.
struct offer {
    struct buffer names;
    const char *nearest;
    unsigned distance;
};

static void offer_key(struct offer *offer, struct text typed, const char *key)
{
    if (offer->names.length > 0)
        buffer_text(&offer->names, ", ");
    buffer_text(&offer->names, key);
    unsigned distance = text_distance(typed, text_of(key), 3);
    if (distance < offer->distance) {
        offer->distance = distance;
        offer->nearest = key;
    }
}

static void offer_section(struct offer *offer, struct text typed, enum rules_section section)
{
    for (enum mm_rule_kind kind = 0; section == RULES_HARD && kind < MM_RULES; kind++)
        if (!rules_rule_row(kind)->fixed)
            offer_key(offer, typed, rules_rule_row(kind)->key);
    for (enum mm_criterion_kind kind = 0; section == RULES_WEIGHTS && kind < MM_CRITERIA; kind++)
        offer_key(offer, typed, rules_weight_row(kind)->key);
    for (enum rules_setting setting = 0; setting < RULES_SETTINGS; setting++)
        if (rules_setting_row(setting)->section == section)
            offer_key(offer, typed, rules_setting_row(setting)->key);
}

static enum rc refuse_key(struct reader *reader, const char *key)
{
    struct arena *arena = reader->problems->arena;
    struct offer offer = {.distance = 4};
    buffer_open(&offer.names, arena, 4096);
    offer_section(&offer, text_of(key), reader->section);
    TRY(offer.names.rc);
    const char *section = rules_section_name(reader->section);
    const char *todo =
        offer.nearest != NULL
            ? arena_printf(arena, "Did you mean \"%s\"", offer.nearest)
            : arena_printf(arena, "Known under [%s]: %s", section, offer.names.bytes);
    if (todo == NULL)
        return RC_NO_MEMORY;
    if (offer.nearest != NULL && (todo = arena_printf(arena, "%s?", todo)) == NULL)
        return RC_NO_MEMORY;
    return problem_add(reader->problems, PROBLEM_ERROR, here(reader), todo,
                       "there is no setting \"%s\" under [%s]", key, section);
}

static enum rc read_section(struct reader *reader, struct text line)
{
    struct text inside = {line.bytes + 1, line.length - 1};
    bool closed = inside.length > 0 && inside.bytes[inside.length - 1] == ']';
    inside.length -= closed ? 1 : 0;
    for (enum rules_section section = 0; closed && section < RULES_SECTIONS; section++) {
        if (word_is(inside, rules_section_name(section))) {
            reader->section = section;
            reader->has_section = true;
            return RC_OK;
        }
    }
    char word[WORD_BYTES_MAX];
    plain_word(line, word);
    reader->has_section = false;
    return problem_add(reader->problems, PROBLEM_ERROR, here(reader),
                       "Headings are [hard rules], [weights], [sheets], [objective] and [cohort]",
                       "there is no heading \"%s\"", word);
}

static enum rc read_pair(struct reader *reader, const char *key, struct text value)
{
    for (enum mm_rule_kind kind = 0; reader->section == RULES_HARD && kind < MM_RULES; kind++)
        if (!rules_rule_row(kind)->fixed && strcmp(key, rules_rule_row(kind)->key) == 0)
            return read_rule(reader, kind, value);
    for (enum mm_criterion_kind kind = 0; reader->section == RULES_WEIGHTS && kind < MM_CRITERIA;
         kind++)
        if (strcmp(key, rules_weight_row(kind)->key) == 0)
            return read_weight(reader, kind, value);
    for (enum rules_setting setting = 0; setting < RULES_SETTINGS; setting++)
        if (rules_setting_row(setting)->section == reader->section &&
            strcmp(key, rules_setting_row(setting)->key) == 0)
            return read_setting(reader, setting, value);
    return refuse_key(reader, key);
}

static enum rc read_line(struct reader *reader, struct text line)
{
    struct text rest = line;
    line = cut(&rest, '#');
    if (line.length == 0)
        return RC_OK;
    if (line.bytes[0] == '[')
        return read_section(reader, line);
    if (memchr(line.bytes, '=', line.length) == NULL)
        return problem_add(reader->problems, PROBLEM_ERROR, here(reader),
                           "Write \"key = value\", or # in front of a comment",
                           "this line is neither a setting, a heading nor a comment");
    struct text value = line;
    char key[WORD_BYTES_MAX];
    plain_word(cut(&value, '='), key);
    if (!reader->has_section)
        return problem_add(reader->problems, PROBLEM_ERROR, here(reader),
                           "Put it below a heading such as [weights]; see --print-rules",
                           "\"%s\" stands below no heading", key);
    return read_pair(reader, key, trim(value));
}

enum rc rules_file_read(const char *file, struct text content, struct problem_list *problems,
                        struct rules_file *ret_rules)
{
    struct rules_file rules;
    rules_file_default(&rules);
    struct reader reader = {.file = file, .problems = problems, .rules = &rules};
    size_t errors = problem_count(problems, PROBLEM_ERROR);
    if (content.length >= 3 && memcmp(content.bytes, "\xef\xbb\xbf", 3) == 0)
        content = (struct text){content.bytes + 3, content.length - 3};
    if (content.length > RULES_FILE_BYTES_MAX || !text_is_utf8(content.bytes, content.length) ||
        (content.length > 0 && memchr(content.bytes, '\0', content.length) != NULL)) {
        TRY(problem_add(problems, PROBLEM_ERROR, here(&reader),
                        "Start from the output of trellis match --print-rules",
                        "this is not a rules file: it is larger than 64 KiB or not UTF-8 text"));
        return RC_BAD_INPUT;
    }
    while (content.length > 0) {
        reader.line++;
        TRY(read_line(&reader, cut(&content, '\n')));
    }
    if (problem_count(problems, PROBLEM_ERROR) > errors)
        return RC_BAD_INPUT;
    *ret_rules = rules;
    return RC_OK;
}

const char *rules_file_rule(enum mm_rule_kind rule)
{
    return rules_rule_row(rule)->key;
}

const char *rules_file_criterion(enum mm_criterion_kind criterion)
{
    return rules_weight_row(criterion)->key;
}

const char *rules_file_level(enum mm_level_kind level)
{
    return rules_level_row(level)->explanation;
}
