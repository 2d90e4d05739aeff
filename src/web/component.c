// SPDX-License-Identifier: Apache-2.0
//
// What the component templates ask about a field; see component.h.
#include "web/component.h"

#include <string.h>

#include "web/message.h"

void component_label(struct html *html, const struct shape *shape, const char *name)
{
    for (size_t k = 0; shape != NULL && k < shape->count; k++) {
        if (strcmp(shape->fields[k].name, name) != 0)
            continue;
        html_message(html, shape->fields[k].label, NULL, 0);
        return;
    }
    html_message(html, MSG("This form"), NULL, 0);
}

void component_error(struct html *html, const struct form_error *error)
{
    struct html_value values[] = {
        {NULL, error->numbers[0]},
        {NULL, error->numbers[1]}
    };
    html_message(html, error->text, values, 2);
}

static void raw(struct html *html, const char *text)
{
    html_raw(html, text, strlen(text));
}

void component_described(struct html *html, const struct form *form, const char *name, bool hint)
{
    bool wrong = form_error(form, name) != NULL;
    if (!hint && !wrong)
        return;
    raw(html, " aria-describedby=\"");
    if (hint) {
        html_text(html, name);
        raw(html, "-hint");
    }
    if (hint && wrong)
        raw(html, " ");
    if (wrong) {
        html_text(html, name);
        raw(html, "-error");
    }
    raw(html, "\"");
}

void component_told(struct html *html, const struct form *form, const char *name, bool hint)
{
    component_described(html, form, name, hint);
    if (form_error(form, name) != NULL)
        raw(html, " aria-invalid=\"true\"");
}

const unsigned component_rows[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10,
                                   11, 12, 13, 14, 15, 16, 17, 18, 19, 20};

size_t component_option_count(const struct field *field)
{
    size_t count = 0;
    while (field->options != NULL && field->options[count].value != NULL)
        count++;
    return count;
}

const char *component_input_type(const struct field *field)
{
    switch (field->kind) {
    case FIELD_EMAIL:
        return "email";
    case FIELD_PASSWORD:
        return "password";
    case FIELD_LINK:
        return "url";
    case FIELD_DAY:
        return "date";
    case FIELD_INTEGER:
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_ONE:
    case FIELD_MANY:
    case FIELD_TICK:
    case FIELD_WEEK:
    case FIELD_HIDDEN:
        break;
    }
    return "text";
}

// The tokens of WCAG 1.3.5, by the names that our forms use.
const char *component_autocomplete(const struct field *field)
{
    static const char *const tokens[][2] = {
        {"email",        "email"             },
        {"password",     "current-password"  },
        {"new_password", "new-password"      },
        {"name",         "name"              },
        {"city",         "address-level2"    },
        {"country",      "country-name"      },
        {"organisation", "organization"      },
        {"position",     "organization-title"},
    };
    for (size_t k = 0; k < sizeof tokens / sizeof tokens[0]; k++)
        if (strcmp(field->name, tokens[k][0]) == 0)
            return tokens[k][1];
    return "off";
}

bool component_is_optional(const struct field *field)
{
    return field->least == 0 && field->kind != FIELD_INTEGER;
}

void component_option(struct html *html, const struct field_option *options, const char *value)
{
    const char *label = field_option_label(options, value);
    if (label != NULL)
        html_message(html, label, NULL, 0);
}

bool component_is_empty(const struct form *now, const struct field *field)
{
    const char *value = form_value(now, field->name);
    if (field->kind == FIELD_TICK)
        return !form_has(now, field->name, "1");
    return value == NULL || value[0] == '\0';
}

void component_chosen(struct html *html, const struct form *now, const struct field *field)
{
    const char *gap = "";
    for (const struct field_option *o = field->options; o->value != NULL; o++) {
        if (!form_has(now, field->name, o->value))
            continue;
        html_text(html, gap);
        html_message(html, o->label, NULL, 0);
        gap = ", ";
    }
}

void component_day(struct html *html, const char *day)
{
    static const struct field_option days[] = {
        {"1",  MSG("Monday")             },
        {"2",  MSG("Tuesday")            },
        {"3",  MSG("Wednesday")          },
        {"4",  MSG("Thursday")           },
        {"5",  MSG("Friday")             },
        {"6",  MSG("Saturday")           },
        {"7",  MSG("Sunday")             },
        {"w",  MSG("Monday to Friday")   },
        {"e",  MSG("Saturday and Sunday")},
        {"d",  MSG("Every day")          },
        {NULL, NULL                      },
    };
    component_option(html, days, day);
}
