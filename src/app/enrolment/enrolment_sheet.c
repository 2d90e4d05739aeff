// SPDX-License-Identifier: Apache-2.0
//
// Sign-ups as rows of a sheet and back, so that what was taken out of one cohort can be put into
// another (src/app/import) and stays what it was; see enrolment.h.
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/weekly.h"

#include "app/enrolment/enrolment.h"

enum sheet_cell {
    CELL_NAME,
    CELL_EMAIL,
    CELL_PRONOUNS,
    CELL_ROLE,
    CELL_STATE,
    CELL_ZONE,
    CELL_TOPICS,
    CELL_OTHER,
    CELL_TOP,
    CELL_LANGUAGES,
    CELL_WEEK,
    CELL_FORMATS,
    CELL_EMPLOYER,
    CELL_GOAL,
    CELL_ABOUT,
    CELL_CAREGIVING,
    CELL_ACCESS,
    CELL_LEVEL,
    CELL_PLACES,
    CELL_HOURS,
    CELL_YEARS,
    CELL_CADENCE,
    CELL_SKILLS,
    CELL_PLACE,
    CELL_MANAGER,
    CELL_COUNT
};

static const char *const headings[CELL_COUNT] = {
    [CELL_NAME] = "Name",           [CELL_EMAIL] = "E-mail",
    [CELL_PRONOUNS] = "Pronouns",   [CELL_ROLE] = "Role",
    [CELL_STATE] = "State",         [CELL_ZONE] = "Time zone",
    [CELL_TOPICS] = "Topics",       [CELL_OTHER] = "Other topics",
    [CELL_TOP] = "Matters most",    [CELL_LANGUAGES] = "Languages",
    [CELL_WEEK] = "Week",           [CELL_FORMATS] = "Formats",
    [CELL_EMPLOYER] = "Employer",   [CELL_GOAL] = "Goal",
    [CELL_ABOUT] = "About",         [CELL_CAREGIVING] = "Caregiving",
    [CELL_ACCESS] = "Access needs", [CELL_LEVEL] = "Level",
    [CELL_PLACES] = "Places",       [CELL_HOURS] = "Hours",
    [CELL_YEARS] = "Years in tech", [CELL_CADENCE] = "Weeks between",
    [CELL_SKILLS] = "Topic levels", [CELL_PLACE] = "Meeting place",
    [CELL_MANAGER] = "Line manager"};

// Sheets that were saved before there were some of them are known too.
static const size_t counts[] = {CELL_YEARS, CELL_PLACE, CELL_COUNT};

void enrolment_sheet_head(struct csv_writer *csv)
{
    for (size_t k = 0; k < CELL_COUNT; k++)
        csv_cell_text(csv, headings[k]);
    csv_end_row(csv);
}

void enrolment_sheet_row(struct csv_writer *csv, const struct enrolment *e, const char *manager)
{
    const char *cells[CELL_LEVEL] = {
        [CELL_NAME] = e->name,
        [CELL_EMAIL] = e->email,
        [CELL_PRONOUNS] = e->pronouns,
        [CELL_ROLE] = e->role,
        [CELL_STATE] = e->state,
        [CELL_ZONE] = e->zone,
        [CELL_TOPICS] = e->topics,
        [CELL_OTHER] = e->other,
        [CELL_TOP] = e->top,
        [CELL_LANGUAGES] = e->languages,
        [CELL_WEEK] = e->week,
        [CELL_FORMATS] = e->formats,
        [CELL_EMPLOYER] = e->employer,
        [CELL_GOAL] = e->goal,
        [CELL_ABOUT] = e->about,
        [CELL_CAREGIVING] = enrolment_shows(e->caregiving_for, 'c') ? e->caregiving : "",
        [CELL_ACCESS] = enrolment_shows(e->access_for, 'c') ? e->access : ""};
    for (size_t k = 0; k < CELL_LEVEL; k++)
        csv_cell_text(csv, cells[k]);
    csv_cell_integer(csv, e->level);
    csv_cell_integer(csv, e->places);
    csv_cell_integer(csv, e->hours);
    csv_cell_text(csv, e->years);
    csv_cell_integer(csv, e->cadence);
    csv_cell_text(csv, e->skills);
    csv_cell_text(csv, e->place);
    csv_cell_text(csv, manager);
    csv_end_row(csv);
}

bool enrolment_sheet_is(const struct csv_row *head)
{
    bool same = false;
    for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++)
        same = same || head->cell_count == counts[k];
    for (size_t k = 0; same && k < head->cell_count; k++)
        same = strcmp(head->cells[k].bytes, headings[k]) == 0;
    return same;
}

// ---- reading -----------------------------------------------------------------------------------

// What was read of a cell, which is mostly the cell itself: nothing is copied then.
static enum rc keep(struct arena *arena, const struct buffer *out, const char *cell,
                    const char **ret_kept)
{
    TRY(out->rc);
    *ret_kept = strcmp(out->bytes, cell) == 0 ? cell : arena_strdup(arena, out->bytes);
    return *ret_kept == NULL ? RC_NO_MEMORY : RC_OK;
}

