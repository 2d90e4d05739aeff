// SPDX-License-Identifier: Apache-2.0
//
// Recognition in the demo organisation; see demo_recognition.h.
#include "demo_recognition.h"

#include "app/pair/pair_end.h"
#include "app/recognition/recognition_store.h"

static enum rc add_thanks(const struct app_place *place, int64_t match, int64_t from,
                          const char *text, bool shown)
{
    struct req req = {.app = (void *)(uintptr_t)place->app,
                      .arena = place->arena,
                      .tx = place->tx,
                      .now_us = place->now_us};
    req.actor.person = from;
    TRY(thanks_add(&req, match, text, true));
    return db_do(place->tx, NULL, "UPDATE thanks SET shown = $2 WHERE match = $1",
                 DB_ARGS(DB_INT(match), DB_INT(shown)));
}

enum rc demo_recognition_add(const struct app_place *place)
{
    enum { ENDED = 2, LEAST = 6 };
    const struct ending ending = {*place, "http://127.0.0.1:8080"};
    struct db_rows *rows = NULL;
    TRY(db_query(
        place->tx, place->arena, &rows,
        "SELECT m.id, x.person, y.person FROM match m JOIN enrolment x ON x.id = m.mentee "
        "JOIN enrolment y ON y.id = m.mentor WHERE m.state = 'active' ORDER BY m.id LIMIT 24",
        DB_NO_ARGS));
    size_t count = db_count(rows);
    for (size_t k = 0; k < ENDED && count > LEAST; k++) {
        struct pair pair;
        struct certificate certificate;
        size_t row = count - 1 - k;
        TRY(pair_find(place->tx, place->arena, db_int(rows, row, 0), &pair));
        TRY(pair_finish(&ending, &pair, "completed", "", "", 0));
        TRY(certificate_issue(place, db_int(rows, row, 2), db_int(rows, row, 0),
                              pair.match.mentor_name, &certificate));
    }
    TRY(add_thanks(
        place, db_int(rows, 0, 0), db_int(rows, 0, 1),
        "Thank you for the hour in which you said nothing at all, and I found the answer myself.",
        true));
    return add_thanks(
        place, db_int(rows, 1, 0), db_int(rows, 1, 2),
        "You asked the question that nobody in my team had dared to ask. I have borrowed it since.",
        false);
}
