// SPDX-License-Identifier: Apache-2.0
/*
 * See instance.h. First the checks, then the order of people, then pins, then the rows of the
 * network.
 */
#include "instance.h"

#include <string.h>

#include "memory.h"
#include "sort.h"

/* What is needed only while the network is built. */
struct builder {
    struct prepared_instance *prepared;
    const struct mm_instance *instance;
    struct mm_fault *fault;
    struct mm_memory memory;
    struct keyed *ban; /* canonical mentee << 32 | canonical mentor, in order */
    struct keyed *was;
    struct keyed *pin; /* without repetition */
    size_t bans;
    size_t was_count;
    size_t pins;
    uint64_t *row; /* keys of the row being built */
    uint16_t *row_score;
    uint32_t *row_mentor;
    uint8_t *row_was;
    uint32_t row_count;
    uint32_t row_max;
    uint32_t node;  /* next left node */
    uint32_t edge;  /* next edge */
    uint32_t right; /* next right node */
    size_t ban_next;
    size_t was_next;
    size_t pin_next;
};

/* ---- order ---- */

/* at[k]: position of the k-th person by id. */
static enum mm_status order_side(struct builder *b, uint32_t count, const uint64_t *id,
                                 uint32_t **ret_at)
{
    uint32_t *at = mm_take_raw(&b->memory, count, sizeof(*at));
    *ret_at = at;
    if (!at) {
        return MM_NO_MEMORY;
    }
    bool rising = true;
    for (uint32_t k = 0; k < count; k++) {
        at[k] = k;
        rising = rising && (!id || k == 0 || id[k - 1] < id[k]);
    }
    if (rising) {
        return MM_OK;
    }
    struct keyed *items = mm_take_raw(&b->memory, count, 2 * sizeof(*items));
    if (!items) {
        return MM_NO_MEMORY;
    }
    for (uint32_t k = 0; k < count; k++) {
        items[k] = (struct keyed){id[k], k};
    }
    sort_keyed(items, items + count, count);
    bool twice = false;
    for (uint32_t k = 0; k < count; k++) {
        at[k] = (uint32_t)items[k].value;
        twice = twice || (k > 0 && items[k - 1].key == items[k].key);
    }
    mm_give(&b->memory, items);
    return twice ? MM_BAD_INPUT : MM_OK;
}

static enum mm_status order_people(struct builder *b)
{
    struct prepared_instance *p = b->prepared;
    const struct mm_instance *in = b->instance;
    enum mm_status status = order_side(b, in->mentees, in->mentee_id, &p->mentee_at);
    if (status == MM_OK) {
        status = order_side(b, in->mentors, in->mentor_id, &p->mentor_at);
    }
    if (status == MM_BAD_INPUT) {
        return fault_at(b->fault, status, "Two people on one side have the same id.", MM_NOBODY,
                        MM_NOBODY);
    }
    p->mentor_rank = mm_take_raw(&b->memory, in->mentors, sizeof(uint32_t));
    if (status != MM_OK || !p->mentor_rank) {
        return MM_NO_MEMORY;
    }
    for (uint32_t k = 0; k < in->mentors; k++) {
        p->mentor_rank[p->mentor_at[k]] = k;
    }
    return MM_OK;
}

/* ---- links ---- */

static enum mm_status sort_links(struct builder *b, const struct mm_link *link, size_t count,
                                 const uint32_t *mentee_rank, struct keyed **ret_sorted)
{
    struct keyed *items = mm_take_raw(&b->memory, count, 2 * sizeof(*items));
    *ret_sorted = items;
    if (!items) {
        return MM_NO_MEMORY;
    }
    for (size_t k = 0; k < count; k++) {
        uint64_t rank = b->prepared->mentor_rank[link[k].mentor];
        items[k] = (struct keyed){(uint64_t)mentee_rank[link[k].mentee] << 32 | rank, k};
    }
    sort_keyed(items, items + count, count);
    return MM_OK;
}

static bool sorted_has(const struct keyed *items, size_t count, uint64_t key)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (items[middle].key == key) {
            return true;
        }
        if (items[middle].key < key) {
            low = middle + 1;
        } else {
            count = middle;
        }
    }
    return false;
}

/* The pins, and with keep_published the earlier pairs that are still possible; sorted, each once.
 */
