// SPDX-License-Identifier: Apache-2.0
//
// A sheet that was taken out of a cohort here ("sign-ups.csv"): its columns are known, so its rows
// are taken as they are, without recognising or guessing anything.
#include <string.h>

#include "base/csv.h"
#include "base/zone.h"

#include "app/import/import.h"

enum { NOTES_MAX = 2000, ZONES_MAX = 600, SCRATCH_LIMIT_BYTES = 1 << 20 };

struct own {
    struct arena *arena;
    const struct import_source *source;
    struct import_sheet *sheet;
    struct buffer scratch;
    const char *zones[ZONES_MAX]; // that are known to exist
    size_t zone_count;
};

// Whether it begins with our headings.
static enum rc begins_as_ours(struct arena *arena, struct text content, bool *ret_ours)
{
    struct problem_list problems;
    struct csv_table head;
    const struct csv_options options = {.file = ""};
    const char *end = memchr(content.bytes, '\n', content.length);
    *ret_ours = false;
    if (end == NULL)
        return RC_OK;
    problem_list_open(&problems, arena, 10);
    enum rc rc = csv_read(arena, content.bytes, (size_t)(end - content.bytes) + 1, &options,
                          &problems, &head);
    if (rc == RC_NO_MEMORY)
        return rc;
    *ret_ours = rc == RC_OK && head.row_count == 1 && enrolment_sheet_is(&head.rows[0]);
    return RC_OK;
}

static void note(struct own *own, const struct import_note *note)
{
    if (own->sheet->note_count < NOTES_MAX)
        own->sheet->notes[own->sheet->note_count++] = *note;
}

static bool is_zone(struct own *own, const char *name)
{
    struct zone zone;
    for (size_t k = 0; k < own->zone_count; k++)
        if (strcmp(own->zones[k], name) == 0)
            return true;
    if (own->zone_count == ZONES_MAX || !zone_name_is_safe(name) ||
        zone_load(own->arena, ZONE_FOLDER, name, &zone) != RC_OK)
        return false;
    own->zones[own->zone_count++] = name;
    return true;
}

static enum rc take_row(struct own *own, const struct csv_row *row)
{
    struct enrolment_row read;
    const char *role = own->source->mentors ? "mentor" : "mentee";
    TRY(enrolment_sheet_read(own->arena, &own->scratch, row, &read));
    struct enrolment e = read.said;
    if (strcmp(e.role, role) != 0) {
        note(own, &(struct import_note){
                      "warning", row->line, "Role",
                      MSG("the row is of somebody in the other role: it is left out"),
                      MSG("import the sheet once for mentees and once for mentors"), NULL});
        return RC_OK;
    }
    if (e.name[0] == '\0') {
        note(own, &(struct import_note){"warning", row->line, "Name", MSG("the row has no name"),
                                        MSG("write her name there"), NULL});
        return RC_OK;
    }
    if (e.zone[0] != '\0' && !is_zone(own, e.zone)) {
        read.wrong = "Time zone";
        e.zone = "";
    }
    if (read.wrong != NULL)
        note(own,
             &(struct import_note){"warning", row->line, read.wrong,
                                   MSG("a part of this cell is not known here: it is left out"),
                                   MSG("compare it with a sheet that was saved from here"), NULL});
    own->sheet->people[own->sheet->person_count++] =
        (struct import_person){.line = row->line,
                               .name = e.name,
                               .email = e.email,
                               .zone = e.zone,
                               .pronouns = e.pronouns,
                               .topics = e.topics,
                               .other = e.other,
                               .top = e.top,
                               .languages = e.languages,
                               .week = e.week,
                               .formats = e.formats,
                               .employer = e.employer,
                               .goal = e.goal,
                               .about = e.about,
                               .level = e.level,
                               .places = e.places,
                               .hours = e.hours,
                               .cadence = e.cadence,
                               .years = e.years,
                               .skills = e.skills,
                               .place = e.place,
                               .manager = read.manager,
                               .managed = "",
                               .becomes = ""};
    return RC_OK;
}

// A broken one is left to the reader of all sheets, which says what is wrong with it.
enum rc import_read_own(struct arena *arena, const struct import_source *source,
                        struct import_sheet *ret_sheet)
{
    bool ours = false;
    struct problem_list problems;
    struct csv_table table;
    const struct csv_options options = {.file = source->file};
    struct own own = {.arena = arena, .source = source, .sheet = ret_sheet};
    TRY(begins_as_ours(arena, source->content, &ours));
    if (!ours)
        return RC_NOT_FOUND;
    buffer_open(&own.scratch, arena, SCRATCH_LIMIT_BYTES);
    problem_list_open(&problems, arena, NOTES_MAX);
    enum rc rc =
        csv_read(arena, source->content.bytes, source->content.length, &options, &problems, &table);
    if (rc != RC_OK)
        return rc == RC_NO_MEMORY ? rc : RC_NOT_FOUND;
    *ret_sheet = (struct import_sheet){.usable = true, .own = true};
    ret_sheet->people = ARENA_ARRAY(arena, struct import_person, table.row_count);
    ret_sheet->notes = ARENA_ARRAY(arena, struct import_note, NOTES_MAX);
    if (ret_sheet->people == NULL || ret_sheet->notes == NULL)
        return RC_NO_MEMORY;
    for (uint32_t k = 1; k < table.row_count; k++)
        TRY(take_row(&own, &table.rows[k]));
    return RC_OK;
}
