// SPDX-License-Identifier: Apache-2.0
//
// Why: an offer is taken back for a reason, which those who run the cohort find again: a code,
// which the log tells, and words if there are some, which stay with the match. The two learn
// neither.
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_offer.h"
#include "app/match/match_page.h"
#include "app/match/match_store.h"
#include "app_match_match_back.html.h"

struct taking_back {
    const char *reason;
    const char *note;
};

// clang-format off
static const struct field_option reasons[] = {
    {"changed", MSG("Something has changed for one of the two")},
    {"asked",   MSG("One of the two asked for it")},
    {"mistake", MSG("The offer was a mistake")},
    {"other",   MSG("Something else")}, {NULL, NULL},
};
static const struct field back_fields[] = {
    {"reason", FIELD_ONE,  FIELD_TEXT_OF(struct taking_back, reason), 1, 1,    MSG("Why is it taken back?"), "", reasons},
    {"note",   FIELD_TEXT, FIELD_TEXT_OF(struct taking_back, note),   0, 1000, MSG("A note"), MSG("Only those who run the cohort see it."), NULL},
};
// clang-format on
static const struct shape back_shape = SHAPE(struct taking_back, back_fields);

void match_show_words(struct html *html, const struct match *match)
{
    const char *end = strchr(match->words, ':');
    if (strcmp(match->reason, "withdrawn") != 0 || end == NULL) {
        html_text(html, match->words);
        return;
    }
    for (const struct field_option *one = reasons; one->value != NULL; one++)
        if (strncmp(one->value, match->words, (size_t)(end - match->words)) == 0 &&
            one->value[end - match->words] == '\0')
            html_message(html, one->label, NULL, 0);
    if (end[1] == ' ' && end[2] != '\0')
        html_text(html, end);
}

// An offer of this cohort that nobody has settled.
static enum rc find_offer(struct req *req, struct match *ret_match)
{
    TRY(match_find(req->tx, req->arena, req_id(req, "match"), ret_match));
    if (ret_match->cohort != req_id(req, "cohort"))
        return RC_NOT_FOUND;
    return strcmp(ret_match->state, "offered") == 0 ? RC_OK : RC_EXISTS;
}

static enum rc load_back(struct req *req)
{
    struct match_view *view = NULL;
    struct match *match = ARENA_NEW(req->arena, struct match);
    if (match == NULL)
        return RC_NO_MEMORY;
    TRY(match_make_view(req, &view));
    TRY(find_offer(req, match));
    view->matches = match;
    view->match_count = 1;
    view->shape = &back_shape;
    return RC_OK;
}

static void write_back(struct html *html, struct req *req)
{
    page_match_back(html, req->view);
}

static enum rc act_back(struct req *req)
{
    const struct taking_back *in = req->in;
    struct match match;
    struct offering o = offering_of(req);
    TRY(find_offer(req, &match));
    const char *words = arena_printf(req->arena, "%s: %s", in->reason, in->note);
    if (words == NULL)
        return RC_NO_MEMORY;
    TRY(offer_end(&o, &match, "withdrawn", words));
    return req_go(req, MSG("The offer is taken back. Those who knew of it get a letter."),
                  "/cohorts/%lld/matches", (long long)match.cohort);
}

// clang-format off
const struct route match_back_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/matches/:match/withdraw", CAN_RUN_MATCHING, NULL,        NULL, NULL,     load_back, write_back, MSG("Take an offer back")},
    {WEB_POST, "/cohorts/:cohort/matches/:match/withdraw", CAN_RUN_MATCHING, &back_shape, NULL, act_back, load_back, write_back, MSG("Take an offer back")},
    {0,        NULL,                                       0,                NULL,        NULL, NULL,     NULL,      NULL,       NULL},
};
// clang-format on