static enum mm_status collect_pins(struct builder *b, const uint32_t *mentee_rank)
{
    const struct mm_instance *in = b->instance;
    bool keep = b->prepared->objective.keep_published;
    size_t most = in->pins + (keep ? in->was_count : 0);
    struct mm_link *link = mm_take_raw(&b->memory, most, sizeof(*link));
    if (!link) {
        return MM_NO_MEMORY;
    }
    size_t count = in->pins;
    if (count > 0) {
        memcpy(link, in->pin, count * sizeof(*link));
    }
    for (size_t k = 0; keep && k < in->was_count; k++) {
        const struct mm_link *was = &in->was[k];
        uint64_t key =
            (uint64_t)mentee_rank[was->mentee] << 32 | b->prepared->mentor_rank[was->mentor];
        if (instance_allows(in, was->mentee, was->mentor) && !sorted_has(b->ban, b->bans, key)) {
            link[count++] = *was;
        }
    }
    enum mm_status status = sort_links(b, link, count, mentee_rank, &b->pin);
    mm_give(&b->memory, link);
    if (status != MM_OK) {
        return status;
    }
    for (size_t k = 0; k < count; k++) {
        if (b->pins == 0 || b->pin[b->pins - 1].key != b->pin[k].key) {
            b->pin[b->pins++] = b->pin[k];
        }
    }
    return MM_OK;
}

/* The earlier pairs by position, each once, for counting what was kept. */
static enum mm_status list_was(struct builder *b)
{
    struct prepared_instance *p = b->prepared;
    const struct mm_instance *in = b->instance;
    p->was = mm_take_raw(&b->memory, in->was_count, sizeof(uint64_t));
    if (!p->was) {
        return MM_NO_MEMORY;
    }
    for (size_t k = 0; k < in->was_count; k++) {
        p->was[k] = (uint64_t)in->was[k].mentee << 32 | in->was[k].mentor;
    }
    sort_keys(p->was, in->was_count);
    for (size_t k = 0; k < in->was_count; k++) {
        if (p->was_count == 0 || p->was[p->was_count - 1] != p->was[k]) {
            p->was[p->was_count++] = p->was[k];
        }
    }
    return MM_OK;
}

static enum mm_status read_links(struct builder *b)
{
    const struct mm_instance *in = b->instance;
    uint32_t *rank = mm_take_raw(&b->memory, in->mentees, sizeof(*rank));
    if (!rank) {
        return MM_NO_MEMORY;
    }
    for (uint32_t k = 0; k < in->mentees; k++) {
        rank[b->prepared->mentee_at[k]] = k;
    }
    b->bans = in->bans;
    b->was_count = in->was_count;
    enum mm_status status = sort_links(b, in->ban, in->bans, rank, &b->ban);
    if (status == MM_OK) {
        status = sort_links(b, in->was, in->was_count, rank, &b->was);
    }
    if (status == MM_OK) {
        status = collect_pins(b, rank);
    }
    if (status == MM_OK) {
        status = list_was(b);
    }
    mm_give(&b->memory, rank);
    return status;
}

/* ---- sides ---- */

static enum mm_status take_sides(struct builder *b)
{
    const struct mm_instance *in = b->instance;
    struct net *net = &b->prepared->net;
    uint64_t edges = in->first ? in->first[in->mentees] : (uint64_t)in->mentees * in->mentors;
    uint64_t extra = 0;
    uint32_t helpers = 0;
    b->row_max = 0;
    for (uint32_t i = 0; i < in->mentees; i++) {
        uint64_t row = in->first ? in->first[i + 1] - in->first[i] : in->mentors;
        b->row_max = row > b->row_max ? (uint32_t)row : b->row_max;
        if (in->distinct && in->distinct[i] && in->background) {
            extra += row;
            helpers += 2;
        }
    }
    uint64_t left = in->mentees + extra;
    uint64_t right = (uint64_t)in->mentors + helpers;
    const struct mm_memory *memory = &b->memory;
    net->first = mm_take_raw(memory, left + 1, sizeof(uint32_t));
    net->end = mm_take_raw(memory, left, sizeof(uint32_t));
    net->to = mm_take_raw(memory, edges + 2 * extra, sizeof(uint32_t));
    net->score = mm_take_raw(memory, edges + 2 * extra, sizeof(uint16_t));
    net->was = in->was_count > 0 ? mm_take(memory, edges + 2 * extra, 1) : NULL;
    net->mentee = mm_take_raw(memory, left, sizeof(uint32_t));
    net->want = mm_take(memory, left, sizeof(uint32_t));
    net->room = mm_take(memory, left, sizeof(uint32_t));
    net->capacity = mm_take(memory, right, sizeof(uint32_t));
    net->right_room = mm_take(memory, right, sizeof(uint32_t));
    net->served = mm_take(memory, left, 1);
    b->prepared->helper_of = mm_take(memory, right, sizeof(uint32_t));
    net->right_open = mm_take(memory, right, 1);
    b->row = mm_take_raw(memory, b->row_max, sizeof(uint64_t));
    b->row_score = mm_take_raw(memory, b->row_max, sizeof(uint16_t));
    b->row_mentor = mm_take_raw(memory, b->row_max, sizeof(uint32_t));
    b->row_was = mm_take_raw(memory, b->row_max, 1);
    bool complete = net->first && net->end && net->to && net->score &&
                    (net->was || in->was_count == 0) && net->mentee && net->want && net->room &&
                    net->capacity && net->right_room && net->served && b->prepared->helper_of &&
                    net->right_open && b->row && b->row_score && b->row_mentor && b->row_was;
    return complete ? MM_OK : MM_NO_MEMORY;
}

