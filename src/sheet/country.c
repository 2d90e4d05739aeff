// SPDX-License-Identifier: Apache-2.0
// The many names of countries; see country.h. The names themselves come from the system's
// iso3166.tab.
#include "sheet/country.h"

#include <stdbool.h>
#include <string.h>

struct variant {
    const char *key; // without articles and "and"
    const char code[3];
};

// What rules cannot make from the names in iso3166.tab: short forms, other spellings, names before
// a change, the countries of the United Kingdom.
static const struct variant variants[] = {
    {"usa",                                              "US"},
    {"us",                                               "US"},
    {"u s",                                              "US"},
    {"u s a",                                            "US"},
    {"america",                                          "US"},
    {"united states of america",                         "US"},
    {"uk",                                               "GB"},
    {"u k",                                              "GB"},
    {"united kingdom",                                   "GB"},
    {"great britain",                                    "GB"},
    {"britain",                                          "GB"},
    {"england",                                          "GB"},
    {"scotland",                                         "GB"},
    {"wales",                                            "GB"},
    {"northern ireland",                                 "GB"},
    {"united kingdom of great britain northern ireland", "GB"},
    {"holland",                                          "NL"},
    {"uae",                                              "AE"},
    {"u a e",                                            "AE"},
    {"emirates",                                         "AE"},
    {"czechia",                                          "CZ"},
    {"turkiye",                                          "TR"},
    {"burma",                                            "MM"},
    {"myanmar",                                          "MM"},
    {"swaziland",                                        "SZ"},
    {"eswatini",                                         "SZ"},
    {"ivory coast",                                      "CI"},
    {"cabo verde",                                       "CV"},
    {"timor leste",                                      "TL"},
    {"macao",                                            "MO"},
    {"hong kong sar",                                    "HK"},
    {"south korea",                                      "KR"},
    {"korea",                                            "KR"},
    {"republic of korea",                                "KR"},
    {"north korea",                                      "KP"},
    {"democratic peoples republic of korea",             "KP"},
    {"dprk",                                             "KP"},
    {"congo",                                            "CG"},
    {"republic of congo",                                "CG"},
    {"congo brazzaville",                                "CG"},
    {"democratic republic of congo",                     "CD"},
    {"congo kinshasa",                                   "CD"},
    {"dr congo",                                         "CD"},
    {"drc",                                              "CD"},
    {"d r congo",                                        "CD"},
    {"zaire",                                            "CD"},
    {"central african republic",                         "CF"},
    {"car",                                              "CF"},
    {"macedonia",                                        "MK"},
    {"fyrom",                                            "MK"},
    {"republic of china",                                "TW"},
    {"peoples republic of china",                        "CN"},
    {"prc",                                              "CN"},
    {"mainland china",                                   "CN"},
    {"russian federation",                               "RU"},
    {"viet nam",                                         "VN"},
    {"lao pdr",                                          "LA"},
    {"lao peoples democratic republic",                  "LA"},
    {"syrian arab republic",                             "SY"},
    {"brunei darussalam",                                "BN"},
    {"moldova republic of",                              "MD"},
    {"iran islamic republic of",                         "IR"},
    {"tanzania united republic of",                      "TZ"},
    {"bolivia plurinational state of",                   "BO"},
    {"venezuela bolivarian republic of",                 "VE"},
    {"korea republic of",                                "KR"},
    {"united republic of tanzania",                      "TZ"},
    {"palestinian territories",                          "PS"},
    {"state of palestine",                               "PS"},
    {"holy see",                                         "VA"},
    {"vatican",                                          "VA"},
    {"bosnia",                                           "BA"},
    {"trinidad",                                         "TT"},
    {"antigua",                                          "AG"},
    {"st vincent grenadines",                            "VC"},
    {"gambia",                                           "GM"},
    {"samoa",                                            "WS"},
    {"american samoa",                                   "AS"},
    {"us virgin islands",                                "VI"},
    {"british virgin islands",                           "VG"},
    {"reunion island",                                   "RE"},
    {"brasil",                                           "BR"},
    {"espana",                                           "ES"},
    {"deutschland",                                      "DE"},
    {"italia",                                           "IT"},
    {"osterreich",                                       "AT"},
    {"schweiz",                                          "CH"},
    {"suisse",                                           "CH"},
    {"belgique",                                         "BE"},
    {"belgie",                                           "BE"},
    {"nederland",                                        "NL"},
    {"sverige",                                          "SE"},
    {"norge",                                            "NO"},
    {"danmark",                                          "DK"},
    {"suomi",                                            "FI"},
    {"polska",                                           "PL"},
    {"eire",                                             "IE"},
    {"mejico",                                           "MX"},
    {"turkyie",                                          "TR"},
    {"kosovo",                                           ""  },
};

// Forms of state that stand before a name; the longest first.
static const char *const forms[] = {
    "federal democratic republic of ",
    "democratic socialist republic of ",
    "plurinational state of ",
    "bolivarian republic of ",
    "federative republic of ",
    "united mexican states",
    "islamic republic of ",
    "federal republic of ",
    "hashemite kingdom of ",
    "peoples republic of ",
    "independent state of ",
    "grand duchy of ",
    "principality of ",
    "sultanate of ",
    "republic of ",
    "kingdom of ",
    "state of ",
    "commonwealth of ",
};

