// SPDX-License-Identifier: Apache-2.0
//
// Why: what the commands that open an installation share: its schema, and where it is.
#ifndef TRELLIS_MAIN_INSTALL_H
#define TRELLIS_MAIN_INSTALL_H

#include "app/app.h"
#include "db/db.h"
#include "jobs/mail.h"
#include "web/web.h"

struct installation {
    const char *folder; // --data
    const char *url;    // --database; one of both
    unsigned readers;
    unsigned loops; // of them, those that hold up others
    struct arena arena;
    struct db *db;
};

// Opens it; with a failure, says why on standard error. The arena is the caller's to close.
enum rc installation_open(struct installation *installation);

// Every table, those first that others refer to, with the columns that order its rows.
struct installation_table {
    const char *name;
    const char *order;
};
extern const struct installation_table installation_data[]; // closed by a NULL name
unsigned installation_schema(void);                         // the number of the newest step

// All rows of all slices.
const struct route *const *installation_tables(size_t *ret_count);
const struct app_personal *const *installation_personal(void);
struct web_hooks installation_hooks(void);

// What jobs may be; the settings must live as long as they run.
enum { INSTALLATION_KINDS = 9 };
size_t installation_kinds(const struct app *app, const struct mail_settings *mail,
                          struct job_kind kinds[INSTALLATION_KINDS]);

int64_t installation_now_us(void);

#endif
