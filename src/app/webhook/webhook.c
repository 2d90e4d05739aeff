// SPDX-License-Identifier: Apache-2.0
//
// What is told, and when it is tried again; pure. See webhook.h.
#include "app/webhook/webhook.h"

#include <string.h>

#include "base/json.h"

#include "web/field.h"
#include "web/out.h"

// A dispute, what somebody felt, and who was introduced to whom are not in it.
// clang-format off
const struct webhook_kind webhook_kinds[WEBHOOK_KINDS + 1] = {
    {"match.begun",      ANNOUNCE_MATCH_BEGUN,       "match",     "active",    "/pairs/",   true},
    {"match.paused",     ANNOUNCE_MATCH_PAUSED,      "match",     "paused",    "/pairs/",   true},
    {"match.resumed",    ANNOUNCE_MATCH_RESUMED,     "match",     "active",    "/pairs/",   true},
    {"match.completed",  ANNOUNCE_MATCH_COMPLETED,   "match",     "completed", "/pairs/",   true},
    {"match.ended",      ANNOUNCE_MATCH_ENDED,       "match",     "ended",     "/pairs/",   true},
    {"meeting.held",     ANNOUNCE_MEETING_HELD,      "meeting",   "held",      "/pairs/",   true},
    {"meeting.unheld",   ANNOUNCE_MEETING_UNHELD,    "meeting",   "not_held",  "/pairs/",   true},
    {"goal.achieved",    ANNOUNCE_GOAL_ACHIEVED,     "goal",      "achieved",  "/pairs/",   true},
    {"plan.done",        ANNOUNCE_PLAN_DONE,         "match",     "done",      "/pairs/",   true},
    {"training.done",    ANNOUNCE_TRAINING_DONE,     "training",  "done",      "/learn/training/", false},
    {"event.attended",   ANNOUNCE_EVENT_ATTENDED,    "event",     "attended",  "/events/",  false},
    {"enrolment.moved",  ANNOUNCE_ENROLMENT_MOVED,   "enrolment", NULL,        NULL,        false},
    {"enrolment.left",   ANNOUNCE_COHORT_LEFT,       "enrolment", "withdrawn", NULL,        false},
    {"person.changed",   ANNOUNCE_PROFILE_CHANGED,   "person",    "changed",   NULL,        false},
    {"person.closed",    ANNOUNCE_ACCOUNT_CLOSED,    "person",    "closed",    NULL,        false},
    {"person.erased",    ANNOUNCE_PERSON_ERASED,     "person",    "erased",    NULL,        false},
    {"cohort.closing",   ANNOUNCE_COHORT_CLOSING,    "cohort",    "closing",   "/cohorts/", false},
    {"test",             ANNOUNCE_NOTHING,           "webhook",   "test",      NULL,        false},
    {.name = NULL},
};
const struct field_option webhook_kind_options[] = {
    {"match.begun",      MSG("A pair has begun")},
    {"match.paused",     MSG("A pair takes a pause")},
    {"match.resumed",    MSG("A pair goes on after a pause")},
    {"match.completed",  MSG("A pair came to its good end")},
    {"match.ended",      MSG("A pair has ended early")},
    {"meeting.held",     MSG("A meeting was held")},
    {"meeting.unheld",   MSG("A meeting that had counted counts no more")},
    {"goal.achieved",    MSG("A pair has reached a goal")},
    {"plan.done",        MSG("A pair has done all that its plan says")},
    {"training.done",    MSG("Somebody has completed a training")},
    {"event.attended",   MSG("Somebody was at an event")},
    {"enrolment.moved",  MSG("A sign-up was sent, asked about or decided on")},
    {"enrolment.left",   MSG("Somebody has left a cohort")},
    {"person.changed",   MSG("Somebody has changed her name, pronouns or time zone")},
    {"person.closed",    MSG("Somebody has closed her account")},
    {"person.erased",    MSG("What was kept about somebody was erased")},
    {"cohort.closing",   MSG("A cohort is over and closes")},
    {NULL, NULL},
};
// clang-format on

const struct webhook_kind *webhook_kind_find(const char *name)
{
    for (const struct webhook_kind *kind = webhook_kinds; kind->name != NULL; kind++)
        if (strcmp(kind->name, name) == 0)
            return kind;
    return NULL;
}

const struct webhook_kind *webhook_kind_of(enum announced what)
{
    for (const struct webhook_kind *kind = webhook_kinds; kind->name != NULL; kind++)
        if (kind->what == what && what != ANNOUNCE_NOTHING)
            return kind;
    return NULL;
}

bool webhook_has(const char *kinds, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strstr(kinds, name); at != NULL; at = strstr(at + 1, name))
        if ((at == kinds || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

// An id as text, for it has more bits than a number of JSON holds everywhere.
static void write_id(struct json *json, struct arena *arena, const char *key, int64_t id)
{
    json_key(json, key);
    json_text(json, id == 0 ? NULL : arena_printf(arena, "%lld", (long long)id));
}

enum rc webhook_body(struct arena *arena, const struct webhook_kind *kind, const char *state,
                     const struct announcement *heard, int64_t now_us, const char **ret_body)
{
    char at[OUT_INSTANT_BYTES];
    struct buffer out;
    struct json json;
    int64_t of = kind->of_match ? heard->match : heard->subject;
    const char *path = kind->path == NULL || of == 0
                           ? NULL
                           : arena_printf(arena, "%s%lld", kind->path, (long long)of);
    out_instant(now_us, at);
    buffer_open(&out, arena, WEBHOOK_BODY_MOST);
    json_open(&json, &out, false);
    json_object(&json);
    json_key(&json, "type");
    json_text(&json, kind->name);
    json_key(&json, "timestamp");
    json_text(&json, at);
    json_key(&json, "data");
    json_object(&json);
    json_key(&json, "object");
    json_text(&json, kind->object);
    write_id(&json, arena, "id", heard->subject);
    json_key(&json, "state");
    json_text(&json, state == NULL ? kind->state : state);
    write_id(&json, arena, "cohort", heard->cohort);
    write_id(&json, arena, "match", heard->match);
    write_id(&json, arena, "person", heard->person);
    json_key(&json, "path");
    json_text(&json, path);
    json_end(&json);
    json_end(&json);
    TRY(json_close(&json));
    *ret_body = out.bytes;
    return RC_OK;
}

int64_t webhook_line(const struct announcement *heard)
{
    return heard->match != 0 ? heard->match : heard->person != 0 ? heard->person : heard->subject;
}

// Soon at first, then every five minutes: so all is told five minutes after the other side is back.
int64_t webhook_again_us(int64_t tries, int64_t now_us)
{
    static const int64_t pauses_s[] = {5, 60, 300};
    enum { LAST = sizeof pauses_s / sizeof pauses_s[0] - 1 };
    return now_us + pauses_s[tries > LAST ? LAST : tries < 1 ? 0 : tries - 1] * 1000000;
}
