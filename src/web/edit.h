// SPDX-License-Identifier: Apache-2.0
//
// Why: two people may change the same thing at the same time, and neither may lose what she wrote.
// A form that edits carries a digest of what stood when it was shown; when it is sent, what stands
// now is read anew by the same load, and compared, in the transaction of the act.
//
// Promises: nobody overwrites what she has not seen. Fields that she left as they were take what
// stands now; next to those that both have changed stands what the other wrote; what she typed
// stays, and can be sent again. Who sends what stands already is not stopped. Programs get the same
// by ETag and If-Match (RFC 9110).
//
// Not for: rows that are added, or steps of a state: their acts look by themselves.
#ifndef TRELLIS_WEB_EDIT_H
#define TRELLIS_WEB_EDIT_H

#include "web/field.h"

struct json;
struct run;

// The name of the hidden control.
#define EDIT_STOOD "stood"

// For templates: its value, if the form is one of this shape that edits; NULL: it has none.
const char *edit_stood(const struct form *form, const struct shape *shape);

// The tag of what a page shows that edits; NULL: it does not, or no memory.
const char *edit_tag(const struct form *form);

// Before an act: RC_BAD_INPUT when what stands now is not what was seen, with run->stale set and
// the form made ready to be shown again.
enum rc edit_check(struct run *run);

// What a page that edits shows, as its POST takes it.
void edit_write(struct json *json, const struct form *form);

#endif
