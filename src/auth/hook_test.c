// SPDX-License-Identifier: Apache-2.0
// Holds signatures of what is told to other programs to hook.h, and to the example that the makers
// of the standard publish.
#include "auth/hook.h"

#include <string.h>

#include "base/tap.h"

#include "auth/token.h"

int main(void)
{
    static const struct {
        const char *secret;
        enum rc rc;
    } refused[] = {
        {"",                                                                                                       RC_BAD_INPUT},
        {"whsec_",                                                                                                 RC_BAD_INPUT},
        {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",                                                                       RC_BAD_INPUT},
        {"whsec_c2hvcnQ=",                                                                                         RC_BAD_INPUT},
        {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!",                                                                 RC_BAD_INPUT},
        {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
         RC_BAD_INPUT                                                                                                          },
    };
    static const char body[] = "{\"test\": 2432232314}";
    struct arena arena;
    const char *sign = "";
    arena_open(&arena, 1 << 20);
    is_int(auth_start(), RC_OK, "begins");
    is_int(hook_sign(&arena, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                     "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, &sign),
           RC_OK, "signs");
    is_str(sign, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "as the standard's example");
    for (size_t k = 0; k < sizeof refused / sizeof refused[0]; k++)
        is_int(hook_sign(&arena, refused[k].secret, "msg_1", 1, body, &sign), refused[k].rc,
               "no secret: %s", refused[k].secret);
    const char *one = hook_secret_new(&arena);
    const char *two = hook_secret_new(&arena);
    ok(one != NULL && two != NULL && strcmp(one, two) != 0, "each secret is new");
    const char *first = "";
    const char *other = "";
    is_int(hook_sign(&arena, one, "msg_1", 1, body, &first), RC_OK, "with which it signs");
    is_int(hook_sign(&arena, one, "msg_1", 2, body, &other), RC_OK, "again, later");
    ok(strcmp(first, other) != 0, "the second is signed, too");
    arena_close(&arena);
    return tap_done();
}