static enum mm_status fault_pin(struct builder *b, size_t pin, const char *text)
{
    uint32_t i = (uint32_t)(b->pin[pin].key >> 32);
    uint32_t j = (uint32_t)b->pin[pin].key;
    return fault_at(b->fault, MM_CONTRADICTION, text, b->prepared->mentee_at[i],
                    b->prepared->mentor_at[j]);
}

/* What a circle that must open still lacks of its minimum once the pins are in. */
static uint32_t still_needed(const struct builder *b, uint32_t j)
{
    const struct mm_instance *in = b->instance;
    uint32_t position = b->prepared->mentor_at[j];
    uint32_t pinned = instance_capacity(in, position) - b->prepared->net.capacity[j];
    uint32_t minimum = in->minimum && in->minimum[position] > 1 ? in->minimum[position] : 0;
    return minimum > pinned ? minimum - pinned : 0;
}

/* The mentors' places, less what the pins take. */
static enum mm_status count_places(struct builder *b)
{
    const struct mm_instance *in = b->instance;
    struct net *net = &b->prepared->net;
    for (uint32_t j = 0; j < in->mentors; j++) {
        net->capacity[j] = instance_capacity(in, b->prepared->mentor_at[j]);
    }
    uint32_t same = 0;
    for (size_t k = 0; k < b->pins; k++) {
        uint32_t i = (uint32_t)(b->pin[k].key >> 32);
        uint32_t j = (uint32_t)b->pin[k].key;
        same = k > 0 && i == (uint32_t)(b->pin[k - 1].key >> 32) ? same + 1 : 1;
        if (sorted_has(b->ban, b->bans, b->pin[k].key)) {
            return fault_pin(b, k, "A pair is both required and forbidden.");
        }
        if (same > instance_wants(in, b->prepared->mentee_at[i])) {
            return fault_pin(
                b, k, "More pairs are required for a mentee than the number of mentors she wants.");
        }
        if (net->capacity[j] == 0) {
            return fault_pin(b, k, "More pairs are required for a mentor than she has places.");
        }
        net->capacity[j]--;
    }
    for (uint32_t j = 0; j < in->mentors; j++) {
        net->right_room[j] = net->capacity[j] - still_needed(b, j);
    }
    return MM_OK;
}

/* ---- rows ---- */

/* Reads the row of a mentee into b->row as canonical mentor << 16 | score, in order. */
static enum mm_status read_row(struct builder *b, uint32_t i)
{
    const struct mm_instance *in = b->instance;
    uint32_t count = 0;
    if (in->first) {
        for (uint64_t k = in->first[i]; k < in->first[i + 1]; k++) {
            b->row[count++] =
                (uint64_t)b->prepared->mentor_rank[in->mentor[k]] << 16 | in->score[k];
        }
    } else {
        const uint16_t *score = in->score + (size_t)i * in->mentors;
        for (uint32_t j = 0; j < in->mentors; j++) {
            if (score[j] != MM_NOT_ALLOWED) {
                b->row[count++] = (uint64_t)b->prepared->mentor_rank[j] << 16 | score[j];
            }
        }
    }
    sort_keys(b->row, count);
    b->row_count = count;
    for (uint32_t k = 1; k < count; k++) {
        if (b->row[k] >> 16 == b->row[k - 1] >> 16) {
            uint32_t mentor = b->prepared->mentor_at[b->row[k] >> 16];
            return fault_at(b->fault, MM_BAD_INPUT, "A pair is given twice.", i, mentor);
        }
    }
    return MM_OK;
}

