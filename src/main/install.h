// SPDX-License-Identifier: Apache-2.0
//
// Why: what the commands that open an installation share: its schema, and where it is.
#ifndef TRELLIS_MAIN_INSTALL_H
#define TRELLIS_MAIN_INSTALL_H

#include "app/app.h"
#include "auth/seal.h"
#include "db/db.h"
#include "jobs/mail.h"
#include "web/web.h"

struct installation {
    const char *folder; // --data
    const char *url;    // --database; one of both
    unsigned readers;
    unsigned loops;         // of them, those that hold up others
    unsigned read_limit_ms; // of those; 0: as the database has it
    const char *key_file;   // --key-file; NULL: in the folder, or else where it runs
    struct arena arena;
    struct db *db;
    struct seal *seal; // after installation_seal
};

// Opens it; with a failure, says why on standard error. The arena is the caller's to close.
enum rc installation_open(struct installation *installation);

// Reads the keys of what is sealed, or with `make` makes them where there are none; with a failure,
// says why on standard error. RC_NOT_FOUND: there are none.
enum rc installation_seal(struct installation *installation, bool make);
const char *installation_key_file(struct installation *installation); // NULL: out of memory

// All slices (slices.def), those of lower floors first, closed by NULL.
const struct app_slice *const *installation_slices(void);

// Every table, those first that others refer to; NULL beyond the last.
const struct app_table *installation_table_at(size_t index);

// The steps of all slices, installation_schema() of them, in the arena. NULL: out of memory.
const struct db_migration *installation_steps(struct arena *arena);
unsigned installation_schema(void);

// The route tables of all slices, in the arena. NULL: out of memory.
const struct route *const *installation_routes(struct arena *arena, size_t *ret_count);
struct web_hooks installation_hooks(void);

// What jobs may be; the settings must live as long as they run.
enum { INSTALLATION_KINDS = 64 };
size_t installation_kinds(const struct app *app, const struct mail_settings *mail,
                          struct job_kind kinds[INSTALLATION_KINDS]);

int64_t installation_now_us(void);

#endif
