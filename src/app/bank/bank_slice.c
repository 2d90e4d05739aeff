// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: the question bank. Its pages stand with those
// who ask.
#include "app/bank/bank_store.h"
#include "app/cohort/cohort.h"

static const char *const schema[] = {bank_schema_1, NULL};

// A programme has its own number as a cohort, too; other cohorts ask what their programme does.
static enum rc hear(const struct app_place *place, const struct announcement *heard)
{
    struct cohort from;
    struct cohort made;
    if (heard->what != ANNOUNCE_COHORT_MADE)
        return RC_OK;
    TRY(cohort_find(place->tx, place->arena, heard->subject, &from));
    TRY(cohort_find(place->tx, place->arena, heard->cohort, &made));
    if (!cohort_is_template(&made) || from.programme == made.programme)
        return RC_OK;
    return bank_take_over(place, from.programme, made.programme);
}

const struct app_slice bank_slice = {
    .name = "bank",
    .schema = schema,
    .tables = bank_tables,
    .hears = hear,
};
