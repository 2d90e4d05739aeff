// SPDX-License-Identifier: Apache-2.0
// The columns that a sign-up sheet can have, and what people call them; see field.h.
#include "sheet/field.h"

#include <string.h>

// clang-format off
static const struct field_row rows[COLUMN_COUNT] = {
    [COLUMN_ID] = {"id",
        "id|participant id|person id|mentee id|mentor id|user id|applicant id|student id|"
        "employee id|employee number|staff number|registration number|reference|ref|code", false},
    [COLUMN_NAME] = {"name",
        "name|full name|your name|participant name|mentee name|mentor name|participant|"
        "mentee|mentor|name and surname|first and last name", false},
    [COLUMN_FIRST_NAME] = {"first_name",
        "first name|given name|given names|forename|firstname|preferred name", false},
    [COLUMN_LAST_NAME] = {"last_name",
        "last name|surname|family name|lastname", false},
    [COLUMN_EMAIL] = {"email",
        "email|e mail|email address|e mail address|mail|mail address|contact email|"
        "work email|email id", false},
    [COLUMN_CITY] = {"city",
        "city|town|city town|town city|town or city|city or town|city of residence|home city", false},
    [COLUMN_REGION] = {"region",
        "state|province|state province|province state|state or province|region|county|"
        "state region", false},
    [COLUMN_COUNTRY] = {"country",
        "country|nation|country of residence|country region|home country|country you live in", false},
    [COLUMN_LOCATION] = {"location",
        "location|place|based in|where are you based|where do you live|residence|"
        "city and country|city country|your location|place of residence|"
        "where are you located|address", false},
    [COLUMN_ZONE] = {"time_zone",
        "time zone|timezone|tz|zone|your time zone|your timezone|utc offset|gmt offset", false},
    [COLUMN_PRONOUNS] = {"pronouns",
        "pronouns|pronoun|your pronouns|preferred pronouns|gender pronouns", false},
    [COLUMN_GENDER] = {"gender",
        "gender|gender identity|sex|gender sex", false},
    [COLUMN_WOMAN] = {"woman",
        "identifies as woman|identifies as a woman|identify as a woman|identifies as female|"
        "do you identify as a woman|woman|is a woman", false},
    [COLUMN_SKILLS] = {"skills",
        "expertise|skills|skill|areas of expertise|area of expertise|technical areas|"
        "technical area|areas|can help with|can offer|what can you help with|"
        "what can you offer|offers|specialties|specialities|specialty|specialization|"
        "specialisation|competencies|competences|strengths|knowledge|technical skills|"
        "mentoring areas|mentoring topics|topics i can help with|can mentor in|subject areas|"
        "expertise areas|technologies|tech stack", true},
    [COLUMN_WISHES] = {"wishes",
        "wishes|wish|wants help with|help wanted|help wanted with|goals|goal|topics|topic|"
        "needs|needs help with|what do you want help with|what would you like help with|"
        "wants to learn|want to learn|learning goals|areas of interest|topics of interest|"
        "looking for help with|looking for|development goals|mentoring goals|skills to learn|"
        "skills wanted|skills to develop|areas to develop|development areas|objectives", true},
    [COLUMN_INTERESTS] = {"interests",
        "interests|interest|hobbies|hobbies and interests|personal interests|interested in", true},
    [COLUMN_LANGUAGES] = {"languages",
        "languages|language|spoken languages|languages spoken|which languages do you speak|"
        "preferred language", true},
    [COLUMN_LEVEL] = {"level",
        "level|seniority|seniority level|career level|career stage|grade|experience level|"
        "job level", false},
    [COLUMN_YEARS] = {"years",
        "years of experience|experience|years experience|years|work experience|"
        "years of work experience|years in industry", false},
    [COLUMN_EMPLOYER] = {"employer",
        "employer|company|organisation|organization|affiliation|institution|workplace|"
        "company name|current employer|university|organisation name|organization name", false},
    [COLUMN_INDUSTRY] = {"industry",
        "industry|sector|business sector|industry sector|domain", false},
    [COLUMN_ROLE] = {"role",
        "job title|job|title|position|current role|current position|occupation|profession|"
        "role", false},
    [COLUMN_AVAILABILITY] = {"availability",
        "availability|available times|available|when are you available|times available|"
        "free times|preferred times|weekly availability", false},
    [COLUMN_CAPACITY] = {"max_mentees",
        "max mentees|maximum mentees|capacity|places|number of mentees|mentees|"
        "how many mentees|max number of mentees|maximum number of mentees|mentee capacity|"
        "slots|mentees wanted", false},
    [COLUMN_MENTORS_WANTED] = {"mentors_wanted",
        "mentors wanted|wants mentors|number of mentors|max mentors|how many mentors", false},
    [COLUMN_FORMAT] = {"format",
        "format|meeting format|mode|meeting mode|online or in person|remote or in person|"
        "preferred format", false},
    [COLUMN_HOURS] = {"hours_per_month",
        "hours per month|hours a month|monthly hours|hours month|time per month|hours", false},
    [COLUMN_CADENCE] = {"cadence",
        "cadence|meeting frequency|frequency|how often|how often do you want to meet", false},
    [COLUMN_WANTS_WOMAN] = {"wants_woman",
        "wants a woman mentor|wants a woman|wants woman|prefers a woman mentor|"
        "female mentor preferred|prefers a woman|woman mentor preferred|woman mentor only", false},
    [COLUMN_OPEN_TO_ALL] = {"open_to_all",
        "open to all|open to non women|open to all genders|open to men|open to mentoring men", false},
    [COLUMN_CHOICES] = {"choices",
        "choices|choice|chosen mentors|chosen mentor|preferred mentors|preferred mentor|"
        "mentor choice|mentor choices|mentor preferences|mentor preference|ranked mentors|"
        "preferred mentees|mentee choices|mentee choice|chosen mentees|requested mentor|"
        "requested mentors|preferred matches", true},
    [COLUMN_VETOES] = {"vetoes",
        "vetoes|veto|do not match|do not match with|not with|not to be matched with|exclude|"
        "excluded|conflicts|conflict of interest", true},
    [COLUMN_MANAGER] = {"line_manager",
        "line manager|manager|line manager email|line manager e mail|manager email|line manager name|"
        "manager name|direct manager|people manager|my manager|your line manager|your manager|"
        "reports to|supervisor", false},
    [COLUMN_MEETING_PLACE] = {"meeting_place",
        "meeting place|place to meet|place to meet in person|where can you meet|"
        "where can you meet in person|place for meetings|place for meetings in person|"
        "in person in|city for meetings|meets in", false},
    [COLUMN_STATEMENT] = {"statement",
        "statement|value statement|values statement|value|values", false},
    [COLUMN_NOTES] = {"notes",
        "notes|note|comments|comment|remarks|anything else|bio|biography|about you|about me|"
        "motivation|timestamp|date|submitted at|start time|completion time|other", false},
};
// clang-format on

const struct field_row *field_row(enum column field)
{
    return &rows[field];
}

// Whether a list with '|' between its parts has this one.
static bool has_heading(const char *headings, const char *name)
{
    size_t length = strlen(name);
    while (*headings != '\0') {
        size_t one = strcspn(headings, "|");
        if (one == length && memcmp(headings, name, length) == 0)
            return true;
        headings += one;
        headings += *headings == '|' ? 1 : 0;
    }
    return false;
}

enum column field_by_name(const char *name)
{
    for (int field = 0; field < COLUMN_COUNT; field++) {
        if (strcmp(rows[field].name, name) == 0)
            return (enum column)field;
    }
    for (int field = 0; field < COLUMN_COUNT; field++) {
        if (has_heading(rows[field].headings, name))
            return (enum column)field;
    }
    return COLUMN_NONE;
}
