// SPDX-License-Identifier: Apache-2.0
//
// Every row of the program when memory ends: the n-th piece of an arena, or of what the libraries
// below take, is not there, once or from then on. The list is the program's own, so a new row is in
// it. No crash; a page is whole or refused; an answer that says that something was done is true,
// and one that says that the machine failed has changed nothing: the log, which is written in the
// same transaction, tells.
//
//   TEST_FAULTS=all    each place of each row; else a few of each row, other ones for each
//   TEST_FAULTS=2/10   the second tenth of all places: ten such runs are all of them
//   TEST_ROW=/sign-in  this row alone
#define _GNU_SOURCE // pwrite64, off64_t

#include "app/data.h"
#include "auth/token.h"
#include "db/db_test.h"
#include "desk_test.h"
#include "fault_test.h"

#ifdef SANITIZED
int main(void)
{
    ok(true, "sanitizers answer these calls themselves # SKIP");
    return tap_done();
}
#else

enum { WHO = 2, FORM_BYTES = 16 << 10, SAMPLE = 3, SHORTER_MOST = 64 };

struct house {
    struct test_place place;
    char folder[80];
    struct installation installation;
    struct app app;
    struct web *web;
    struct http_exchange exchange;
    char *body;
    int64_t newest; // of the log
    char csrf[WHO][80];
};

// An administrator, and a mentee of the pair that paths name.
static const char *const cookies[WHO] = {"trellis=0123", "trellis=4567"};

// What stands for a name in a path; what is not here is 1.
static struct {
    const char *name;
    const char *sql;
    int64_t value;
} values[] = {
#define ONE_PAIR "(SELECT min(id) FROM match WHERE state = 'active')"
    {"cohort",       "SELECT cohort FROM match WHERE id = " ONE_PAIR,       0},
    {"pair",         "SELECT " ONE_PAIR,                                    0},
    {"match",        "SELECT " ONE_PAIR,                                    0},
    {"mentee",       "SELECT mentee FROM match WHERE id = " ONE_PAIR,       0},
    {"mentor",       "SELECT mentor FROM match WHERE id = " ONE_PAIR,       0},
    {"enrolment",    "SELECT mentee FROM match WHERE id = " ONE_PAIR,       0},
    {"run",          "SELECT run FROM match WHERE id = " ONE_PAIR,          0},
    {"goal",         "SELECT min(id) FROM goal WHERE match = " ONE_PAIR,    0},
    {"meeting",      "SELECT min(id) FROM meeting WHERE match = " ONE_PAIR, 0},
    {"survey",       "SELECT min(id) FROM survey WHERE match = " ONE_PAIR,  0},
    {"circle",       "SELECT min(id) FROM circle",                          0},
    {"event",        "SELECT min(id) FROM event",                           0},
    {"introduction", "SELECT min(id) FROM introduction",                    0},
    {"article",      "SELECT min(id) FROM article",                         0},
    {"story",        "SELECT min(id) FROM story",                           0},
    {"contribution", "SELECT min(id) FROM contribution",                    0},
    {"training",     "SELECT min(id) FROM training",                        0},
    {"resource",     "SELECT min(id) FROM resource",                        0},
    {"plan",         "SELECT min(id) FROM plan WHERE version > 0",          0},
    {"concern",      "SELECT min(id) FROM concern_case",                    0},
    {"improvement",  "SELECT min(id) FROM improvement",                     0},
    {NULL,           NULL,                                                  0}
};

static bool is_out(const struct route *row)
{
    const char *wanted = getenv("TEST_ROW");
    if (wanted != NULL && strcmp(row->path, wanted) != 0)
        return true;
    static const char *const out[] = {"/sign-out", "/account/sessions/end", "/account/session/end",
                                      "/account/close", "/account/erase"};
    for (size_t k = 0; k < sizeof out / sizeof out[0]; k++)
        if (row->method == WEB_POST && strcmp(row->path, out[k]) == 0)
            return true;
    return false;
}

// ---- an organisation ---------------------------------------------------------------------------

