// SPDX-License-Identifier: Apache-2.0
//
// Why: a person learns when somebody signs in as her with a browser that was not seen before, or
// changes her password, and can end all of it with one link.
//
// Promises: a browser is known by a cookie whose hash is kept with her, and by nothing else: no
// address, no name of a browser. The first browser of an account is not told of, nor one that came
// in by a link: who reads her letters reads this one too.
#ifndef TRELLIS_APP_ACCOUNT_ACCOUNT_DEVICE_H
#define TRELLIS_APP_ACCOUNT_ACCOUNT_DEVICE_H

#include "app/account/account.h"

enum {
    DEVICE_LIFE_S = 400 * 86400, // of the cookie: what browsers keep at most
    LINK_OUT_LIFE_S = 7 * 86400, // of the link that ends all sessions
    DEVICE_LETTERS_MOST = 5,     // to one person in an hour
};

// Somebody has signed in as her with this browser: notes it, and writes to her if it is new.
enum rc device_signed_in(struct req *req, int64_t person, bool by_link);

// Her password was changed in this browser: writes to her.
enum rc device_new_password(struct req *req);

// "It was not me": no session, no token, no known browser, no password and no change of address
// that waits is left. She comes in by a link from then on.
enum rc device_end_all(struct db_tx *tx, int64_t person);

#endif
