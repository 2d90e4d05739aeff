// SPDX-License-Identifier: Apache-2.0
// Printing a rules file so that reading it gives the same rules; see rules_file.h.
#include <inttypes.h>
#include <string.h>

#include "rules_file.h"
#include "rules_table.h"

enum { LINE_WIDTH = 96 };

// A comment, broken between words.
static void print_comment(struct buffer *buffer, const char *text)
{
    size_t column = 0;
    while (*text != '\0') {
        size_t word = strcspn(text, " ");
        if (column > 0 && column + 1 + word > LINE_WIDTH) {
            buffer_byte(buffer, '\n');
            column = 0;
        }
        buffer_text(buffer, column == 0 ? "# " : " ");
        buffer_append(buffer, text, word);
        column += (column == 0 ? 2 : 1) + word;
        text += word;
        text += strspn(text, " ");
    }
    buffer_byte(buffer, '\n');
}

// "32.5" from 3250 with scale 100.
static void print_amount(struct buffer *buffer, const struct rules_rule_row *row, uint32_t amount)
{
    buffer_printf(buffer, "%u", amount / row->scale);
    uint32_t part = amount % row->scale;
    if (part != 0 && part % 10 == 0)
        buffer_printf(buffer, ".%u", part / 10);
    else if (part != 0)
        buffer_printf(buffer, ".%02u", part);
}

enum rc rules_file_print_rule(struct buffer *buffer, const struct rules_file *rules,
                              enum mm_rule_kind kind)
{
    const struct rules_rule_row *row = rules_rule_row(kind);
    struct mm_rule rule = rules->rules.rule[kind];
    if (!rule.use && !row->fixed)
        return buffer_text(buffer, "off");
    if (row->unit == NULL)
        buffer_text(buffer, "on");
    else
        print_amount(buffer, row, rule.amount);
    bool one = rule.amount == row->scale && row->unit_of_one != NULL;
    if (row->unit != NULL)
        buffer_printf(buffer, " %s", one ? row->unit_of_one : row->unit);
    if (row->may_lack)
        buffer_text(buffer, rule.allow_unknown ? ", unanswered allowed" : ", unanswered refused");
    return buffer->rc;
}

static void print_keep(struct buffer *buffer, const struct mm_objective *objective)
{
    if (objective->keep_published)
        buffer_text(buffer, "all");
    else if (objective->limit_moves)
        buffer_printf(buffer, "%u moves", objective->moves);
    else if (objective->move_price > 0)
        buffer_printf(buffer, "price %u", objective->move_price);
    else
        buffer_text(buffer, "free");
}

static void print_levels(struct buffer *buffer, const struct mm_objective *objective)
{
    for (size_t i = 0; objective->level[i] != MM_END; i++)
        buffer_printf(buffer, "%s%s", i == 0 ? "" : ", ",
                      rules_level_row(objective->level[i])->name);
}

static void print_value(struct buffer *buffer, const struct rules_file *rules,
                        enum rules_setting setting)
{
    static const char *const languages[] = {"any", "A1", "A2", "B1", "B2", "C1", "C2", "native"};
    char date[DATE_TEXT_BYTES];
    switch (setting) {
    case RULES_SENIORITY_BEST:
        buffer_printf(buffer, "%u", rules->rules.seniority_best);
        break;
    case RULES_OVERLAP_ENOUGH:
        buffer_printf(buffer, "%u", rules->rules.overlap_enough);
        break;
    case RULES_WISH_ORDER:
        buffer_text(buffer, rules->wishes_in_order ? "yes" : "no");
        break;
    case RULES_LANGUAGE_LEVEL:
        buffer_text(buffer, languages[rules->language_level]);
        break;
    case RULES_DISTINCT:
        buffer_text(buffer, rules->distinct ? "yes" : "no");
        break;
    case RULES_LEVELS:
        print_levels(buffer, &rules->objective);
        break;
    case RULES_BANDS:
        buffer_printf(buffer, "%u", rules->objective.bands);
        break;
    case RULES_KEEP:
        print_keep(buffer, &rules->objective);
        break;
    case RULES_SEED:
        buffer_printf(buffer, "%" PRIu64, rules->objective.seed);
        break;
    case RULES_START:
        date_print(rules->start, date);
        buffer_text(buffer, date);
        break;
    case RULES_WEEKS:
        buffer_printf(buffer, "%d", rules->weeks);
        break;
    }
}

static void print_rules(struct buffer *buffer, const struct rules_file *rules)
{
    for (enum mm_rule_kind kind = 0; kind < MM_RULES; kind++) {
        if (rules_rule_row(kind)->fixed)
            continue;
        buffer_byte(buffer, '\n');
        print_comment(buffer, rules_rule_row(kind)->explanation);
        if (rules_rule_row(kind)->unit != NULL && !rules->rules.rule[kind].use) {
            const struct rules_rule_row *row = rules_rule_row(kind);
            buffer_printf(buffer, "# (off, or %s from %u to %u)\n", row->unit, row->least,
                          row->most);
        }
        buffer_printf(buffer, "%s = ", rules_rule_row(kind)->key);
        rules_file_print_rule(buffer, rules, kind);
        buffer_byte(buffer, '\n');
    }
}

static void print_weights(struct buffer *buffer, const struct rules_file *rules)
{
    for (enum mm_criterion_kind kind = 0; kind < MM_CRITERIA; kind++) {
        struct mm_weight weight = rules->rules.weight[kind];
        buffer_byte(buffer, '\n');
        print_comment(buffer, rules_weight_row(kind)->explanation);
        buffer_printf(buffer, "%s = %u%s\n", rules_weight_row(kind)->key, weight.weight,
                      weight.mandatory ? " mandatory" : "");
    }
}

static void print_order(struct buffer *buffer)
{
    for (enum mm_level_kind kind = MM_CARDINALITY; kind <= MM_DISTURBANCE; kind++)
        buffer_printf(buffer, "#   %s: %s\n", rules_level_row(kind)->name,
                      rules_level_row(kind)->explanation);
}

static void print_settings(struct buffer *buffer, const struct rules_file *rules,
                           enum rules_section section)
{
    for (enum rules_setting setting = 0; setting < RULES_SETTINGS; setting++) {
        const struct rules_setting_row *row = rules_setting_row(setting);
        if (row->section != section)
            continue;
        buffer_byte(buffer, '\n');
        print_comment(buffer, row->explanation);
        if (setting == RULES_LEVELS)
            print_order(buffer);
        buffer_printf(buffer, "%s = ", row->key);
        print_value(buffer, rules, setting);
        buffer_byte(buffer, '\n');
    }
}

enum rc rules_file_print(struct buffer *buffer, const struct rules_file *rules)
{
    buffer_text(buffer, "# Rules for trellis match. Change what you like, keep it in a file, and "
                        "use it with --rules FILE.\n"
                        "# A line that is left out keeps its default. What follows a # is a "
                        "comment.\n");
    for (enum rules_section section = 0; section < RULES_SECTIONS; section++) {
        buffer_printf(buffer, "\n[%s]\n", rules_section_name(section));
        print_comment(buffer, rules_section_explanation(section));
        if (section == RULES_HARD)
            print_rules(buffer, rules);
        if (section == RULES_WEIGHTS)
            print_weights(buffer, rules);
        print_settings(buffer, rules, section);
    }
    return buffer->rc;
}
