// SPDX-License-Identifier: Apache-2.0
// States and provinces and their zones; see region.h. Source: which zones touch a state stands in
// the comments of the tz database's zone.tab ("Mountain - ID (south), OR (east)"); a state that no
// comment names as cut is whole.
#include "sheet/region.h"

#include <stdbool.h>
#include <string.h>

#define NEW_YORK "America/New_York"
#define CHICAGO "America/Chicago"
#define DENVER "America/Denver"
#define LOS_ANGELES "America/Los_Angeles"
#define SAO_PAULO "America/Sao_Paulo"
#define FORTALEZA "America/Fortaleza"

// clang-format off
static const struct region table[] = {
    {"US", "AL", "alabama", CHICAGO},
    {"US", "AK", "alaska", "America/Anchorage,America/Adak"},
    {"US", "AZ", "arizona", "America/Phoenix,America/Denver"},
    {"US", "AR", "arkansas", CHICAGO},
    {"US", "CA", "california", LOS_ANGELES},
    {"US", "CO", "colorado", DENVER},
    {"US", "CT", "connecticut", NEW_YORK},
    {"US", "DE", "delaware", NEW_YORK},
    {"US", "DC", "district of columbia", NEW_YORK},
    {"US", "FL", "florida", NEW_YORK "," CHICAGO},
    {"US", "GA", "georgia", NEW_YORK},
    {"US", "HI", "hawaii", "Pacific/Honolulu"},
    {"US", "ID", "idaho", "America/Boise," LOS_ANGELES},
    {"US", "IL", "illinois", CHICAGO},
    {"US", "IN", "indiana", "America/Indiana/Indianapolis," CHICAGO},
    {"US", "IA", "iowa", CHICAGO},
    {"US", "KS", "kansas", CHICAGO "," DENVER},
    {"US", "KY", "kentucky", "America/Kentucky/Louisville," CHICAGO},
    {"US", "LA", "louisiana", CHICAGO},
    {"US", "ME", "maine", NEW_YORK},
    {"US", "MD", "maryland", NEW_YORK},
    {"US", "MA", "massachusetts", NEW_YORK},
    {"US", "MI", "michigan", "America/Detroit,America/Menominee"},
    {"US", "MN", "minnesota", CHICAGO},
    {"US", "MS", "mississippi", CHICAGO},
    {"US", "MO", "missouri", CHICAGO},
    {"US", "MT", "montana", DENVER},
    {"US", "NE", "nebraska", CHICAGO "," DENVER},
    {"US", "NV", "nevada", LOS_ANGELES "," DENVER},
    {"US", "NH", "new hampshire", NEW_YORK},
    {"US", "NJ", "new jersey", NEW_YORK},
    {"US", "NM", "new mexico", DENVER},
    {"US", "NY", "new york", NEW_YORK},
    {"US", "NC", "north carolina", NEW_YORK},
    {"US", "ND", "north dakota", CHICAGO "," DENVER},
    {"US", "OH", "ohio", NEW_YORK},
    {"US", "OK", "oklahoma", CHICAGO},
    {"US", "OR", "oregon", LOS_ANGELES ",America/Boise"},
    {"US", "PA", "pennsylvania", NEW_YORK},
    {"US", "RI", "rhode island", NEW_YORK},
    {"US", "SC", "south carolina", NEW_YORK},
    {"US", "SD", "south dakota", CHICAGO "," DENVER},
    {"US", "TN", "tennessee", CHICAGO "," NEW_YORK},
    {"US", "TX", "texas", CHICAGO "," DENVER},
    {"US", "UT", "utah", DENVER},
    {"US", "VT", "vermont", NEW_YORK},
    {"US", "VA", "virginia", NEW_YORK},
    {"US", "WA", "washington", LOS_ANGELES},
    {"US", "WV", "west virginia", NEW_YORK},
    {"US", "WI", "wisconsin", CHICAGO},
    {"US", "WY", "wyoming", DENVER},
    {"CA", "AB", "alberta", "America/Edmonton"},
    {"CA", "BC", "british columbia", "America/Vancouver,America/Edmonton,America/Creston"},
    {"CA", "MB", "manitoba", "America/Winnipeg"},
    {"CA", "NB", "new brunswick", "America/Moncton"},
    {"CA", "NL", "newfoundland labrador", "America/St_Johns,America/Goose_Bay"},
    {"CA", "NS", "nova scotia", "America/Halifax,America/Glace_Bay"},
    {"CA", "NT", "northwest territories", "America/Edmonton,America/Inuvik"},
    {"CA", "NU", "nunavut", "America/Iqaluit,America/Resolute,America/Cambridge_Bay,America/Atikokan"},
    {"CA", "ON", "ontario", "America/Toronto,America/Winnipeg,America/Atikokan"},
    {"CA", "PE", "prince edward island", "America/Halifax"},
    {"CA", "QC", "quebec", "America/Toronto,America/Blanc-Sablon"},
    {"CA", "SK", "saskatchewan", "America/Regina,America/Edmonton"},
    {"CA", "YT", "yukon", "America/Whitehorse,America/Dawson"},
    {"AU", "ACT", "australian capital territory", "Australia/Sydney"},
    {"AU", "NSW", "new south wales", "Australia/Sydney,Australia/Broken_Hill"},
    {"AU", "NT", "northern territory", "Australia/Darwin"},
    {"AU", "QLD", "queensland", "Australia/Brisbane,Australia/Lindeman"},
    {"AU", "SA", "south australia", "Australia/Adelaide"},
    {"AU", "TAS", "tasmania", "Australia/Hobart"},
    {"AU", "VIC", "victoria", "Australia/Melbourne"},
    {"AU", "WA", "western australia", "Australia/Perth,Australia/Eucla"},
    {"BR", "AC", "acre", "America/Rio_Branco"},
    {"BR", "AL", "alagoas", "America/Maceio"},
    {"BR", "AP", "amapa", "America/Belem"},
    {"BR", "AM", "amazonas", "America/Manaus,America/Eirunepe"},
    {"BR", "BA", "bahia", "America/Bahia"},
    {"BR", "CE", "ceara", FORTALEZA},
    {"BR", "DF", "distrito federal", SAO_PAULO},
    {"BR", "ES", "espirito santo", SAO_PAULO},
    {"BR", "GO", "goias", SAO_PAULO},
    {"BR", "MA", "maranhao", FORTALEZA},
    {"BR", "MT", "mato grosso", "America/Cuiaba"},
    {"BR", "MS", "mato grosso do sul", "America/Campo_Grande"},
    {"BR", "MG", "minas gerais", SAO_PAULO},
    {"BR", "PA", "para", "America/Belem,America/Santarem"},
    {"BR", "PB", "paraiba", FORTALEZA},
    {"BR", "PR", "parana", SAO_PAULO},
    {"BR", "PE", "pernambuco", "America/Recife,America/Noronha"},
    {"BR", "PI", "piaui", FORTALEZA},
    {"BR", "RJ", "rio de janeiro", SAO_PAULO},
    {"BR", "RN", "rio grande do norte", FORTALEZA},
    {"BR", "RS", "rio grande do sul", SAO_PAULO},
    {"BR", "RO", "rondonia", "America/Porto_Velho"},
    {"BR", "RR", "roraima", "America/Boa_Vista"},
    {"BR", "SC", "santa catarina", SAO_PAULO},
    {"BR", "SP", "sao paulo", SAO_PAULO},
    {"BR", "SE", "sergipe", "America/Maceio"},
    {"BR", "TO", "tocantins", "America/Araguaina"},
};
// clang-format on

const struct region *regions(size_t *ret_count)
{
    *ret_count = sizeof table / sizeof table[0];
    return table;
}

// Whether the key, which is in lower case, is this code.
static bool is_code(const char *code, const char *key)
{
    size_t length = strlen(code);
    if (strlen(key) != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (code[i] - 'A' + 'a' != key[i])
            return false;
    }
    return true;
}

const struct region *region_find(const char *country, const char *key)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct region *region = &table[i];
        if (country[0] != '\0' && strcmp(region->country, country) != 0)
            continue;
        if (strcmp(region->key, key) == 0 || is_code(region->code, key))
            return region;
    }
    return NULL;
}
