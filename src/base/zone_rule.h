// SPDX-License-Identifier: Apache-2.0
//
// Why: after the last change that a TZif file lists, its footer's rule holds
// ("CET-1CEST,M3.5.0,M10.5.0/3").
//
// Promises: the syntax of POSIX.1 with the extension of RFC 8536 (hours from -167 to 167);
// anything else is refused.
//
// Not for: use outside base/zone.c.
#ifndef TRELLIS_BASE_ZONE_RULE_H
#define TRELLIS_BASE_ZONE_RULE_H

#include "base/zone.h"

// Reads the rule; an empty text gives one that is not present.
enum rc zone_rule_parse(struct arena *arena, const char *text, struct zone_rule *ret_rule);

// What holds at an instant. The rule must be present.
const struct zone_type *zone_rule_type_at(const struct zone_rule *rule, int64_t at_s);

// The first change after at_s; INT64_MAX: none.
int64_t zone_rule_next(const struct zone_rule *rule, int64_t at_s);

#endif
