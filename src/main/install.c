// SPDX-License-Identifier: Apache-2.0
//
// The slices of this program, in the order in which they may use one another; see install.h.
#define _POSIX_C_SOURCE 200809L // clock_gettime

#include "install.h"

#include <assert.h>
#include <stdio.h>
#include <time.h>

#include "base/file.h"

#include "app/account/account.h"
#include "app/article/article.h"
#include "app/audit/audit.h"
#include "app/back.h"
#include "app/bank/bank.h"
#include "app/cohort/cohort.h"
#include "app/concern/concern.h"
#include "app/enrolment/enrolment.h"
#include "app/import/import.h"
#include "app/improve/improve.h"
#include "app/match/match.h"
#include "app/network/network.h"
#include "app/notice/notice.h"
#include "app/pair/pair.h"
#include "app/privacy/privacy.h"
#include "app/recognition/recognition.h"
#include "app/search/search.h"
#include "app/support/support.h"
#include "app/webhook/webhook.h"
#include "auth/token.h"
#include "jobs/jobs.h"

enum { ARENA_LIMIT_BYTES = 64 << 20 };

int64_t installation_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

// What belongs to no slice: the first floors.
static const char *const base_schema[] = {jobs_schema_1, app_schema_1, NULL};
static const struct route *const base_routes[] = {app_routes, NULL};
static const struct app_slice base_slice = {
    .name = "jobs", .schema = base_schema, .tables = app_tables, .routes = base_routes};

static const struct app_slice *const slices[] = {
    &base_slice,
#define SLICE(name) &name##_slice,
#include "slices.def"
#undef SLICE
    NULL,
};

const struct app_slice *const *installation_slices(void)
{
    return slices;
}

const struct route *const *installation_routes(struct arena *arena, size_t *ret_count)
{
    size_t count = 0;
    for (size_t k = 0; slices[k] != NULL; k++)
        for (size_t r = 0; slices[k]->routes != NULL && slices[k]->routes[r] != NULL; r++)
            count++;
    const struct route **all = ARENA_ARRAY(arena, const struct route *, count);
    if (all == NULL)
        return NULL;
    *ret_count = count;
    count = 0;
    for (size_t k = 0; slices[k] != NULL; k++)
        for (size_t r = 0; slices[k]->routes != NULL && slices[k]->routes[r] != NULL; r++)
            all[count++] = slices[k]->routes[r];
    return all;
}

const struct app_table *installation_table_at(size_t index)
{
    for (size_t k = 0; slices[k] != NULL; k++)
        for (const struct app_table *table = slices[k]->tables;
             table != NULL && table->name != NULL; table++)
            if (index-- == 0)
                return table;
    return NULL;
}

size_t installation_kinds(const struct app *app, const struct mail_settings *mail,
                          struct job_kind kinds[INSTALLATION_KINDS])
{
    size_t count = 0;
    kinds[count++] = mail_kind(mail);
    for (size_t k = 0; slices[k] != NULL; k++)
        for (app_job *const *job = slices[k]->jobs; job != NULL && *job != NULL; job++) {
            assert(count < INSTALLATION_KINDS);
            kinds[count++] = (*job)(app);
        }
    return count;
}

struct web_hooks installation_hooks(void)
{
    return (struct web_hooks){.identify = account_identify,
                              .by_link = app_by_link,
                              .may = app_may,
                              .csrf = app_csrf,
                              .new_secret = token_new,
                              .done = audit_done,
                              .recall = once_recall,
                              .remember = once_remember,
                              .begin = app_begin,
                              .end = app_end};
}

unsigned installation_schema(void)
{
    unsigned count = 0;
    for (size_t k = 0; slices[k] != NULL; k++)
        for (size_t n = 0; slices[k]->schema != NULL && slices[k]->schema[n] != NULL; n++)
            count++;
    return count;
}

const struct db_migration *installation_steps(struct arena *arena)
{
    struct db_migration *steps = ARENA_ARRAY(arena, struct db_migration, installation_schema());
    size_t count = 0;
    if (steps == NULL)
        return NULL;
    for (size_t k = 0; slices[k] != NULL; k++)
        for (uint32_t n = 0; slices[k]->schema != NULL && slices[k]->schema[n] != NULL; n++)
            steps[count++] = (struct db_migration){n + 1, slices[k]->name, slices[k]->schema[n]};
    return steps;
}

static void tell(const char *sentence)
{
    fprintf(stderr, "trellis: %s\n", sentence);
}

enum rc installation_open(struct installation *installation)
{
    const char *error = "";
    arena_open(&installation->arena, ARENA_LIMIT_BYTES);
    const struct db_migration *steps = installation_steps(&installation->arena);
    struct db_settings settings = {.folder = installation->folder,
                                   .url = installation->url,
                                   .readers = installation->readers,
                                   .loops = installation->loops,
                                   .read_limit_ms = installation->read_limit_ms,
                                   .tell = tell,
                                   .migrations = steps,
                                   .migration_count = installation_schema()};
    enum rc rc = steps == NULL ? RC_NO_MEMORY : auth_start();
    if (rc == RC_OK)
        rc = db_open(&settings, &installation->arena, &installation->db, &error);
    if (rc != RC_OK)
        fprintf(stderr, "trellis: %s.\n", error[0] == '\0' ? rc_text(rc) : error);
    return rc;
}

const char *installation_key_file(struct installation *installation)
{
    if (installation->key_file != NULL)
        return installation->key_file;
    return installation->folder == NULL
               ? "trellis.keys"
               : file_join(&installation->arena, installation->folder, "trellis.keys");
}

enum rc installation_seal(struct installation *installation, bool make)
{
    const char *error = "";
    const char *path = installation_key_file(installation);
    if (path == NULL)
        return RC_NO_MEMORY;
    enum rc rc = seal_open(&installation->arena, path, make, &installation->seal, &error);
    if (rc != RC_OK && (make || rc != RC_NOT_FOUND))
        fprintf(stderr, "trellis: %s: %s.\n", path, error[0] == '\0' ? rc_text(rc) : error);
    return rc;
}
