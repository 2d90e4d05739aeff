// SPDX-License-Identifier: Apache-2.0
//
// Articles of the demo organisation; every word is made up. See demo_article.h.
#include "demo_article.h"

#include <string.h>

#include "app/article/article_page.h"

#define DAY_US ((int64_t)86400 * 1000000)

enum { PEOPLE_LEAST = 12, HELPED_MOST = 6 };

struct demo_words {
    int article; // 0: the first English one; then those below
    int section;
    int writer; // among the people of the demo's pairs
    const char *kind;
    const char *byline;
    const char *pseudonym;
    const char *state;
    int helped; // how many mark it
    const char *body;
};

struct demo_text {
    const char *title;
    const char *domain;
    const char *intro;
    const char *sections[3];
    const char *bodies[3];
};

// clang-format off
static const struct demo_text texts[] = {
    {"Coming back after years away", "career",
     "Some of us were at home for years, some were ill, some did something else altogether. This is about the first months back in technology.",
     {"Before the first application", "The interview", "The first ninety days"},
     {"Write down what you did in these years, in the words of a job: planning, budgets, people, deadlines. Then choose one small thing to learn, and finish it.",
      "You will be asked about the gap. Two calm sentences are enough. Then talk about what you want to do next.",
      "Ask more than you think you may. Nobody remembers after a month who asked what."}},
    {"Reviewing code kindly", "engineering",
     "A review can teach, or it can hurt. Most of the difference is in a few habits.",
     {"Words that help", "When you disagree", "Being reviewed"},
     {"Ask before you judge. Say what you like, and be exact about what you don't.",
      "Move the talk out of the comments when it goes back and forth for the third time.",
      "It is about the code. Say so to yourself, aloud if you must."}},
};
static const struct demo_words words[] = {
    {0, 0, 0, "story", "name", "", "approved", 6,
     "I came with the goal to \"get better at Python\". My mentor asked what I would be able to do in March that I can't do now. It took me two meetings to answer, "
     "and I was a little cross with her. Then I wrote: present my own analysis to the product team, without my manager in the room. From then on every meeting had a "
     "direction, and in February I did it. The Python came along by itself."},
    {0, 0, 5, "insight", "role", "", "approved", 3,
     "As a mentor I used to write the goals down for my mentee, because I am quicker at it. They were good goals, and they were mine. Now I keep silent until she has written "
     "the first line herself, however long that takes, and I only ask how we would both notice. The goals are less elegant and they are reached twice as often."},
    {0, 5, 1, "example", "pseudonym", "Night owl", "approved", 5,
     "I look after my mother and have forty minutes at noon, no more, and not every day. My mentor offered to meet by text on the days when I can't talk: we write for half an hour in a "
     "shared page, each when she can, and read it again before we meet by voice. I have learned more from what stands in that page than from many courses, because I can "
     "look it up when I need it."},
    {0, 5, 8, "story", "name", "", "approved", 4,
     "I am deaf. In my first programme I was told that captions were being looked into. In this one I ticked a box at the start, and nobody made a speech about it: my mentor "
     "simply had captions on in the first meeting, and sent her agenda the day before. We talked about databases for an hour. It was the first time that a meeting was only about what it was about."},
    {0, 3, 2, "insight", "name", "", "approved", 2,
     "We nearly stopped after the third meeting. Neither of us said that it did not work, we just moved the date, twice. The short question after a month saved us: I wrote a two out of five, she did too, "
     "and the coordinator asked if we wanted to talk for ten minutes, all three. It turned out that we had understood the word feedback quite differently."},
    {0, 10, 3, "insight", "name", "", "approved", 4,
     "What I would add: the people who were not matched. In our first round eleven women waited, and we wrote to them once. This year each of them got a call, a place in a circle, and a month in which "
     "she could book half an hour with any mentor who had time. Four of the eleven are mentors themselves today. A programme is also what it does for those whom it can't place."},
    {0, 10, 9, "example", "role", "", "approved", 1,
     "Take holidays and religious days of everyone into account before you set the dates. Our opening evening fell into Ramadan two years running, at sunset, and we wondered why so few came. "
     "Now there is a shared list to which each of us adds the days that matter to her, and the dates are chosen after that. It costs ten minutes, and says more than a paragraph about inclusion."},
    {1, 0, 0, "story", "name", "", "approved", 3,
     "I had seven years at home with two children. My mentor asked me to describe one ordinary week as if it were a project report. There was a budget, there were three people with "
     "conflicting needs, there was a supplier who never came on time, and there was risk. I laughed until I cried, and then I copied half of it into my application. The interviewer asked about the supplier."},
    {1, 2, 4, "insight", "name", "", "approved", 2,
     "In the first ninety days keep a notebook with two columns: what I don't understand yet, and whom I could ask. Cross out a line a day. After a month I saw that the same three names stood in the second "
     "column, and I asked one of them whether she would be my mentor. She said that nobody had ever asked her, and that she would be glad to."},
    {2, 0, 0, "example", "name", "", "approved", 2,
     "Instead of \"why did you do it this way?\" I write \"what made you choose this over a map?\" It is nearly the same question, and yet one sounds like an accusation. My mentee collected such pairs of sentences in a table for "
     "her team. Half a year later two of the older engineers had printed it and hung it beside the coffee machine, and nobody knew any more who had begun it."},
    {2, 1, 6, "story", "name", "", "submitted", 0,
     "We argued about tabs of an interface for two days in writing, eleven people reading along. Then my reviewer called me, and after ninety seconds it was clear that we meant the same thing and had used a word in two "
     "ways. Since then I have a rule: after the second answer I pick up the telephone, and write the result into the review so that everybody can see how it ended."},
    {0, 4, 7, "story", "name", "", "draft", 0, "The introduction that changed my year: "},
};
// clang-format on

