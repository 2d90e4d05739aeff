// SPDX-License-Identifier: Apache-2.0
//
// The chain of events; see audit_chain.h.
#include "app/audit/audit_chain.h"

#include <string.h>

#include "auth/token.h"

const char *audit_hash(struct arena *arena, const char *before, const struct audit_event *event)
{
    // The length of the first text divides the two, so that no pair of them runs together.
    const char *detail = event->detail == NULL ? "" : event->detail;
    const char *all = arena_printf(
        arena, "%s %lld %lld %lld %lld %zu %s %s%s%s", before, (long long)event->number,
        (long long)event->id, (long long)event->at_us, (long long)event->person,
        strlen(event->what), event->what, event->place, detail[0] == '\0' ? "" : "\n", detail);
    return all == NULL ? NULL : token_hash(arena, "audit", all);
}

const char *audit_walk_on(struct arena *arena, struct audit_walk *walk,
                          const struct audit_event *event)
{
    if (event->number != walk->number + 1)
        return "an event before it is missing";
    const char *hash = audit_hash(arena, walk->hash, event);
    if (hash == NULL)
        return "there is not enough memory";
    if (strcmp(hash, event->hash) != 0)
        return "it was changed, or one before it";
    walk->number = event->number;
    memcpy(walk->hash, hash, sizeof walk->hash);
    return NULL;
}
