// SPDX-License-Identifier: Apache-2.0
//
// The texts of SQL that rows of data.h mean: copying, erasing, letting go. They are made once, at
// start, out of names that stand in the program, and never out of anybody's words.
#include <string.h>

#include "app/app.h"

enum { TEXT_LIMIT_BYTES = 16 << 10, TABLES_MAX = 400 };

bool data_next(const char **names, struct data_name *ret_name)
{
    const char *from = *names + strspn(*names, " ");
    if (*from == '\0')
        return false;
    size_t length = strcspn(from, " ");
    bool marked = *from == '#' || *from == '@';
    ret_name->kind = marked ? *from : '"';
    ret_name->length = length - marked;
    if (ret_name->length >= sizeof ret_name->text)
        return false; // the test of all names finds it
    memcpy(ret_name->text, from + marked, ret_name->length);
    ret_name->text[ret_name->length] = '\0';
    *names = from + length;
    return true;
}

// Calls that build one text share its buffer.
struct making {
    struct arena *arena;
    const struct app_table *table;
    struct buffer out;
    size_t count; // of what was listed so far
};

static void start(struct making *m)
{
    buffer_open(&m->out, m->arena, TEXT_LIMIT_BYTES);
    m->count = 0;
}

static const char *finish(struct making *m)
{
    return m->out.rc == RC_OK ? m->out.bytes : NULL;
}

// "a, b" of the columns that are in the copy, and their names as data_next reads them.
static void list_copied(struct making *m, struct buffer *names)
{
    struct data_name name;
    for (const struct data_columns *row = m->table->columns; row->names != NULL; row++) {
        const char *from = row->names;
        while (row->copy == COPY_YES && data_next(&from, &name)) {
            buffer_printf(&m->out, "%s%s", m->count++ == 0 ? "" : ", ", name.text);
            buffer_printf(names, " %s%s", name.kind == '#' ? "#" : "", name.text);
        }
    }
    if (m->count == 0 || m->table->also == NULL)
        return;
    buffer_printf(&m->out, ", %s", m->table->also_sql);
    buffer_printf(names, " %s", m->table->also);
}

static enum rc make_copy(struct making *m, struct data_texts *texts)
{
    struct buffer names;
    if (m->table->whose == NULL)
        return RC_OK;
    buffer_open(&names, m->arena, TEXT_LIMIT_BYTES);
    buffer_text(&names, "");
    start(m);
    buffer_text(&m->out, "SELECT ");
    list_copied(m, &names);
    if (m->count == 0)
        return RC_OK;
    buffer_printf(&m->out, " FROM %s WHERE %s ORDER BY %s", m->table->name, m->table->whose,
                  m->table->order);
    TRY(names.rc);
    texts->copy = finish(m);
    texts->copy_names = names.bytes;
    return texts->copy == NULL ? RC_NO_MEMORY : RC_OK;
}

static bool is_emptied(const struct data_columns *row, bool old)
{
    return row->end == END_EMPTY || (old && row->end == END_OLD);
}

// "a = '', b = 0": how columns are emptied.
static void list_emptied(struct making *m, bool old)
{
    struct data_name name;
    for (const struct data_columns *row = m->table->columns; row->names != NULL; row++) {
        const char *from = row->names;
        while (data_next(&from, &name)) {
            const char *comma = m->count == 0 ? "" : ", ";
            if (row->end == END_ADDRESS && !old)
                buffer_printf(&m->out, "%s%s = 'erased-' || id || '" DATA_NOWHERE "'", comma,
                              name.text);
            else if (!is_emptied(row, old))
                continue;
            else if (name.kind == '#')
                buffer_printf(&m->out, "%s%s = 0", comma, name.text);
            else if (name.kind == '@')
                buffer_printf(&m->out, "%s%s = substr(%s, 1, 0)", comma, name.text, name.text);
            else
                buffer_printf(&m->out, "%s%s = ''", comma, name.text);
            m->count++;
        }
    }
}

// "a <> '' OR b <> 0": something is left to empty.
static void list_left(struct making *m)
{
    struct data_name name;
    m->count = 0;
    for (const struct data_columns *row = m->table->columns; row->names != NULL; row++) {
        const char *from = row->names;
        while (is_emptied(row, true) && data_next(&from, &name)) {
            const char *or_else = m->count++ == 0 ? "" : " OR ";
            if (name.kind == '#')
                buffer_printf(&m->out, "%s%s <> 0", or_else, name.text);
            else
                buffer_printf(&m->out, "%slength(%s) > 0", or_else, name.text);
        }
    }
}

// UPDATE or DELETE, up to WHERE. False: nothing is to be done.
static bool begin_ending(struct making *m, bool old)
{
    start(m);
    if (m->table->rows != ROWS_STAY) {
        buffer_printf(&m->out, "DELETE FROM %s WHERE ", m->table->name);
        return true;
    }
    buffer_printf(&m->out, "UPDATE %s SET ", m->table->name);
    list_emptied(m, old);
    buffer_text(&m->out, " WHERE ");
    return m->count > 0;
}

