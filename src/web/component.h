// SPDX-License-Identifier: Apache-2.0
//
// Why: what the component templates ask about a field.
#ifndef TRELLIS_WEB_COMPONENT_H
#define TRELLIS_WEB_COMPONENT_H

#include "web/field.h"
#include "web/html.h"

// The label of a field, translated; its name when no row has it.
void component_label(struct html *html, const struct shape *shape, const char *name);
void component_error(struct html *html, const struct form_error *error);

// For use inside the tag of a control or group of this name: what leads to its hint (NAME-hint) and
// error (NAME-error). A control, other than a group, is also said to be wrong.
void component_described(struct html *html, const struct form *form, const char *name, bool hint);
void component_told(struct html *html, const struct form *form, const char *name, bool hint);

// The label of the option with this value, translated; nothing when there is none.
void component_option(struct html *html, const struct field_option *options, const char *value);

// What somebody else has changed: whether nothing stands there now, the labels of what is chosen,
// and the name of a day of a week's window.
bool component_is_empty(const struct form *now, const struct field *field);
void component_chosen(struct html *html, const struct form *now, const struct field *field);
void component_day(struct html *html, const char *day);

extern const unsigned component_rows[]; // 0, 1, 2 ... FIELD_WEEK_ROWS_MAX - 1
size_t component_option_count(const struct field *field);
const char *component_input_type(const struct field *field);
const char *component_autocomplete(const struct field *field);
bool component_is_optional(const struct field *field);

#endif