/* Moves a cursor over sorted links to a key; true if it is there. */
static bool next_is(const struct keyed *items, size_t count, size_t *cursor, uint64_t key)
{
    while (*cursor < count && items[*cursor].key < key) {
        ++*cursor;
    }
    return *cursor < count && items[*cursor].key == key;
}

static void add_pin(struct builder *b, uint32_t i, uint64_t entry)
{
    struct prepared_instance *p = b->prepared;
    struct mm_pair *pair = &p->pinned[p->pins++];
    pair->mentee = p->mentee_at[i];
    pair->mentor = p->mentor_at[entry >> 16];
    pair->score = (uint16_t)(entry & 0xFFFF);
    pair->pinned = true;
}

/* Splits the row into pins and the edges that stay possible. */
static enum mm_status sift_row(struct builder *b, uint32_t i)
{
    const struct net *net = &b->prepared->net;
    uint32_t keep = 0;
    size_t found = b->prepared->pins;
    for (uint32_t k = 0; k < b->row_count; k++) {
        uint64_t entry = b->row[k];
        uint64_t key = (uint64_t)i << 32 | entry >> 16;
        bool banned = next_is(b->ban, b->bans, &b->ban_next, key);
        bool was = next_is(b->was, b->was_count, &b->was_next, key);
        if (next_is(b->pin, b->pins, &b->pin_next, key)) {
            add_pin(b, i, entry);
        } else if (!banned && net->capacity[entry >> 16] > 0) {
            b->row_mentor[keep] = (uint32_t)(entry >> 16);
            b->row_score[keep] = (uint16_t)(entry & 0xFFFF);
            b->row_was[keep] = was;
            keep++;
        }
    }
    b->row_count = keep;
    for (size_t k = found; k < b->pins && (uint32_t)(b->pin[k].key >> 32) <= i; k++) {
        if (k >= b->prepared->pins || b->pin[k].key >> 32 != i) {
            return fault_pin(b, k, "A required pair is not allowed by the rules.");
        }
        const struct mm_pair *pair = &b->prepared->pinned[k];
        if (b->prepared->mentor_rank[pair->mentor] != (uint32_t)b->pin[k].key) {
            return fault_pin(b, k, "A required pair is not allowed by the rules.");
        }
    }
    return MM_OK;
}

static void put_edge(struct builder *b, uint32_t k)
{
    struct net *net = &b->prepared->net;
    net->to[b->edge] = b->row_mentor[k];
    net->score[b->edge] = b->row_score[k];
    if (net->was) {
        net->was[b->edge] = b->row_was[k];
    }
    b->edge++;
}

static void put_helper_edge(struct builder *b, uint32_t right)
{
    struct net *net = &b->prepared->net;
    net->to[b->edge] = right;
    net->score[b->edge] = NET_HELPER_SCORE;
    b->edge++;
}

static void open_node(struct builder *b, uint32_t i, uint32_t want, uint32_t room, bool served)
{
    struct net *net = &b->prepared->net;
    net->first[b->node] = b->edge;
    net->mentee[b->node] = i;
    net->want[b->node] = want;
    net->room[b->node] = room;
    net->served[b->node] = served;
}

static void close_node(struct builder *b)
{
    b->prepared->net.end[b->node] = b->edge;
    b->node++;
}

/* ---- different backgrounds ---- */

static uint32_t background_of(const struct builder *b, uint32_t canonical)
{
    return b->instance->background[b->prepared->mentor_at[canonical]];
}

/* Drops the edges whose background a pin has already; refuses pins that share one. */
static enum mm_status sift_backgrounds(struct builder *b, size_t first_pin)
{
    const struct prepared_instance *p = b->prepared;
    for (size_t a = first_pin; a < p->pins; a++) {
        uint32_t taken = b->instance->background[p->pinned[a].mentor];
        for (size_t c = first_pin; c < a; c++) {
            if (b->instance->background[p->pinned[c].mentor] == taken) {
                return fault_pin(
                    b, a,
                    "Two required mentors of a mentee who asks for different backgrounds share one.");
            }
        }
        uint32_t keep = 0;
        for (uint32_t k = 0; k < b->row_count; k++) {
            if (background_of(b, b->row_mentor[k]) != taken) {
                b->row_mentor[keep] = b->row_mentor[k];
                b->row_score[keep] = b->row_score[k];
                b->row_was[keep] = b->row_was[k];
                keep++;
            }
        }
        b->row_count = keep;
    }
    return MM_OK;
}