static bool is_word(struct text word, const char *text)
{
    return text_equal(word, text_of(text));
}

// Joins the words that count with spaces, in place.
static void drop_small_words(char *key)
{
    struct text words[64];
    size_t count = text_split(key, words, 64);
    if (count > 64)
        return;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        struct text word = words[i];
        if (is_word(word, "the") || is_word(word, "and"))
            continue;
        if (is_word(word, "saint") || is_word(word, "ste"))
            word = text_of("st");
        if (used > 0)
            key[used++] = ' ';
        memmove(key + used, word.bytes, word.length); // never moves right: words only get shorter
        used += word.length;
    }
    key[used] = '\0';
}

enum rc country_key(struct arena *arena, struct text name, char **ret_key, char **ret_alone)
{
    char *key = NULL;
    TRY(text_word_key(arena, name.bytes, name.length, &key));
    drop_small_words(key);
    if (ret_alone != NULL)
        *ret_alone = key;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        size_t length = strlen(forms[i]);
        if (strncmp(key, forms[i], length) == 0 && key[length] != '\0') {
            key += length;
            break;
        }
    }
    *ret_key = key;
    return RC_OK;
}

const char *country_variant(const char *key)
{
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
        if (strcmp(variants[i].key, key) == 0)
            return variants[i].code;
    }
    return NULL;
}

// Cities whose namesake abroad names a zone. Without this row a person in Spain's Cordoba would be
// told that it is in Argentina.
static const struct variant namesakes[] = {
    {"cordoba",       "ES"},
    {"cordoba",       "MX"},
    {"merida",        "ES"},
    {"merida",        "VE"},
    {"santiago",      "ES"},
    {"santiago",      "PH"},
    {"santiago",      "DO"},
    {"santiago",      "PA"},
    {"santiago",      "CU"},
    {"san juan",      "PH"},
    {"san juan",      "DO"},
    {"la paz",        "MX"},
    {"la paz",        "HN"},
    {"monterrey",     "CO"},
    {"santo domingo", "EC"},
    {"santo domingo", "CR"},
    {"mendoza",       "PE"},
    {"san luis",      "MX"},
    {"san luis",      "US"},
    {"san luis",      "CU"},
    {"antigua",       "GT"},
    {"st johns",      "AG"},
    {"st johns",      "US"},
    {"vancouver",     "US"},
    {"london",        "CA"},
    {"london",        "US"},
    {"paris",         "US"},
    {"paris",         "CA"},
    {"melbourne",     "US"},
    {"dublin",        "US"},
    {"athens",        "US"},
    {"rome",          "US"},
    {"berlin",        "US"},
    {"madrid",        "US"},
    {"madrid",        "CO"},
    {"lima",          "US"},
    {"moscow",        "US"},
    {"vienna",        "US"},
    {"warsaw",        "US"},
    {"lisbon",        "US"},
    {"amsterdam",     "US"},
    {"cairo",         "US"},
    {"damascus",      "US"},
    {"jamaica",       "US"},
    {"jersey",        "US"},
    {"norfolk",       "GB"},
    {"norfolk",       "US"},
    {"chatham",       "GB"},
    {"chatham",       "US"},
    {"perth",         "GB"},
    {"halifax",       "GB"},
    {"boston",        "GB"},
    {"stanley",       "GB"},
    {"stanley",       "US"},
    {"adelaide",      "ZA"},
    {"phoenix",       "ZA"},
    {"phoenix",       "MU"},
    {"bahia",         "EC"},
    {"belem",         "PT"},
    {"santarem",      "PT"},
    {"colombo",       "BR"},
    {"tripoli",       "LB"},
    {"tripoli",       "GR"},
    {"samara",        "CR"},
    {"melbourne",     "GB"},
    {"denver",        "GB"},
    {"luxembourg",    "BE"},
    {"petersburg",    "RU"},
    {"davis",         "US"},
    {"palmer",        "US"},
    {"casey",         "US"},
    {"macquarie",     "AU"},
    {"christmas",     "US"},
    {"center",        "US"},
    {"dawson",        "US"},
    {"creston",       "US"},
    {"vostok",        "RU"},
    {"troll",         "NO"},
    {"panama",        "US"},
    {"la rioja",      "ES"},
    {"manila",        "US"},
    {"victoria",      "AU"},
    {"guadeloupe",    "US"},
    {"eden",          "AU"},
};

bool country_has_namesake(const char *code, const char *city_key)
{
    for (size_t i = 0; i < sizeof namesakes / sizeof namesakes[0]; i++) {
        if (strcmp(namesakes[i].code, code) == 0 && strcmp(namesakes[i].key, city_key) == 0)
            return true;
    }
    return false;
}

bool country_has_province_codes(const char *code)
{
    static const char codes[] = "IT BR ES CH IN MX RO NL AR MY BE AT DE ";
    const char *at = strstr(codes, code);
    return code[0] != '\0' && at != NULL && (at - codes) % 3 == 0;
}