// The values of a list that are in the options, each once. Spreadsheets take the last blank away.
static enum rc read_list(struct arena *arena, struct buffer *out,
                         const struct field_option *options, const char *cell, bool *wrong,
                         const char **ret_list)
{
    out->length = 0;
    buffer_text(out, "");
    for (const char *text = cell; *text != '\0';) {
        size_t length = strcspn(text, " ");
        size_t k = 0;
        while (length > 0 && options[k].value != NULL &&
               (strlen(options[k].value) != length || strncmp(options[k].value, text, length) != 0))
            k++;
        bool known = length > 0 && options[k].value != NULL;
        *wrong = *wrong || (length > 0 && !known);
        if (known && enrolment_common(options[k].value, out->bytes) == 0)
            buffer_printf(out, "%s ", options[k].value);
        text += length + (text[length] == ' ');
    }
    return keep(arena, out, cell, ret_list);
}

static enum rc read_week(struct arena *arena, struct buffer *out, const char *cell, bool *wrong,
                         const char **ret_week)
{
    struct weekly weekly;
    const char *text = cell;
    out->length = 0;
    buffer_text(out, "");
    while (weekly_next(&text, &weekly))
        weekly_add(out, &weekly);
    *wrong = *text != '\0';
    return keep(arena, out, cell, ret_week);
}

// One value, which has no space after it.
static const char *read_one(const struct field_option *options, const char *cell, bool *wrong)
{
    for (size_t k = 0; options[k].value != NULL; k++)
        if (strcmp(options[k].value, cell) == 0)
            return cell;
    *wrong = cell[0] != '\0';
    return "";
}

static int64_t read_number(const char *text, int64_t most, bool *wrong)
{
    char *end = NULL;
    long long number = strtoll(text, &end, 10);
    if (*end == '\0' && number >= 0 && number <= most)
        return number;
    *wrong = true;
    return 0;
}

// Topics of the list, each with a level.
static bool are_skills(const char *cell, bool *wrong)
{
    size_t known = 0;
    size_t words = 0;
    for (const char *text = cell; *text != '\0';) {
        size_t length = strcspn(text, " ");
        words += length > 0;
        text += length + (text[length] == ' ');
    }
    for (const struct field_option *o = enrolment_topics; o->value != NULL; o++)
        known += enrolment_skill(cell, o->value) > 0;
    *wrong = known != words;
    return !*wrong;
}

enum rc enrolment_sheet_read(struct arena *arena, struct buffer *scratch, const struct csv_row *row,
                             struct enrolment_row *ret_row)
{
    const char *cells[CELL_COUNT];
    bool wrong[CELL_COUNT] = {false};
    for (size_t k = 0; k < CELL_COUNT; k++)
        cells[k] = k < row->cell_count ? csv_plain(row->cells[k].bytes) : "";
    struct enrolment e = {.name = cells[CELL_NAME],
                          .email = cells[CELL_EMAIL],
                          .pronouns = cells[CELL_PRONOUNS],
                          .role = cells[CELL_ROLE],
                          .state = cells[CELL_STATE],
                          .zone = cells[CELL_ZONE],
                          .other = cells[CELL_OTHER],
                          .top = read_one(enrolment_topics, cells[CELL_TOP], &wrong[CELL_TOP]),
                          .employer = cells[CELL_EMPLOYER],
                          .goal = cells[CELL_GOAL],
                          .about = cells[CELL_ABOUT],
                          .place = cells[CELL_PLACE],
                          .level = read_number(cells[CELL_LEVEL], 4, &wrong[CELL_LEVEL]),
                          .places = read_number(cells[CELL_PLACES], 10, &wrong[CELL_PLACES]),
                          .hours = read_number(cells[CELL_HOURS], 40, &wrong[CELL_HOURS]),
                          .cadence = read_number(cells[CELL_CADENCE], 4, &wrong[CELL_CADENCE])};
    int64_t years = read_number(cells[CELL_YEARS], ENROLMENT_YEARS_MAX, &wrong[CELL_YEARS]);
    e.years = wrong[CELL_YEARS] || cells[CELL_YEARS][0] == '\0'
                  ? ""
                  : arena_printf(arena, "%d", (int)years);
    e.skills = are_skills(cells[CELL_SKILLS], &wrong[CELL_SKILLS]) ? cells[CELL_SKILLS] : "";
    if (e.years == NULL)
        return RC_NO_MEMORY;
    const struct {
        enum sheet_cell cell;
        const struct field_option *options;
        const char **list;
    } lists[] = {
        {CELL_TOPICS,    enrolment_topics,    &e.topics   },
        {CELL_LANGUAGES, enrolment_languages, &e.languages},
        {CELL_FORMATS,   enrolment_formats,   &e.formats  }
    };
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++)
        TRY(read_list(arena, scratch, lists[k].options, cells[lists[k].cell], &wrong[lists[k].cell],
                      lists[k].list));
    TRY(read_week(arena, scratch, cells[CELL_WEEK], &wrong[CELL_WEEK], &e.week));
    *ret_row = (struct enrolment_row){.said = e, .manager = cells[CELL_MANAGER]};
    for (size_t k = 0; k < CELL_COUNT && ret_row->wrong == NULL; k++)
        ret_row->wrong = wrong[k] ? headings[k] : NULL;
    return RC_OK;
}
