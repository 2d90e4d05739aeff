// SPDX-License-Identifier: Apache-2.0
//
// Why: a session ends, and what somebody typed meanwhile must not end with it. A form that comes
// too late is not acted upon, and not thrown away: its words go back to the browser, through the
// sign-in, into the same form again.
//
// Promises: nothing of it is kept here, and nothing is done before she has seen it and sent it
// herself with the token of her new session. Only a page of ours can begin it; it leads to rows of
// ours alone. Passwords are never carried, nor files.
//
// Not for: programs; they get 401. What the pages of signing in say; src/app/account does.
#ifndef TRELLIS_WEB_TYPED_H
#define TRELLIS_WEB_TYPED_H

#include "web/form.h"

struct run;
struct route;

// The field that carries it. A row whose shape has it (the sign-in) takes it by itself: when its
// act ends well, the row of the path where it goes is shown with what was typed. Any other row is
// shown with it at once.
#define TYPED_NAME "typed"
#define TYPED_FILE "typed-file" // among the values: there was a file, too
#define TYPED_SIGN_IN "/sign-in"
enum { TYPED_LIMIT_BYTES = 1 << 20 };

// For templates: whether all there is to say is that it waits to be sent.
bool typed_waits(const struct form *form);

// For the page of a row that has none: what would be sent.
struct typed_view {
    const char *title; // of the row
    const char *words;
    const char *path;
    const struct form *form;
    const struct route *route;
};
const char *typed_label(const struct typed_view *view, const char *name); // NULL: not for people

// Whether a POST only wants to be shown: it carries what was typed before.
bool typed_is_carried(const struct run *run);

// Shows the row of a POST with what was sent, and does nothing.
void typed_show(struct run *run);

// After an act, or instead of it. false: it is none of these, and nothing has been done.
bool typed_after(struct run *run, enum rc rc);

#endif
