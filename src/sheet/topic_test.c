// SPDX-License-Identifier: Apache-2.0
// Wishes and skills as people of two real rounds typed them, and how they must be related.
#include "sheet/topic.h"

#include "base/tap.h"

#include "sheet/word.h"

static struct arena arena;

struct relation_case {
    const char *wish;
    const char *skill;
    enum topic_rule rule;
    uint8_t percent;
};

static const struct relation_case cases[] = {
    {"Sustainabilty",                   "Sustainability",                      TOPIC_NEAR,         95 },
    {"sustainability",                  "Sustainability.",                     TOPIC_SAME,         100},
    {"Open Science",                    "open  science",                       TOPIC_SAME,         100},
    {"Phytolith",                       "Phytoliths",                          TOPIC_SAME,         100},
    {"ontologies",                      "Ontology",                            TOPIC_SAME,         100},
    {"Training and education",          "Training & Education",                TOPIC_SAME,         100},
    {"training and education",          "education, training",                 TOPIC_SAME,         100},
    {"Data science",                    "Datascience",                         TOPIC_NEAR,         95 },
    {"peer-mentoring",                  "Peer mentoring",                      TOPIC_SAME,         100},
    {"Data management",                 "Data managment",                      TOPIC_NEAR,         95 },
    {"Environmental biotechnology",     "Enviromental biotechnology",          TOPIC_NEAR,         95 },
    {"Data visualization",              "Data visualisation",                  TOPIC_NEAR,         95 },
    {"Research software engineer",      "Research software engineering (rse)", TOPIC_NEAR,         95 },
    {"AI",                              "Artificial intelligence",             TOPIC_ABBREVIATION, 95 },
    {"Ml",                              "Machine learning",                    TOPIC_ABBREVIATION, 95 },
    {"Rdm",                             "Research data management",            TOPIC_ABBREVIATION, 95 },
    {"AI",                              "ai",                                  TOPIC_SAME,         100},
    {"PM",                              "Project management",                  TOPIC_NONE,         0  }, // or product management: not guessed
    {"Data Science and AI education",   "Artificial intelligence",             TOPIC_WITHIN,       80 },
    {"Python",                          "Python (dataviz)",                    TOPIC_WITHIN,       80 },
    {"Genomics",                        "Computational genomics",              TOPIC_WITHIN,       80 },
    {"computer models reproducibility", "Reproducibility",                     TOPIC_WITHIN,       80 },
    {"Public health",                   "Mental health",                       TOPIC_HALF_WORDS,   50 },
    {"fair data management",            "data management plans",               TOPIC_HALF_WORDS,   53 },
    {"early career researchers",        "Career development",                  TOPIC_ONE_WORD,     30 },
    {"Philosophy of Science",           "Life sciences and medicine",          TOPIC_ONE_WORD,     30 },
    {"Oncology",                        "Ontology",                            TOPIC_NONE,         0  }, // one letter apart, and two topics
    {"Genetics",                        "Generic",                             TOPIC_NONE,         0  },
    {"citation",                        "curation",                            TOPIC_NONE,         0  },
    {"Law",                             "Lab",                                 TOPIC_NONE,         0  }, // short words are equal or not
    {"R",                               "Git",                                 TOPIC_NONE,         0  },
    {"C++",                             "C#",                                  TOPIC_NONE,         0  },
    {"Statistics",                      "Data analysis",                       TOPIC_NONE,         0  },
};

static void test_case(const struct relation_case *row)
{
    struct topic_table table;
    uint32_t wish = 0;
    uint32_t skill = 0;
    topic_table_open(&table, &arena);
    topic_add(&table, text_of(row->wish), &wish);
    topic_add(&table, text_of(row->skill), &skill);
    struct topic_relation there = topic_relate(&table, wish, skill);
    struct topic_relation back = topic_relate(&table, skill, wish);
    is_int(there.rule, row->rule, "%s - %s: %s", row->wish, row->skill,
           topic_rule_text(there.rule));
    is_int(there.percent, row->percent, "so many percent");
    ok(back.rule == there.rule && back.percent == there.percent, "and the same the other way");
    struct buffer words;
    buffer_open(&words, &arena, 10000);
    is_int(topic_relation_print(&words, &table, wish, skill, there), RC_OK, "in words: %s",
           words.bytes);
}

static void test_interning(void)
{
    struct topic_table table;
    uint32_t first = 0;
    uint32_t again = 9;
    topic_table_open(&table, &arena);
    topic_add(&table, text_of(" Open Science. "), &first);
    topic_add(&table, text_of("open-science"), &again);
    is_uint(again, first, "one topic");
    is_str(table.topics[first].text, "Open Science.", "as first typed");
    is_uint(table.topics[first].use_count, 2, "used twice");
    topic_add(&table, text_of(" ... "), &again);
    is_uint(again, TOPIC_NO_TOPIC, "nothing in it");
    topic_add(&table, text_of("and"), &again);
    is_uint(table.topics[again].word_count, 1, "a stop word alone is a topic");
    for (int i = 0; i < 5000; i++) {
        char text[32];
        snprintf(text, sizeof text, "topic%d thing%d", i, i % 100);
        if (topic_add(&table, text_of(text), &again) != RC_OK)
            break;
    }
    is_uint(table.topic_count, 5002, "5000 more topics");
    topic_add(&table, text_of("topic7 thing7"), &again);
    is_uint(again, 9, "found again");
}

// A word that stands in many topics says little.
static void test_common_words(void)
{
    static const char *const texts[] = {"open science", "open data",      "open access",
                                        "open source",  "open education", "open peer review",
                                        "open"};
    struct topic_table table;
    uint32_t topics[7] = {0};
    topic_table_open(&table, &arena);
    for (size_t i = 0; i < 7; i++)
        topic_add(&table, text_of(texts[i]), &topics[i]);
    is_int(topic_relate(&table, topics[0], topics[1]).percent, 10, "open science - open data");
    is_int(topic_relate(&table, topics[0], topics[6]).percent, 60, "open science - open");
}

static void test_memory(void)
{
    int failures = 0;
    for (size_t n = 1; n < 100; n++) {
        struct arena own;
        struct topic_table table;
        uint32_t topic = 77;
        arena_open(&own, 1000000);
        topic_table_open(&table, &own);
        own.fail_at = n;
        enum rc rc = topic_add(&table, text_of("AI for good"), &topic);
        arena_close(&own);
        if (rc == RC_OK)
            break;
        failures += rc == RC_NO_MEMORY && topic == 77 ? 1 : 1000;
    }
    ok(failures > 5 && failures < 100, "%d calls for memory fail cleanly", failures);
}

int main(void)
{
    arena_open(&arena, 64 * 1024 * 1024);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        test_case(&cases[i]);
    test_interning();
    test_common_words();
    test_memory();
    arena_close(&arena);
    return tap_done();
}
