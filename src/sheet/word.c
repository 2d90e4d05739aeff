// SPDX-License-Identifier: Apache-2.0
// Single words; see word.h.
#include "sheet/word.h"

#include <string.h>

// ---- plurals
// -------------------------------------------------------------------------------------

static bool ends_with(struct text word, const char *ending)
{
    size_t length = strlen(ending);
    return word.length >= length && memcmp(word.bytes + word.length - length, ending, length) == 0;
}

// Bytes of the plural ending to take off; ret_y: a "y" takes its place.
static size_t plural_ending(struct text word, bool *ret_y)
{
    static const char *const kept[] = {"ss", "us", "is", "ics", "as", "os", "ous"};
    static const char *const with_e[] = {"sses", "xes", "ches", "shes", "zes"};
    *ret_y = false;
    if (word.length < 4 || !ends_with(word, "s"))
        return 0;
    if (word.length >= 5 && ends_with(word, "ies")) {
        *ret_y = true;
        return 3;
    }
    for (size_t i = 0; i < sizeof with_e / sizeof with_e[0]; i++) {
        if (ends_with(word, with_e[i]))
            return 2;
    }
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        if (ends_with(word, kept[i]))
            return 0;
    }
    return 1;
}

size_t word_singular(struct text word, char ret_word[WORD_BYTES_MAX])
{
    bool y = false;
    size_t length = word.length - plural_ending(word, &y);
    if (length >= WORD_BYTES_MAX - 1) {
        length = text_valid_bytes(word.bytes, WORD_BYTES_MAX - 2);
        y = false;
    }
    memcpy(ret_word, word.bytes, length);
    if (y)
        ret_word[length++] = 'y';
    ret_word[length] = '\0';
    return length;
}

// ---- tables
// --------------------------------------------------------------------------------------

// Whether a list with one space before and behind each word has this one.
static bool list_has(const char *list, struct text word)
{
    if (word.length == 0)
        return false;
    for (const char *at = strchr(list, ' '); at != NULL; at = strchr(at + 1, ' ')) {
        if (strncmp(at + 1, word.bytes, word.length) == 0 && at[1 + word.length] == ' ')
            return true;
    }
    return false;
}

static const char stop_words[] =
    " a an and any are as at basic beginner best bit by can do e eg etc for from g general how i "
    "in introduction into is it its like me more my new of on or other our out related some "
    "specific such than that the their them these this thing through to topic up use used using "
    "various via vs want we well what which with within work would you your skill area ";

bool word_is_stop(struct text word)
{
    return list_has(stop_words, word);
}

struct abbreviation {
    const char *word;
    const char *expansion; // singular words
};

// Usual in technical programmes, and with one meaning there. What has two ("PM", "CV", "BA", "PR")
// is left out on purpose.
static const struct abbreviation abbreviations[] = {
    {"ai",      "artificial intelligence"                   },
    {"ar",      "augmented reality"                         },
    {"bi",      "business intelligence"                     },
    {"cicd",    "continuous integration continuous delivery"},
    {"dataviz", "data visualization"                        },
    {"db",      "database"                                  },
    {"dei",     "diversity equity inclusion"                },
    {"diy",     "do it yourself"                            },
    {"dl",      "deep learning"                             },
    {"edi",     "equity diversity inclusion"                },
    {"gis",     "geographic information system"             },
    {"hci",     "human computer interaction"                },
    {"hpc",     "high performance computing"                },
    {"hr",      "human resource"                            },
    {"ict",     "information communication technology"      },
    {"iot",     "internet of thing"                         },
    {"js",      "javascript"                                },
    {"k8s",     "kubernetes"                                },
    {"llm",     "large language model"                      },
    {"ml",      "machine learning"                          },
    {"ngs",     "next generation sequencing"                },
    {"nlp",     "natural language processing"               },
    {"oop",     "object oriented programming"               },
    {"oss",     "open source software"                      },
    {"qa",      "quality assurance"                         },
    {"rdm",     "research data management"                  },
    {"rse",     "research software engineering"             },
    {"seo",     "search engine optimization"                },
    {"synbio",  "synthetic biology"                         },
    {"ui",      "user interface"                            },
    {"ux",      "user experience"                           },
    {"vr",      "virtual reality"                           },
};

const char *word_expansion(struct text word)
{
    for (size_t i = 0; i < sizeof abbreviations / sizeof abbreviations[0]; i++) {
        if (text_equal(text_of(abbreviations[i].word), word))
            return abbreviations[i].expansion;
    }
    return NULL;
}