static enum rc make_erase(struct making *m, struct data_texts *texts)
{
    const struct app_table *table = m->table;
    if (table->whose == NULL || table->rows == ROWS_OLD || !begin_ending(m, false))
        return RC_OK;
    if (table->about == NULL)
        buffer_text(&m->out, table->whose);
    else
        buffer_printf(&m->out, "(%s) OR %s", table->whose, table->about);
    texts->erase = finish(m);
    return texts->erase == NULL ? RC_NO_MEMORY : RC_OK;
}

static void write_old(struct making *m)
{
    buffer_printf(&m->out, "(%s)", m->table->old);
    if (m->table->rows != ROWS_STAY)
        return;
    buffer_text(&m->out, " AND (");
    list_left(m);
    buffer_text(&m->out, ")");
}

static enum rc make_old(struct making *m, struct data_texts *texts)
{
    if (m->table->old == NULL || !begin_ending(m, true))
        return RC_OK;
    write_old(m);
    texts->let_go = finish(m);
    start(m);
    buffer_printf(&m->out, "SELECT count(*) FROM %s WHERE ", m->table->name);
    write_old(m);
    texts->count_old = finish(m);
    return texts->let_go == NULL || texts->count_old == NULL ? RC_NO_MEMORY : RC_OK;
}

const struct data_texts *data_texts(struct arena *arena, const struct app_slice *const *slices)
{
    struct data_texts *all = ARENA_ARRAY(arena, struct data_texts, TABLES_MAX);
    size_t count = 0;
    if (all == NULL)
        return NULL;
    for (size_t k = 0; slices[k] != NULL; k++)
        for (const struct app_table *table = slices[k]->tables;
             table != NULL && table->name != NULL && count + 1 < TABLES_MAX; table++) {
            struct making m = {.arena = arena, .table = table};
            struct data_texts *texts = &all[count++];
            *texts = (struct data_texts){.table = table};
            if (make_copy(&m, texts) != RC_OK || make_erase(&m, texts) != RC_OK ||
                make_old(&m, texts) != RC_OK)
                return NULL;
        }
    all[count] = (struct data_texts){.table = NULL};
    return all;
}

static bool has_address(const struct app_table *table)
{
    for (const struct data_columns *row = table->columns; row->names != NULL; row++)
        if (row->end == END_ADDRESS)
            return true;
    return false;
}

// Rows are found by others: so first those that stay are emptied, then the others go, those that
// refer to others before these; and the address, by which some are found, comes last.
enum rc data_erase(struct db_tx *tx, const struct data_texts *texts, int64_t person)
{
    size_t count = 0;
    while (texts[count].table != NULL)
        count++;
    for (int pass = 0; pass < 3; pass++)
        for (size_t k = count; k-- > 0;) {
            const struct app_table *table = texts[k].table;
            int when = has_address(table) ? 2 : table->rows == ROWS_STAY ? 0 : 1;
            if (texts[k].erase != NULL && when == pass)
                TRY(db_do(tx, NULL, texts[k].erase, DB_ARGS(DB_INT(person))));
        }
    return RC_OK;
}

static const struct {
    const char *name;
    int64_t days;
    int64_t least;
    const char *words;
} keeps[KEEPS] = {
#define KEEP(name, days, least, words) {#name, days, least, words},
#include "app/keep.def"
#undef KEEP
};

const char *data_keep_name(enum data_keep keep)
{
    return keeps[keep].name;
}

const char *data_keep_words(enum data_keep keep)
{
    return keeps[keep].words;
}

int64_t data_keep_days(enum data_keep keep)
{
    return keeps[keep].days;
}

int64_t data_keep_least(enum data_keep keep)
{
    return keeps[keep].least;
}

const char *data_class_words(enum data_class class)
{
    switch (class) {
    case DATA_UNCLASSED:
        break;
    case DATA_PUBLIC:
        return MSG("everybody");
    case DATA_PROGRAMME:
        return MSG("those who run the programme, and whom they show it to");
    case DATA_PAIR:
        return MSG("the two of a pair");
    case DATA_SELF:
        return MSG("herself, and whom she says");
    case DATA_SAFEGUARDING:
        return MSG("those who are named for safety");
    case DATA_SECRET:
        return MSG("nobody; the program alone needs it");
    }
    return "";
}

const char *data_end_words(enum data_end end)
{
    switch (end) {
    case END_ROW:
        return MSG("goes with its row");
    case END_EMPTY:
        return MSG("is emptied");
    case END_OLD:
        return MSG("stays for the other; is emptied when it is old");
    case END_STAYS:
        return MSG("stays, and says nothing about anybody by itself");
    case END_ADDRESS:
        return MSG("becomes one that nobody has");
    }
    return "";
}

const char *data_rows_words(enum data_rows rows)
{
    switch (rows) {
    case ROWS_STAY:
        return MSG("Rows stay, without what is emptied.");
    case ROWS_OLD:
        return MSG("Rows stay until they are old, because the law or others need them.");
    case ROWS_GO:
        return MSG("Rows are deleted.");
    }
    return "";
}