static uint32_t count_backgrounds(struct builder *b)
{
    uint32_t groups = 0;
    for (uint32_t k = 0; k < b->row_count; k++) {
        b->row[k] = (uint64_t)background_of(b, b->row_mentor[k]) << 32 | k;
    }
    sort_keys(b->row, b->row_count);
    for (uint32_t k = 0; k < b->row_count; k++) {
        groups += k == 0 || b->row[k] >> 32 != b->row[k - 1] >> 32;
    }
    return groups;
}

static uint32_t open_helper(struct builder *b, uint32_t i, uint32_t capacity, bool open)
{
    struct prepared_instance *p = b->prepared;
    uint32_t right = b->right++;
    p->net.capacity[right] = capacity;
    p->net.right_room[right] = open ? capacity : 0;
    p->helper_of[right] = i;
    p->net.right_open[right] = open;
    return right;
}

static void put_backgrounds(struct builder *b, uint32_t i, uint32_t want, uint32_t groups,
                            bool served)
{
    uint32_t stay = groups > want ? open_helper(b, i, groups - want, false) : NET_NONE;
    uint32_t open = open_helper(b, i, want < groups ? want : groups, !served);
    b->prepared->net.right_room[open] = b->prepared->net.capacity[open];
    uint32_t k = 0;
    while (k < b->row_count) {
        uint64_t group = b->row[k] >> 32;
        open_node(b, i, 1, 0, true);
        while (k < b->row_count && b->row[k] >> 32 == group) {
            put_edge(b, (uint32_t)b->row[k]);
            k++;
        }
        if (stay != NET_NONE) {
            put_helper_edge(b, stay);
        }
        put_helper_edge(b, open);
        close_node(b);
    }
}

static enum mm_status build_row(struct builder *b, uint32_t i)
{
    const struct mm_instance *in = b->instance;
    uint32_t position = b->prepared->mentee_at[i];
    size_t first_pin = b->prepared->pins;
    enum mm_status status = read_row(b, position);
    if (status == MM_OK) {
        status = sift_row(b, i);
    }
    if (status != MM_OK) {
        return status;
    }
    uint32_t pinned = (uint32_t)(b->prepared->pins - first_pin);
    uint32_t want = instance_wants(in, position) - pinned;
    bool distinct = in->distinct && in->distinct[position] && in->background;
    if (distinct) {
        status = sift_backgrounds(b, first_pin);
        uint32_t groups = count_backgrounds(b);
        if (status != MM_OK) {
            return status;
        }
        if (want > 1 && groups > 0 && groups < b->row_count) {
            put_backgrounds(b, i, want, groups, pinned > 0);
            return MM_OK;
        }
    }
    open_node(b, i, want, want, pinned > 0);
    for (uint32_t k = 0; want > 0 && k < b->row_count; k++) {
        put_edge(b, k);
    }
    close_node(b);
    return MM_OK;
}

/* ---- the rest of the network ---- */

