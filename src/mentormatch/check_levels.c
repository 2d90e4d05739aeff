// SPDX-License-Identifier: Apache-2.0
/*
 * The certificate's levels are exactly those that the objective unfolds to, in its order:
 *   cardinality  SERVED; then PAIRS if a mentee wants more than one mentor
 *   priority     PRIORITY if anybody has one
 *   floor        FLOOR with proof (parameter + 1) unless the floor is MM_SCORE_MAX; FLOOR
 *   bands        BAND 0 .. bands - 2 (how many are left for the best band follows from them)
 *   total        TOTAL
 *   disturbance  KEPT if there is an earlier result
 *   always       TIE, last
 */
#include "check.h"

/* Reads the certificate from its beginning. */
struct reader {
    struct check *check;
    const struct mm_certificate *certificate;
    uint32_t next;
};

static enum mm_status refuse(const struct reader *reader, const char *text)
{
    return check_refuse(reader->check, MM_NOT_PROVED, text, CHECK_LEVEL(reader->next));
}

static const struct mm_linear *peek(const struct reader *reader)
{
    return reader->next < reader->certificate->levels ? &reader->certificate->level[reader->next]
                                                      : NULL;
}

static enum mm_status expect(struct reader *reader, enum mm_linear_kind kind, uint32_t parameter)
{
    const struct mm_linear *level = peek(reader);
    if (!level) {
        return refuse(reader, "The certificate ends before all levels of the objective are there.");
    }
    if (level->kind != kind || level->proof || level->parameter != parameter) {
        return refuse(reader, "A level of the certificate is not the one that the objective asks "
                              "for at this place.");
    }
    reader->check->plain[reader->check->plains++] = reader->next++;
    return MM_OK;
}

static enum mm_status expect_floor(struct reader *reader)
{
    struct check *check = reader->check;
    const struct mm_linear *proof = peek(reader);
    if (proof && proof->kind == MM_L_FLOOR && proof->proof) {
        check->proof = reader->next++;
    }
    const struct mm_linear *floor = peek(reader);
    if (!floor || floor->kind != MM_L_FLOOR || floor->proof) {
        return refuse(reader, "The certificate has no floor where the objective asks for one.");
    }
    if (floor->parameter > MM_SCORE_MAX) {
        return refuse(reader, "The floor is higher than any score.");
    }
    if (floor->price || floor->value != 0) {
        return refuse(reader, "A floor has neither prices nor a value.");
    }
    bool best = floor->parameter == MM_SCORE_MAX;
    if (!best && check->proof == MM_NOBODY) {
        return refuse(reader, "There is no proof that the floor can't be higher.");
    }
    if (check->proof != MM_NOBODY && (best || proof->parameter != floor->parameter + 1)) {
        return refuse(reader, "The proof of the floor is for another floor.");
    }
    check->floor = floor->parameter;
    check->floor_place = reader->next++;
    check->before_floor = check->plains;
    return MM_OK;
}

static enum mm_status expect_bands(struct reader *reader)
{
    for (uint32_t band = 0; band + 1 < reader->check->objective.bands; band++) {
        CHECK_TRY(expect(reader, MM_L_BAND, band));
    }
    return MM_OK;
}

static enum mm_status expect_level(struct reader *reader, enum mm_level_kind kind)
{
    const struct check *check = reader->check;
    switch (kind) {
    case MM_CARDINALITY:
        CHECK_TRY(expect(reader, MM_L_SERVED, 0));
        return check->several ? expect(reader, MM_L_PAIRS, 0) : MM_OK;
    case MM_PRIORITY:
        return check->any_priority ? expect(reader, MM_L_PRIORITY, 0) : MM_OK;
    case MM_FLOOR:
        return expect_floor(reader);
    case MM_BANDS:
        return expect_bands(reader);
    case MM_TOTAL:
        return expect(reader, MM_L_TOTAL, 0);
    case MM_DISTURBANCE:
        return check->in->was_count > 0 ? expect(reader, MM_L_KEPT, 0) : MM_OK;
    case MM_END:
        break;
    }
    return MM_OK;
}

enum mm_status check_levels(struct check *check)
{
    struct reader reader = {.check = check, .certificate = check->certificate};
    check->plains = 0;
    check->before_floor = 0;
    check->proof = MM_NOBODY;
    check->floor = 0;
    check->floor_place = MM_NOBODY;
    if (reader.certificate->levels == 0 || !reader.certificate->level) {
        return check_refuse(check, MM_NOT_PROVED,
                            "The result keeps the rules, but has no certificate.", CHECK_NOWHERE);
    }
    if (reader.certificate->levels > MM_LEVELS_MAX) {
        return check_refuse(check, MM_NOT_PROVED, "The certificate has too many levels.",
                            CHECK_NOWHERE);
    }
    for (uint32_t k = 0; check->objective.level[k] != MM_END; k++) {
        CHECK_TRY(expect_level(&reader, check->objective.level[k]));
    }
    CHECK_TRY(expect(&reader, MM_L_TIE, 0));
    if (reader.next != reader.certificate->levels) {
        return refuse(&reader, "The certificate has more levels than the objective asks for.");
    }
    return MM_OK;
}
