// SPDX-License-Identifier: Apache-2.0
//
// The kinds of questions, and a form that asks some; see bank.h.
#include "app/bank/bank.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"

// clang-format off
static const struct field_option yes_no[] = {{"1", MSG("Yes")}, {"2", MSG("No")}, {NULL, NULL}};
static const struct field_option scale[] = {
    {"1", MSG("1: nothing")}, {"2", MSG("2")}, {"3", MSG("3: something")}, {"4", MSG("4")}, {"5", MSG("5: very much")}, {NULL, NULL}};
static const struct field_option agree[] = {
    {"1", MSG("1: I don't agree at all")}, {"2", MSG("2")}, {"3", MSG("3: neither")}, {"4", MSG("4")}, {"5", MSG("5: I agree fully")}, {NULL, NULL}};

static const struct bank_kind kinds[] = {
#define BANK_KIND(name, label, field, options, most, counts) {name, field, options, most, counts},
#include "app/bank/bank_kinds.def"
#undef BANK_KIND
};
const struct field_option bank_kind_options[] = {
#define BANK_KIND(name, label, field, options, most, counts) {name, label},
#include "app/bank/bank_kinds.def"
#undef BANK_KIND
    {NULL, NULL},
};
const struct field_option bank_moments[] = {
    {BANK_PULSE, MSG("On the way: after 30 days, and then every 60")},
    {BANK_MID,   MSG("When half of the time is over")},
    {BANK_END,   MSG("At the end")},
    {BANK_LATER, MSG("Half a year and a year after the end")},
    {NULL, NULL},
};
const struct field_option bank_audiences[] = {
    {BANK_COUNTED, MSG("Nobody alone: it is counted with others, and words are read without a name")},
    {BANK_STAFF,   MSG("Those who run the programme, with the name: so that they can help")},
    {NULL, NULL},
};
// clang-format on

const struct bank_kind *bank_kind_find(const char *name)
{
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        if (strcmp(kinds[k].name, name) == 0)
            return &kinds[k];
    return NULL;
}

bool bank_asks(const struct bank_question *question, const char *moment)
{
    size_t length = strlen(moment);
    const char *at = question->moments;
    while (*at != '\0') {
        size_t word = strcspn(at, " ");
        if (word == length && memcmp(at, moment, word) == 0)
            return true;
        at += word + (at[word] == ' ');
    }
    return false;
}

static const char *reader(const struct bank_question *question, const struct bank_kind *kind)
{
    if (strcmp(question->audience, BANK_STAFF) == 0)
        return MSG("Those who run the programme read your answer, with your name.");
    return kind->counts == BANK_READ
               ? MSG("Those who run the programme read your words, without your name.")
               : MSG("It is only counted together with what others say.");
}

static struct field make_field(const struct bank_question *question, const struct bank_kind *kind,
                               size_t place)
{
    return (struct field){.name = question->control,
                          .kind = kind->field,
                          .offset = place * sizeof(const char *),
                          .least = 0,
                          .most = kind->most,
                          .label = question->text,
                          .hint = reader(question, kind),
                          .options = kind->options};
}

enum rc bank_form_make(struct req *req, int64_t programme, const char *moment,
                       const struct field *before, size_t before_count, struct bank_form *ret_form)
{
    struct bank_form form = {0};
    TRY(bank_list(req->tx, req->arena, programme, moment, &form.all, &form.count));
    struct field *fields = ARENA_ARRAY(req->arena, struct field, before_count + form.count + 1);
    if (fields == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < before_count; k++)
        fields[k] = before[k];
    for (size_t k = 0; k < form.count; k++) {
        const struct bank_kind *kind = bank_kind_find(form.all[k].kind);
        if (kind == NULL)
            return RC_IO; // written by a newer program
        fields[before_count + k] = make_field(&form.all[k], kind, k);
    }
    form.shown = (struct shape){.fields = fields, .count = before_count + form.count};
    form.own = (struct shape){.fields = fields + before_count,
                              .count = form.count,
                              .size = (form.count + 1) * sizeof(const char *)};
    *ret_form = form;
    return RC_OK;
}

enum rc bank_form_read(struct req *req, const struct bank_form *form, struct bank_said **ret_said)
{
    const char **in = ARENA_ARRAY(req->arena, const char *, form->count + 1);
    struct bank_said *said = ARENA_ARRAY(req->arena, struct bank_said, form->count + 1);
    if (in == NULL || said == NULL)
        return RC_NO_MEMORY;
    memset(in, 0, form->own.size);
    TRY(shape_read(&form->own, &req->form, in));
    for (size_t k = 0; k < form->count; k++) {
        const char *value = in[k] == NULL ? "" : in[k];
        bool words = form->own.fields[k].kind == FIELD_TEXT;
        said[k] = (struct bank_said){words ? 0 : strtoll(value, NULL, 10), words ? value : ""};
    }
    *ret_said = said;
    return RC_OK;
}

bool bank_is_said(const struct bank_said *said)
{
    return said->number != 0 || said->words[0] != '\0';
}
