// SPDX-License-Identifier: Apache-2.0
//
// Why: what people may ask about their data, and what a programme owes them: a copy, erasing, no
// more kept than needed, and a record that says what is kept, why and how long.
//
// Promises: all of it follows from the rows of app/data.h, so that a new column is in it as soon as
// it has its row. Erasing waits ERASE_WAIT_DAYS, in which it can be taken back; a list of who was
// erased, without personal data, lets a restored backup forget them again.
//
// Not for: what a person sees of others; permissions and SQL decide that.
#ifndef TRELLIS_APP_PRIVACY_PRIVACY_H
#define TRELLIS_APP_PRIVACY_PRIVACY_H

#include "app/app.h"

extern const struct app_slice privacy_slice;
extern const struct app_table privacy_tables[];
extern const struct route privacy_routes[];
extern const struct route privacy_staff_routes[];
extern const char privacy_schema_1[];

enum { ERASE_WAIT_DAYS = 14 };

// The list of the erased stands in the data folder, to be kept beside backups: ids and times, and
// nothing that tells who it was.
#define ERASED_LIST "erased.txt"
enum { ERASED_LIST_LIMIT_BYTES = 64 << 20 };

// What everybody who was erased is called: one line each, "ID TIME". In the arena.
enum rc erased_list(struct db_tx *tx, struct arena *arena, struct buffer *ret_out);

// Adds those of an installation that the file does not have. Lines that it has stay.
enum rc erased_list_keep(struct db_tx *tx, struct arena *arena, const char *path);

// Erases again all of a list that an older backup brought back. ret_count: how many.
enum rc erased_list_again(const struct app_place *place, struct text list, int64_t *ret_count);

// One table in which something is old.
struct privacy_old {
    const struct app_table *table; // NULL: accounts that were closed long ago
    int64_t count;
};
enum { PRIVACY_OLD_MAX = 400 };

// What the clock would do now, and doing it: people who are due, and what is old. The same rows are
// counted in both. ret_all has room for PRIVACY_OLD_MAX.
enum rc privacy_look(const struct app_place *place, struct privacy_old *ret_all, size_t *ret_count);
enum rc privacy_do(const struct app_place *place, struct privacy_old *ret_all, size_t *ret_count,
                   size_t *ret_erased);

// The job that erases who is due, and lets go of what is old.
struct job_kind privacy_clock_kind(const struct app *app);

#endif