static enum rc put_session(struct db_tx *tx, struct house *house, int who, const char *person)
{
    struct arena *arena = &house->installation.arena;
    struct db_rows *rows = NULL;
    const char *secret = strchr(cookies[who], '=') + 1;
    const char *hash = token_hash(arena, "session", secret);
    const char *csrf = token_hash(arena, "form", secret);
    TRY(db_query(tx, arena, &rows, person, DB_NO_ARGS));
    if (hash == NULL || csrf == NULL || db_count(rows) == 0)
        return RC_NOT_FOUND;
    snprintf(house->csrf[who], sizeof house->csrf[who], "%s", csrf);
    return db_do(tx, NULL,
                 "INSERT INTO session(hash, person, created_at, seen_at) VALUES ($1, $2, $3, $3) "
                 "ON CONFLICT (hash) DO UPDATE SET seen_at = excluded.seen_at",
                 DB_ARGS(DB_TEXT(hash), DB_INT(db_int(rows, 0, 0)), DB_INT(installation_now_us())));
}

static enum rc sign_in_work(struct db_tx *tx, void *data)
{
    TRY(put_session(tx, data, 0, "SELECT min(id) FROM person WHERE admin = 1"));
    return put_session(tx, data, 1,
                       "SELECT e.person FROM match m JOIN enrolment e ON e.id = m.mentee WHERE "
                       "m.id = " ONE_PAIR);
}

static enum rc find_values_work(struct db_tx *tx, void *data)
{
    struct house *house = data;
    for (size_t k = 0; values[k].name != NULL; k++) {
        struct db_rows *rows = NULL;
        TRY(db_query(tx, &house->installation.arena, &rows, values[k].sql, DB_NO_ARGS));
        values[k].value = db_count(rows) == 0 ? 1 : db_int(rows, 0, 0);
    }
    return RC_OK;
}

static enum rc newest_work(struct db_tx *tx, void *data)
{
    struct house *house = data;
    struct db_rows *rows = NULL;
    struct arena arena;
    arena_open(&arena, 1 << 20);
    enum rc rc = db_query(tx, &arena, &rows, "SELECT coalesce(max(id), 0) FROM audit", DB_NO_ARGS);
    house->newest = rc == RC_OK ? db_int(rows, 0, 0) : -1;
    arena_close(&arena);
    return rc;
}

// Whether the log has grown since it was looked at last.
static bool has_logged(struct house *house)
{
    int64_t before = house->newest;
    db_read(house->installation.db, 2, newest_work, house);
    return house->newest != before;
}

static bool open_house(struct house *house)
{
    house->installation = (struct installation){.folder = house->folder, .readers = 3, .loops = 2};
    if (installation_open(&house->installation) != RC_OK ||
        desk_open(&house->installation, &house->app, &house->web) != RC_OK)
        return false;
    house->app.data = data_texts(&house->installation.arena, house->app.slices);
    house->app.folder = house->folder;
    if (installation_seal(&house->installation, true) != RC_OK)
        return false;
    house->app.seal = house->installation.seal;
    return house->app.data != NULL &&
           db_write(house->installation.db, find_values_work, house) == RC_OK &&
           db_write(house->installation.db, sign_in_work, house) == RC_OK;
}

// ---- a request of a row
// --------------------------------------------------------------------------

static int64_t value_of(const char *name, size_t length)
{
    for (size_t k = 0; values[k].name != NULL; k++)
        if (strlen(values[k].name) == length && memcmp(values[k].name, name, length) == 0)
            return values[k].value;
    return 1;
}

static void fill_path(const char *row, char *path, size_t size)
{
    struct text parts[20];
    size_t used = 0;
    size_t count = 0;
    while (*row != '\0' && count < 20) {
        size_t length = strcspn(row + 1, "/");
        parts[count++] = (struct text){row + 1, length};
        row += 1 + length;
    }
    for (size_t k = 0; k < count; k++) {
        const char *at = parts[k].bytes;
        size_t length = parts[k].length;
        if (*at != ':')
            used += (size_t)snprintf(path + used, size - used, "/%.*s", (int)length, at);
        else if (length == 5 && memcmp(at, ":role", 5) == 0)
            used += (size_t)snprintf(path + used, size - used, "/mentee");
        else
            used += (size_t)snprintf(path + used, size - used, "/%lld",
                                     (long long)value_of(at + 1, length - 1));
    }
}

