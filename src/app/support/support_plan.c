// SPDX-License-Identifier: Apache-2.0
//
// When a step of a plan is due and how it stands: decisions without a database.
#include "app/support/support_plan.h"

#include <string.h>

#include "base/date.h"

#include "web/message.h"

enum { SOON_DAYS = 7 };

// clang-format off
const struct field_option plan_roles[] = {
    {"pair",   MSG("Both of a pair")}, {"mentee", MSG("The mentee alone")}, {"mentor", MSG("The mentor alone")}, {NULL, NULL},
};
const struct field_option plan_kinds[] = {
    {"task",     MSG("Something to do")}, {"meeting", MSG("A meeting, with an agenda")}, {"resource", MSG("Something to read, watch or use")},
    {"message",  MSG("A message by mail")}, {"survey", MSG("Questions")}, {NULL, NULL},
};
const struct field_option plan_owners[] = {
    {"both", MSG("Either of the two")}, {"mentee", MSG("The mentee")}, {"mentor", MSG("The mentor")}, {"coordinator", MSG("A coordinator")}, {NULL, NULL},
};
const struct field_option plan_conditions[] = {
    {"",          MSG("Always")},
    {"meeting",   MSG("Only if they have not met yet, and no meeting is settled")},
    {"agreement", MSG("Only if their agreement is not signed by both")},
    {"goal",      MSG("Only if they have not agreed on a goal")}, {NULL, NULL},
};
const struct field_option plan_surveys[] = {
    {"", MSG("none")}, {"pulse", MSG("How does it go?")}, {"mid", MSG("Half of the time is over")}, {NULL, NULL},
};
// The names of languages are written in the languages themselves.
const struct field_option support_languages[] = {
    {"en", "English"}, {"es", "Espa\xc3\xb1ol"}, {"ar", "\xd8\xa7\xd9\x84\xd8\xb9\xd8\xb1\xd8\xa8\xd9\x8a\xd8\xa9"}, {"fr", "Fran\xc3\xa7" "ais"}, {"pt", "Portugu\xc3\xaas"}, {"de", "Deutsch"}, {NULL, NULL},
};
// clang-format on

const char *support_label(const struct field_option *options, const char *value)
{
    for (const struct field_option *o = options; o->value != NULL; o++)
        if (strcmp(o->value, value) == 0)
            return o->label;
    return value;
}

int64_t plan_due(int64_t begun_at, int64_t offset_days, int64_t days, int64_t fits_in)
{
    if (fits_in < 1)
        fits_in = 1;
    int64_t last = days > fits_in ? days : fits_in; // with more time, the end is later
    int64_t offset = (offset_days < 0 ? last + offset_days : offset_days) * DAY_US;
    if (offset < 0)
        offset = 0;
    if (days > fits_in) // days and offsets are below 1000: no overflow
        offset = offset / days * fits_in;
    return begun_at + offset;
}

enum plan_stand plan_stand(const struct pair_item *item, int64_t now_us)
{
    if (strcmp(item->state, "done") == 0)
        return PLAN_DONE;
    if (strcmp(item->state, "skipped") == 0)
        return PLAN_SKIPPED;
    if (item->paused_at > 0)
        return PLAN_WAITS;
    int64_t today = now_us / DAY_US;
    int64_t due = item->due_at / DAY_US;
    if (due < today)
        return PLAN_LATE;
    if (due == today)
        return PLAN_TODAY;
    return due - today <= SOON_DAYS ? PLAN_SOON : PLAN_LATER;
}

const char *plan_stand_label(enum plan_stand stand)
{
    switch (stand) {
    case PLAN_DONE:
        return MSG("done");
    case PLAN_SKIPPED:
        return MSG("not needed");
    case PLAN_WAITS:
        return MSG("waits for the end of the pause");
    case PLAN_LATE:
        return MSG("overdue");
    case PLAN_TODAY:
        return MSG("today");
    case PLAN_SOON:
        return MSG("in the next days");
    case PLAN_LATER:
        return MSG("later");
    }
    return "";
}
