// SPDX-License-Identifier: Apache-2.0
/*
 * Pins, bans and earlier pairs in order, and what the pins leave: wants and places.
 */
#include "check.h"
#include "memory.h"

static void sift_down(uint64_t *key, size_t at, size_t count)
{
    uint64_t held = key[at];
    while (2 * at + 1 < count) {
        size_t child = 2 * at + 1;
        child += child + 1 < count && key[child + 1] > key[child];
        if (key[child] <= held) {
            break;
        }
        key[at] = key[child];
        at = child;
    }
    key[at] = held;
}

/* Heap sort (Williams 1964): no memory, no recursion, no bad case. */
void check_sort(uint64_t *key, size_t count)
{
    for (size_t k = count / 2; k > 0; k--) {
        sift_down(key, k - 1, count);
    }
    for (size_t last = count; last > 1; last--) {
        uint64_t most = key[0];
        key[0] = key[last - 1];
        key[last - 1] = most;
        sift_down(key, 0, last - 1);
    }
}

/* Place of the first key that is not below. */
static size_t lower_place(const struct check_links *links, uint64_t key)
{
    size_t low = 0;
    size_t high = links->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (links->key[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t check_links_first(const struct check_links *links, uint32_t mentee)
{
    return lower_place(links, (uint64_t)mentee << 32);
}

bool check_links_have(const struct check_links *links, uint32_t mentee, uint32_t mentor)
{
    uint64_t key = (uint64_t)mentee << 32 | mentor;
    size_t at = lower_place(links, key);
    return at < links->count && links->key[at] == key;
}

static void links_add(struct check_links *links, const struct mm_link *link)
{
    links->key[links->count++] = (uint64_t)link->mentee << 32 | link->mentor;
}

static void links_finish(struct check_links *links)
{
    bool rising = true;
    for (size_t k = 1; k < links->count; k++) {
        rising = rising && links->key[k - 1] < links->key[k];
    }
    if (rising) {
        return;
    }
    check_sort(links->key, links->count);
    size_t kept = 0;
    for (size_t k = 0; k < links->count; k++) {
        if (kept == 0 || links->key[kept - 1] != links->key[k]) {
            links->key[kept++] = links->key[k];
        }
    }
    links->count = kept;
}

static bool links_read(const struct check *check, const struct mm_link *link, size_t count,
                       size_t room, struct check_links *ret_links)
{
    ret_links->key = mm_take(&check->memory, room, sizeof(*ret_links->key));
    if (!ret_links->key) {
        return false;
    }
    for (size_t k = 0; k < count; k++) {
        links_add(ret_links, &link[k]);
    }
    links_finish(ret_links);
    return true;
}

/* With keep_published an earlier pair that is still possible is a pin. */
static void keep_published(struct check *check)
{
    const struct mm_instance *in = check->in;
    for (size_t k = 0; k < in->was_count; k++) {
        const struct mm_link *was = &in->was[k];
        bool banned = check_links_have(&check->ban, was->mentee, was->mentor);
        if (!banned && check->source.score(check->source.context, was->mentee, was->mentor) !=
                           MM_NOT_ALLOWED) {
            links_add(&check->pin, was);
        }
    }
    links_finish(&check->pin);
}

/* Two pins of a mentee who asks for different backgrounds. */
static bool share_background(const struct check *check, uint64_t pin, uint64_t other)
{
    const struct mm_instance *in = check->in;
    uint32_t mentee = (uint32_t)(pin >> 32);
    return in->distinct && in->background && in->distinct[mentee] &&
           (uint32_t)(other >> 32) == mentee &&
           in->background[(uint32_t)pin] == in->background[(uint32_t)other];
}

static const char *pin_fault(struct check *check, size_t at)
{
    uint64_t pin = check->pin.key[at];
    uint32_t i = (uint32_t)(pin >> 32);
    uint32_t j = (uint32_t)pin;
    if (check_links_have(&check->ban, i, j)) {
        return "A pair is both required and forbidden.";
    }
    if (check->source.score(check->source.context, i, j) == MM_NOT_ALLOWED) {
        return "A required pair is not allowed by the rules.";
    }
    if (check->wants_left[i] == 0) {
        return "More pairs are required for a mentee than the number of mentors she wants.";
    }
    if (check->places_left[j] == 0) {
        return "More pairs are required for a mentor than she has places.";
    }
    for (size_t before = check_links_first(&check->pin, i); before < at; before++) {
        if (share_background(check, pin, check->pin.key[before])) {
            return "Two required mentors of a mentee who asks for different backgrounds share one.";
        }
    }
    return NULL;
}

static enum mm_status take_out_pins(struct check *check)
{
    const struct mm_instance *in = check->in;
    for (uint32_t i = 0; i < in->mentees; i++) {
        check->wants_left[i] = (uint8_t)check_wants(in, i);
    }
    for (uint32_t j = 0; j < in->mentors; j++) {
        check->places_left[j] = (uint8_t)check_capacity(in, j);
    }
    for (size_t k = 0; k < check->pin.count; k++) {
        uint32_t i = (uint32_t)(check->pin.key[k] >> 32);
        uint32_t j = (uint32_t)check->pin.key[k];
        const char *fault = pin_fault(check, k);
        if (fault) {
            return check_refuse(check, MM_CONTRADICTION, fault, CHECK_PAIR(i, j));
        }
        check->wants_left[i]--;
        check->places_left[j]--;
        check->has_pin[i] = 1;
    }
    return MM_OK;
}

enum mm_status check_links_read(struct check *check)
{
    const struct mm_instance *in = check->in;
    size_t kept_most = check->objective.keep_published ? in->was_count : 0;
    if (in->pins > SIZE_MAX - kept_most) {
        return check_refuse(check, MM_LIMIT, "There are too many pinned pairs.", CHECK_NOWHERE);
    }
    check->wants_left = mm_take(&check->memory, in->mentees, 1);
    check->has_pin = mm_take(&check->memory, in->mentees, 1);
    check->places_left = mm_take(&check->memory, in->mentors, 1);
    if (!check->wants_left || !check->has_pin || !check->places_left ||
        !links_read(check, in->ban, in->bans, in->bans, &check->ban) ||
        !links_read(check, in->was, in->was_count, in->was_count, &check->was) ||
        !links_read(check, in->pin, in->pins, in->pins + kept_most, &check->pin)) {
        return check_refuse(check, MM_NO_MEMORY, "Memory ran out.", CHECK_NOWHERE);
    }
    if (check->objective.keep_published) {
        keep_published(check);
    }
    return take_out_pins(check);
}