// A value that its field takes.
static void add_value(struct buffer *form, const struct field *field)
{
    const struct field_option *options = field->options;
    int64_t least = field->least < 1 ? 1 : field->least;
    buffer_printf(form, "&%s=", field->name);
    if (options != NULL && options[0].value != NULL)
        buffer_text(form, options[options[0].value[0] == '\0' && options[1].value != NULL].value);
    else if (field->kind == FIELD_INTEGER)
        buffer_printf(form, "%lld", (long long)field->least);
    else if (field->kind == FIELD_DAY)
        buffer_text(form, "2027-03-01");
    else if (field->kind == FIELD_EMAIL)
        buffer_text(form, "new@faults.example");
    else if (field->kind == FIELD_LINK)
        buffer_text(form, "https%3A%2F%2Ffaults.example%2F");
    else if (field->kind == FIELD_TICK)
        buffer_text(form, "1");
    else if (field->kind == FIELD_WEEK)
        buffer_text(form, "mon+18%3A00-20%3A00");
    else if (field->kind != FIELD_MANY)
        for (int64_t k = 0; k < least && k < 200; k++)
            buffer_byte(form, 'x');
}

static const char *make_form(struct arena *arena, const struct route *row, const char *csrf)
{
    struct buffer form;
    buffer_open(&form, arena, FORM_BYTES);
    buffer_printf(&form, "csrf=%s", csrf);
    for (size_t k = 0; row->in != NULL && k < row->in->count; k++)
        add_value(&form, &row->in->fields[k]);
    return form.rc == RC_OK ? form.bytes : "";
}

struct asking {
    const struct route *row;
    char path[200];
    const char *form; // NULL: GET
    int who;
};

// fail_at: the piece of its arena that is missing; 0: none.
static int ask(struct house *house, const struct asking *a, size_t fail_at)
{
    arena_open(&house->exchange.arena, DESK_ARENA_BYTES);
    house->exchange.arena.fail_at = fail_at;
    int status = desk_ask(&house->exchange, a->path, cookies[a->who], a->form);
    arena_close(&house->exchange.arena);
    return status;
}

// ---- one row
// -------------------------------------------------------------------------------------

struct tally {
    unsigned rows;
    unsigned done;    // that answer 200 or lead on when nothing fails
    unsigned places;  // that were made to fail
    size_t all;       // places that there are
    unsigned refused; // answers that said so
    unsigned late;    // of these, after it was done: what was to say so had no memory
    unsigned wrong;
    int usual;    // the answer of this row when nothing fails
    bool logs;    // and whether it is noted: a wrong password is refused, and counted
    size_t whole; // and its length
};

static bool is_refusal(int status)
{
    return status == 500 || status == 503;
}

// What is wrong with an answer; NULL: nothing.
static const char *fault_of(struct house *house, const struct asking *a, struct tally *tally,
                            int status)
{
    if (a->form == NULL && status != tally->usual && !is_refusal(status))
        return "another answer than usual";
    if (a->form == NULL && status == 200 && house->exchange.length + SHORTER_MOST < tally->whole)
        return "half a page";
    if (a->form == NULL)
        return NULL;
    bool logged = has_logged(house);
    tally->late += is_refusal(status) && logged;
    bool as_usual = status == tally->usual && tally->logs;
    if (status >= 400 && !is_refusal(status) && logged && !as_usual)
        return "it says no, and something was done";
    if ((status == 303 || status == 200) && !logged)
        return "it says that it was done, and it was not";
    return NULL;
}

static void complain(struct tally *tally, const struct asking *a, const char *what, size_t at,
                     int status)
{
    tally->wrong++;
    note("%s %s: %s: place %zu: %d", a->form == NULL ? "GET" : "POST", a->row->path, what, at,
         status);
}

// Each place, a part of them (`2/10`), or a few, that are other ones for each row.
static void choose_places(size_t row, size_t counted, size_t *ret_first, size_t *ret_step)
{
    const char *wanted = getenv("TEST_FAULTS");
    const char *slash = wanted == NULL ? NULL : strchr(wanted, '/');
    size_t part = slash == NULL ? 0 : strtoul(wanted, NULL, 10);
    size_t parts = slash == NULL ? 0 : strtoul(slash + 1, NULL, 10);
    bool each = faults_everywhere() || counted <= SAMPLE;
    *ret_step = parts > 0 ? parts : each ? 1 : counted / SAMPLE;
    *ret_first = 1 + (row + part) % *ret_step;
}