// The English article of the first ones, and those of the demo.
struct demo_articles {
    int64_t ids[1 + sizeof texts / sizeof texts[0]];
};

static enum rc add_texts(const struct app_place *place, int64_t editor, struct demo_articles *ret)
{
    struct db_rows *rows = NULL;
    TRY(article_add_first(place));
    TRY(db_query(place->tx, place->arena, &rows, "SELECT id FROM article WHERE language = 'en'",
                 DB_NO_ARGS));
    ret->ids[0] = db_int(rows, 0, 0);
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        struct article article = {.title = texts[k].title,
                                  .domain = texts[k].domain,
                                  .intro = texts[k].intro,
                                  .state = "published",
                                  .language = "en"};
        TRY(article_add(place->tx, &article, editor, place->now_us));
        ret->ids[k + 1] = article.id;
        for (size_t s = 0; s <= 3; s++) {
            struct article_section section = {.article = article.id,
                                              .title = s < 3 ? texts[k].sections[s]
                                                             : "What else to take into account",
                                              .body = s < 3 ? texts[k].bodies[s] : "",
                                              .last = s == 3};
            TRY(section_add(place->tx, place->arena, &section, place->now_us));
        }
    }
    return RC_OK;
}

static enum rc add_words(const struct app_place *place, const struct demo_words *from,
                         struct contribution *one, int64_t editor)
{
    struct article_runs runs = {0};
    TRY(contribution_role(place->tx, place->arena, one->person, &one->role));
    TRY(contribution_add(place->tx, one, place->now_us - 9 * DAY_US));
    if (strcmp(from->state, "draft") == 0)
        return RC_OK;
    TRY(article_runs_of(place->arena, one->body, &runs));
    TRY(contribution_keep(place->tx, one, &runs, place->now_us - 8 * DAY_US));
    TRY(contribution_move(place->tx, one, "submitted", "", 0, place->now_us - 8 * DAY_US));
    if (strcmp(from->state, "submitted") == 0)
        return RC_OK;
    one->state = "submitted";
    return contribution_move(place->tx, one, "approved", "", editor, place->now_us - 6 * DAY_US);
}

enum rc demo_article_add(const struct app_place *place, int64_t editor)
{
    struct demo_articles articles = {0};
    struct db_rows *people = NULL;
    TRY(add_texts(place, editor, &articles));
    TRY(db_query(place->tx, place->arena, &people,
                 "SELECT x.person FROM match m JOIN enrolment x ON x.id = m.mentee OR x.id = "
                 "m.mentor WHERE m.state = 'active' GROUP BY x.person ORDER BY x.person LIMIT 40",
                 DB_NO_ARGS));
    size_t count = db_count(people);
    for (size_t k = 0; k < sizeof words / sizeof words[0] && count >= PEOPLE_LEAST; k++) {
        struct article_section *sections = NULL;
        size_t section_count = 0;
        int64_t article = articles.ids[words[k].article];
        TRY(section_list(place->tx, place->arena, article, &sections, &section_count));
        struct contribution one = {.section = sections[words[k].section].id,
                                   .article = article,
                                   .person = db_int(people, (size_t)words[k].writer, 0),
                                   .kind = words[k].kind,
                                   .body = words[k].body,
                                   .byline = words[k].byline,
                                   .pseudonym = words[k].pseudonym,
                                   .state = "draft",
                                   .note = ""};
        TRY(add_words(place, &words[k], &one, editor));
        for (size_t h = 0; h < (size_t)words[k].helped && h < HELPED_MOST; h++)
            TRY(helpful_turn(place->tx, place->arena, one.id, db_int(people, count - 1 - h, 0)));
        TRY(article_leaders_make(place, article));
        TRY(article_recount(place, one.person));
    }
    return RC_OK;
}
