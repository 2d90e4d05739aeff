// SPDX-License-Identifier: Apache-2.0
//
// What the pages of recognition tell programs; see web/out.h.
#include "app/recognition/recognition_page.h"

OUT_TYPE(milestone_out, struct milestone);
OUT_TYPE(award_out, struct award);
OUT_TYPE(badge_rule_out, struct badge_rule);
OUT_TYPE(held_out, struct certificate);

// clang-format off
static const struct out milestone_rows[] = {
    {"kind", OUT_TEXT,    OUT_TEXT_OF(struct milestone, kind), "first_meeting, goal, halfway or completed"},
    {"with", OUT_TEXT,    OUT_TEXT_OF(struct milestone, with), "the other of the pair"},
    {"at",   OUT_INSTANT, OUT_INT_OF(struct milestone,  at),   ""},
};
static const struct out_shape milestone_out = OUT_SHAPE("Milestone", struct milestone, milestone_rows);

static const struct out award_rows[] = {
    {"id",     OUT_ID,      OUT_INT_OF(struct award,  id),     ""},
    {"badge",  OUT_TEXT,    OUT_TEXT_OF(struct award, title),  ""},
    {"counts", OUT_TEXT,    OUT_TEXT_OF(struct award, counts), "what was counted"},
    {"amount", OUT_INTEGER, OUT_INT_OF(struct award,  amount), ""},
    {"least",  OUT_INTEGER, OUT_INT_OF(struct award,  least),  "how many were asked for"},
    {"state",  OUT_TEXT,    OUT_TEXT_OF(struct award, state),  "candidate, confirmed or revoked"},
};
static const struct out_shape award_out = OUT_SHAPE("Award", struct award, award_rows);

static const struct out held_rows[] = {
    {"code",      OUT_TEXT,    OUT_TEXT_OF(struct certificate, code),      ""},
    {"programme", OUT_TEXT,    OUT_TEXT_OF(struct certificate, programme), ""},
    {"role",      OUT_TEXT,    OUT_TEXT_OF(struct certificate, role),      "mentor or mentee"},
    {"minutes",   OUT_INTEGER, OUT_INT_OF(struct certificate,  minutes),   "confirmed"},
    {"issued",    OUT_TEXT,    OUT_TEXT_OF(struct certificate, issued),    ""},
    {"state",     OUT_TEXT,    OUT_TEXT_OF(struct certificate, state),     "valid, replaced, revoked or withdrawn"},
};
static const struct out_shape held_out = OUT_SHAPE("HeldCertificate", struct certificate, held_rows);

static const struct out recognition_rows[] = {
    {"milestones",   OUT_LIST, OUT_LIST_OF(struct recognition_view, milestones, milestone_count, milestone_out), ""},
    {"badges",       OUT_LIST, OUT_LIST_OF(struct recognition_view, awards, award_count, award_out), ""},
    {"certificates", OUT_LIST, OUT_LIST_OF(struct recognition_view, certificates, certificate_count, held_out), ""},
};
const struct out_shape recognition_out = OUT_SHAPE("Recognition", struct recognition_view, recognition_rows);

// Only whether it holds: what it says stands on its page and in its signed text.
static const struct out checked_rows[] = {
    {"code",  OUT_TEXT, OUT_TEXT_OF(struct certificate, code),  ""},
    {"state", OUT_TEXT, OUT_TEXT_OF(struct certificate, state), "valid, replaced, revoked or withdrawn"},
};
static const struct out_shape checked_out = OUT_SHAPE("CheckedCertificate", struct certificate, checked_rows);
OUT_TYPE(checked_out, struct certificate);
static const struct out certificate_rows[] = {
    {"certificate", OUT_OBJECT, OUT_OBJECT_OF(struct recognition_view, certificate, checked_out), ""},
};
const struct out_shape certificate_out = OUT_SHAPE("Certificate", struct recognition_view, certificate_rows);

static const struct out rule_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct badge_rule,  root),    ""},
    {"version", OUT_INTEGER, OUT_INT_OF(struct badge_rule,  version), ""},
    {"title",   OUT_TEXT,    OUT_TEXT_OF(struct badge_rule, title),   ""},
    {"counts",  OUT_TEXT,    OUT_TEXT_OF(struct badge_rule, counts),  ""},
    {"least",   OUT_INTEGER, OUT_INT_OF(struct badge_rule,  least),   ""},
};
static const struct out_shape badge_rule_out = OUT_SHAPE("BadgeRule", struct badge_rule, rule_rows);
static const struct out rules_rows[] = {
    {"rules", OUT_LIST, OUT_LIST_OF(struct recognition_view, rules, rule_count, badge_rule_out), ""},
};
const struct out_shape badge_rules_out = OUT_SHAPE("BadgeRules", struct recognition_view, rules_rows);

static const struct out awards_rows[] = {
    {"awards", OUT_LIST, OUT_LIST_OF(struct recognition_view, awards, award_count, award_out), ""},
};
const struct out_shape awards_out = OUT_SHAPE("Awards", struct recognition_view, awards_rows);
// clang-format on