static void fail_each(struct house *house, const struct asking *a, struct tally *tally,
                      size_t counted, bool arena)
{
    size_t first = 0;
    size_t step = 0;
    choose_places(tally->rows, counted, &first, &step);
    tally->all += arena ? counted : 2 * counted;
    for (size_t at = first; at <= counted; at += step) {
        for (int sticky = 0; sticky < (arena ? 1 : 2); sticky++) {
            if (!arena)
                arm(FAULT_MEMORY, (long)at, sticky == 1);
            int status = ask(house, a, arena ? at : 0);
            disarm();
            const char *fault = fault_of(house, a, tally, status);
            if (fault != NULL)
                complain(tally, a, fault, at, status);
            tally->refused += is_refusal(status);
            tally->places++;
        }
    }
}

// As the one of the two who may: 200 or on to another page, where one of them gets that.
static int ask_as_either(struct house *house, struct asking *a, struct arena *arena)
{
    int usual = 0;
    for (a->who = 0; a->who < WHO; a->who++) {
        if (a->row->method == WEB_POST)
            a->form = make_form(arena, a->row, house->csrf[a->who]);
        usual = ask(house, a, 0);
        if (usual == 200 || usual == 303)
            return usual;
    }
    a->who = WHO - 1;
    return usual;
}

static void try_row(struct house *house, struct asking *a, struct arena *arena, struct tally *tally)
{
    has_logged(house);
    tally->usual = ask_as_either(house, a, arena);
    tally->logs = has_logged(house);
    tally->whole = house->exchange.length;
    size_t pieces = house->exchange.arena.calls;
    arm(FAULT_MEMORY, 0, false);
    ask(house, a, 0);
    size_t below = (size_t)disarm();
    tally->rows++;
    tally->done += tally->usual == 200 || tally->usual == 303;
    has_logged(house);
    if (is_refusal(tally->usual))
        complain(tally, a, "it fails by itself", 0, tally->usual);
    fail_each(house, a, tally, pieces, true);
    fail_each(house, a, tally, below, false);
    int after = ask(house, a, 0);
    if (is_refusal(after))
        complain(tally, a, "it does not work again", 0, after);
}

static void try_rows(struct house *house, enum web_method method, struct tally *tally)
{
    const struct route *row = NULL;
    for (size_t k = 0; (row = web_route_at(house->web, k)) != NULL; k++) {
        if (row->method != method || is_out(row))
            continue;
        struct arena arena;
        struct asking a = {.row = row};
        arena_open(&arena, FORM_BYTES * 4);
        db_write(house->installation.db, sign_in_work, house);
        fill_path(row->path, a.path, sizeof a.path);
        try_row(house, &a, &arena, tally);
        arena_close(&arena);
    }
}

static void tell(const struct tally *tally, const char *name, unsigned done_least)
{
    ok(tally->wrong == 0 && tally->refused > 0,
       "%s: %u rows, %u of %zu places of memory missing, %u refusals (%u after it was done), %u wrong answers",
       name, tally->rows, tally->places, tally->all, tally->refused, tally->late, tally->wrong);
    ok(tally->done >= done_least || getenv("TEST_ROW") != NULL,
       "%s: %u of %u do what they are for when nothing fails", name, tally->done, tally->rows);
}

int main(void)
{
    static struct house house;
    struct tally pages = {0};
    struct tally acts = {0};
    house.body = calloc(1, DESK_BODY_BYTES);
    test_place_open(&house.place);
    snprintf(house.folder, sizeof house.folder, "%s/data", house.place.folder);
    desk_exchange_open(&house.exchange, house.body);
    if (!ok(auth_start() == RC_OK && make_demo(house.folder) && open_house(&house), "a demo opens"))
        return tap_done();
    spare_libraries();
    try_rows(&house, WEB_GET, &pages);
    tell(&pages, "pages", 150);
    try_rows(&house, WEB_POST, &acts);
    tell(&acts, "acts", 30);
    web_stop(house.web);
    db_close(house.installation.db);
    arena_close(&house.installation.arena);
    desk_exchange_close(&house.exchange);
    test_place_close(&house.place);
    free(house.body);
    return tap_done();
}
#endif
