// SPDX-License-Identifier: Apache-2.0
//
// Why: who did what and when is kept for everything that was done through a form, in the same
// transaction, and can be searched but not changed.
//
// Promises: nothing that people typed is in it, and no token: only the row's title, and the ids
// that stand in its path.
#ifndef TRELLIS_APP_AUDIT_AUDIT_H
#define TRELLIS_APP_AUDIT_AUDIT_H

#include "app/app.h"

extern const struct app_slice audit_slice;
extern const struct route audit_routes[];
extern const char audit_schema_1[];
extern const struct app_table audit_tables[];

// The hook of web_settings: an act went well.
enum rc audit_done(struct req *req);

// Something that no row of a route says: `what` is a message.
enum rc audit_note(struct req *req, const char *what, const char *place);

#endif