static enum mm_status finish_net(struct builder *b)
{
    struct net *net = &b->prepared->net;
    const struct mm_memory *memory = &b->memory;
    net->mentors = b->instance->mentors;
    net->left = b->node;
    net->right = b->right;
    net->first[b->node] = b->edge;
    net->outside = mm_take(memory, net->left, sizeof(uint32_t));
    net->used = mm_take(memory, net->left, sizeof(uint32_t));
    net->bonus = mm_take(memory, net->left, sizeof(int32_t));
    net->unit_first = mm_take_raw(memory, (size_t)net->left + 1, sizeof(uint32_t));
    net->u = mm_take(memory, net->left, sizeof(int64_t));
    net->right_outside = mm_take(memory, net->right, sizeof(uint32_t));
    net->fill = mm_take(memory, net->right, sizeof(uint32_t));
    net->right_bonus = mm_take(memory, net->right, sizeof(int32_t));
    net->slot_first = mm_take_raw(memory, (size_t)net->right + 1, sizeof(uint32_t));
    net->v = mm_take(memory, net->right, sizeof(int64_t));
    net->profit = mm_take_raw(memory, b->edge, sizeof(int32_t));
    if (!net->outside || !net->used || !net->bonus || !net->unit_first || !net->u ||
        !net->right_outside || !net->fill || !net->right_bonus || !net->slot_first || !net->v ||
        !net->profit) {
        return MM_NO_MEMORY;
    }
    uint32_t units = 0;
    for (uint32_t i = 0; i < net->left; i++) {
        net->unit_first[i] = units;
        units += net->want[i];
        b->prepared->several = b->prepared->several || net->want[i] > 1;
    }
    net->unit_first[net->left] = units;
    uint32_t slots = 0;
    for (uint32_t j = 0; j < net->right; j++) {
        net->slot_first[j] = slots;
        slots += net->capacity[j];
    }
    net->slot_first[net->right] = slots;
    net->mate = mm_take_raw(memory, units, sizeof(uint32_t));
    net->slot_edge = mm_take_raw(memory, slots, sizeof(uint32_t));
    net->slot_left = mm_take_raw(memory, slots, sizeof(uint32_t));
    if (!net->mate || !net->slot_edge || !net->slot_left) {
        return MM_NO_MEMORY;
    }
    return net_open(net);
}

static void note_kinds(struct builder *b)
{
    const struct mm_instance *in = b->instance;
    for (uint32_t i = 0; i < in->mentees; i++) {
        b->prepared->several = b->prepared->several || instance_wants(in, i) > 1;
        b->prepared->any_priority =
            b->prepared->any_priority || (in->priority && in->priority[i] > 0);
    }
    b->prepared->any_was = in->was_count > 0;
}

static enum mm_status build(struct builder *b)
{
    enum mm_status status = order_people(b);
    if (status == MM_OK) {
        status = read_links(b);
    }
    if (status == MM_OK) {
        status = take_sides(b);
    }
    if (status == MM_OK) {
        status = count_places(b);
    }
    b->prepared->pinned =
        status == MM_OK ? mm_take(&b->memory, b->pins, sizeof(struct mm_pair)) : NULL;
    if (status == MM_OK && !b->prepared->pinned) {
        status = MM_NO_MEMORY;
    }
    b->right = b->instance->mentors;
    for (uint32_t i = 0; status == MM_OK && i < b->instance->mentees; i++) {
        status = build_row(b, i);
    }
    if (status == MM_OK) {
        note_kinds(b);
        status = finish_net(b);
    }
    return status;
}

enum mm_status instance_prepare(const struct mm_instance *instance,
                                const struct mm_objective *objective,
                                const struct mm_options *options,
                                struct prepared_instance *ret_prepared, struct mm_fault *fault)
{
    struct prepared_instance prepared = {.instance = instance};
    enum mm_status status = objective_complete(objective, instance, &prepared.objective, fault);
    if (status == MM_OK) {
        status = instance_check(instance, fault);
    }
    if (status != MM_OK) {
        return status;
    }
    struct builder b = {.prepared = &prepared, .instance = instance, .fault = fault};
    if (options) {
        b.memory = options->memory;
        prepared.net.memory = options->memory;
        prepared.net.progress = options->progress;
    }
    status = build(&b);
    void *const block[] = {b.ban, b.was, b.pin, b.row, b.row_score, b.row_mentor, b.row_was};
    for (size_t k = 0; k < sizeof(block) / sizeof(block[0]); k++) {
        mm_give(&b.memory, block[k]);
    }
    if (status != MM_OK) {
        instance_release(&prepared);
        return status == MM_NO_MEMORY
                   ? fault_at(fault, status, "Memory ran out.", MM_NOBODY, MM_NOBODY)
                   : status;
    }
    *ret_prepared = prepared;
    return MM_OK;
}

void instance_release(struct prepared_instance *prepared)
{
    struct mm_memory memory = prepared->net.memory;
    void *const block[] = {prepared->mentee_at, prepared->mentor_at, prepared->mentor_rank,
                           prepared->pinned,    prepared->helper_of, prepared->was};
    for (size_t k = 0; k < sizeof(block) / sizeof(block[0]); k++) {
        mm_give(&memory, block[k]);
    }
    net_close(&prepared->net);
    memset(prepared, 0, sizeof(*prepared));
}
