// SPDX-License-Identifier: Apache-2.0
/*
 * Every rule of the header that a plain instance must keep, and what is meant where an array is
 * left out.
 */
#include "instance.h"

uint64_t instance_mentee_id(const struct mm_instance *instance, uint32_t mentee)
{
    return instance->mentee_id ? instance->mentee_id[mentee] : (uint64_t)mentee + 1;
}

uint64_t instance_mentor_id(const struct mm_instance *instance, uint32_t mentor)
{
    return instance->mentor_id ? instance->mentor_id[mentor] : (uint64_t)mentor + 1;
}

uint32_t instance_wants(const struct mm_instance *instance, uint32_t i)
{
    return instance->wants ? instance->wants[i] : 1;
}

uint32_t instance_capacity(const struct mm_instance *instance, uint32_t j)
{
    return instance->capacity ? instance->capacity[j] : 1;
}

static enum mm_status check_people(const struct mm_instance *in, struct mm_fault *fault)
{
    if (in->mentees > MM_SIDE_MAX || in->mentors > MM_SIDE_MAX) {
        return fault_at(fault, MM_LIMIT, "There are more people than the limit of one side.",
                        MM_NOBODY, MM_NOBODY);
    }
    for (uint32_t i = 0; i < in->mentees; i++) {
        if (instance_wants(in, i) < 1 || instance_wants(in, i) > MM_WANTS_MAX) {
            return fault_at(fault, MM_BAD_INPUT, "A mentee may want 1 to 3 mentors.", i, MM_NOBODY);
        }
        if (in->distinct && in->distinct[i] > 1) {
            return fault_at(fault, MM_BAD_INPUT,
                            "The mark for different backgrounds must be 0 or 1.", i, MM_NOBODY);
        }
    }
    for (uint32_t j = 0; j < in->mentors; j++) {
        if (instance_capacity(in, j) > MM_CAPACITY_MAX) {
            return fault_at(fault, MM_BAD_INPUT, "A mentor's capacity must lie between 0 and 20.",
                            MM_NOBODY, j);
        }
        if (in->minimum && in->minimum[j] > 1 && in->minimum[j] > instance_capacity(in, j)) {
            return fault_at(fault, MM_BAD_INPUT, "A circle's minimum is larger than its capacity.",
                            MM_NOBODY, j);
        }
    }
    return MM_OK;
}

static enum mm_status check_row(const struct mm_instance *in, uint32_t i, struct mm_fault *fault)
{
    for (uint64_t k = in->first[i]; k < in->first[i + 1]; k++) {
        if (in->mentor[k] >= in->mentors) {
            return fault_at(fault, MM_BAD_INPUT, "A pair names a mentor who does not exist.", i,
                            MM_NOBODY);
        }
        if (in->score[k] > MM_SCORE_MAX) {
            return fault_at(fault, MM_BAD_INPUT, "A score must lie between 0 and 10000.", i,
                            in->mentor[k]);
        }
    }
    return MM_OK;
}

static enum mm_status check_rows(const struct mm_instance *in, struct mm_fault *fault)
{
    if (!in->first || in->first[0] != 0) {
        return fault_at(fault, MM_BAD_INPUT, "The table of rows must start at 0.", MM_NOBODY,
                        MM_NOBODY);
    }
    for (uint32_t i = 0; i < in->mentees; i++) {
        if (in->first[i + 1] < in->first[i]) {
            return fault_at(fault, MM_BAD_INPUT, "The table of rows must not fall.", i, MM_NOBODY);
        }
    }
    uint64_t pairs = in->first[in->mentees];
    if (pairs > MM_PAIRS_MAX) {
        return fault_at(fault, MM_LIMIT, "There are more allowed pairs than the limit.", MM_NOBODY,
                        MM_NOBODY);
    }
    if (pairs > 0 && (!in->mentor || !in->score)) {
        return fault_at(fault, MM_BAD_INPUT, "The pairs have no mentors or no scores.", MM_NOBODY,
                        MM_NOBODY);
    }
    for (uint32_t i = 0; i < in->mentees; i++) {
        enum mm_status status = check_row(in, i, fault);
        if (status != MM_OK) {
            return status;
        }
    }
    return MM_OK;
}

static enum mm_status check_dense(const struct mm_instance *in, struct mm_fault *fault)
{
    uint64_t cells = (uint64_t)in->mentees * in->mentors;
    if (cells > MM_PAIRS_MAX) {
        return fault_at(fault, MM_LIMIT, "There are more allowed pairs than the limit.", MM_NOBODY,
                        MM_NOBODY);
    }
    if (cells > 0 && !in->score) {
        return fault_at(fault, MM_BAD_INPUT, "The pairs have no scores.", MM_NOBODY, MM_NOBODY);
    }
    bool bad = false;
    for (uint64_t k = 0; k < cells; k++) {
        bad |= in->score[k] > MM_SCORE_MAX && in->score[k] != MM_NOT_ALLOWED;
    }
    for (uint64_t k = 0; bad && k < cells; k++) {
        if (in->score[k] > MM_SCORE_MAX && in->score[k] != MM_NOT_ALLOWED) {
            return fault_at(fault, MM_BAD_INPUT, "A score must lie between 0 and 10000.",
                            (uint32_t)(k / in->mentors), (uint32_t)(k % in->mentors));
        }
    }
    return MM_OK;
}

static enum mm_status check_links(const struct mm_instance *in, const struct mm_link *link,
                                  size_t count, struct mm_fault *fault)
{
    if (count > 0 && !link) {
        return fault_at(fault, MM_BAD_INPUT, "A list of pairs is announced but missing.", MM_NOBODY,
                        MM_NOBODY);
    }
    for (size_t k = 0; k < count; k++) {
        if (link[k].mentee >= in->mentees || link[k].mentor >= in->mentors) {
            return fault_at(fault, MM_BAD_INPUT,
                            "A pinned, banned or earlier pair names a person who does not exist.",
                            MM_NOBODY, MM_NOBODY);
        }
    }
    return MM_OK;
}

enum mm_status instance_check(const struct mm_instance *in, struct mm_fault *fault)
{
    enum mm_status status = check_people(in, fault);
    if (status == MM_OK) {
        bool dense = !in->first && !in->mentor;
        status = dense ? check_dense(in, fault) : check_rows(in, fault);
    }
    if (status == MM_OK) {
        status = check_links(in, in->pin, in->pins, fault);
    }
    if (status == MM_OK) {
        status = check_links(in, in->ban, in->bans, fault);
    }
    if (status == MM_OK) {
        status = check_links(in, in->was, in->was_count, fault);
    }
    return status;
}

bool instance_allows(const struct mm_instance *in, uint32_t i, uint32_t j)
{
    if (!in->first) {
        return in->score[(size_t)i * in->mentors + j] != MM_NOT_ALLOWED;
    }
    for (uint64_t k = in->first[i]; k < in->first[i + 1]; k++) {
        if (in->mentor[k] == j) {
            return true;
        }
    }
    return false;
}

bool instance_pair_open(const struct mm_instance *in, struct mm_link link)
{
    for (size_t k = 0; k < in->bans; k++) {
        if (in->ban[k].mentee == link.mentee && in->ban[k].mentor == link.mentor) {
            return false;
        }
    }
    return instance_allows(in, link.mentee, link.mentor);
}