// Words spelt right that a near spelling could make into each other, or that begin alike: two of
// them are two topics. A word that is not here may be a misspelling of one that is.
static const char known_words[] =
    " accountability accountancy accounting adaptation adoption algebra algorithm allocation "
    "analysis analytics anatomy angular animation application archaeology architecture archive "
    "assessment astrobiology astronomy automation autonomy biochemistry biodiversity bioethics "
    "biogeography bioinformatics biology biomaterial biometrics biophysics botany branding "
    "budgeting building business career causal causality cell chemical chemistry choice citation climate "
    "clinical cloud clustering coaching coding cognition cognitive collaboration collection "
    "communication community commuting compute computation computer computing conservation "
    "construction consultation contract contrast conversation creating creation creative critical culture curation "
    "data database dataset delegation demography dentistry design development diagnostics dialogue "
    "diet digital discovery diversity ecology economics economy editing education electronics "
    "energy engineer engineering entomology entrepreneurship epidemiology epigenetics equality "
    "equity ethics ethnography etiology evaluation evolution facilitation fashion finance fishery "
    "forestry functional funding gender generation generic genetic genetics genome genomic genomics "
    "geology geography geometry governance graph graphic hardware health healthcare hematology "
    "histology history illustration image imaging immunology inclusion industry inference infection "
    "inflection information infrastructure innovation integration interaction international "
    "interviewing invention investing kinetics knowledge language leadership learning lecturing "
    "library licensing linguistics literacy literature logic logistics machine management mapping "
    "marketing material mathematics mechanics mechanism medical medicine mental mentoring metabolism "
    "metabolomics metagenomics metal metallurgy metascience meteorology methodology metrology "
    "microbiology microscopy migration mineralogy mining mobile mobility modeling moderation "
    "modulation molecular monitoring morphology motivation motion museum music mutation mycology "
    "negotiation networking neurobiology neurology neuroscience nutrition observation oncology "
    "ontology operation optical optics optimization organization outreach painting paleontology "
    "parasitology participation partnership pathology patient patience pedagogy pediatrics "
    "perception petrology pharmacology philology philosophy phonology photography physical physics "
    "physiology physiotherapy planning planting policy policing politics polity pottery presentation "
    "preservation prevention printing privacy process procurement product production programming "
    "project promotion protein proteomics protocol psychiatry psychology publication publishing "
    "quality quantity radiography radiology reading recreation recruiting reflection refraction "
    "regulation relation religion reporting reproducibility reproduction research reservation "
    "resilience resource restoration retention robotics safety sampling scalability school science "
    "sculpture security segmentation selling sensing simulation sociology social software spatial "
    "special speaking statistics stimulation strategy structural structure student supervision "
    "sustainability teaching technical technique technology testing theater theory therapy "
    "topology toxicology tracking trading training transition translation transportation transposition "
    "travel typography typology universe university urology valuation variation vegetation video "
    "virology vision visualization visual writing zoology ";

// "engineer" and "engineering", "clinic" and "clinical": one is the other with a common ending.
static bool is_other_form(struct text a, struct text b)
{
    static const char *const endings[] = {"ing", "al", "ed"};
    struct text shorter = a.length < b.length ? a : b;
    struct text longer = a.length < b.length ? b : a;
    if (shorter.length < 5 || memcmp(shorter.bytes, longer.bytes, shorter.length) != 0)
        return false;
    struct text rest = {longer.bytes + shorter.length, longer.length - shorter.length};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (text_equal(rest, text_of(endings[i])))
            return true;
    }
    return false;
}

bool word_is_near(struct text a, struct text b)
{
    if (a.length == 0 || b.length == 0 || a.bytes[0] != b.bytes[0])
        return false;
    if (is_other_form(a, b))
        return true;
    size_t a_letters = text_code_points(a.bytes, a.length);
    size_t b_letters = text_code_points(b.bytes, b.length);
    size_t letters = a_letters < b_letters ? a_letters : b_letters;
    if (letters < 5)
        return false;
    unsigned bound = letters < 8 ? 1 : 2;
    unsigned distance = text_distance(a, b, bound);
    if (distance == 0 || distance > bound)
        return false;
    if (distance == 2 && memcmp(a.bytes, b.bytes, 3) != 0)
        return false; // "citation" and "curation"
    return !list_has(known_words, a) || !list_has(known_words, b);
}
