// SPDX-License-Identifier: Apache-2.0
//
// Why: an installation begins with one article: what makes a mentoring programme for women in
// technology work, in ten elements, and an eleventh place for what members add. The words are this
// project's own.
//
// Not for: translation by message. An article is content that editors change; each language is an
// article of its own.
#include <string.h>

#include "app/article/article_page.h"

struct first_section {
    const char *title;
    const char *body;
};

struct first_article {
    const char *language;
    const char *title;
    const char *intro;
    const struct first_section *sections;
    size_t count;
};

// clang-format off
static const struct first_section english[] = {
    {"Clear goals",
     "Mentoring goes well when both know what it is for. Write down one to three goals in the mentee's own words, say how you will both notice that "
     "one is reached, and look at them every few weeks. Goals may change; that is a sign that somebody has learned something. A programme has goals "
     "too: say before it begins what should be different at its end, and how that will be seen."},
    {"Mentors of many kinds",
     "One mentor can't be everything. A good pool has people who changed careers, people who stayed in engineering, people who lead, people who came "
     "back after years at home, people from other countries and other schools. Then a mentee can see more than one way to go on, and the few who are "
     "asked most are not worn out. Ask for experience, and check it kindly; ask also how much time somebody really has."},
    {"Support with structure",
     "Goodwill is not a plan. Mentors deserve a short training: how to listen, where the limits are, what to do when something is wrong. Mentees "
     "deserve to be told how to use the time well. An agenda for the first meetings takes away the fear of the blank page, and a small collection of "
     "good things to read or watch saves hours. Structure should carry people, not push them."},
    {"Regular talk and feedback",
     "Most pairs that end early do so quietly: a message without an answer, a meeting that is moved twice. A short question after a meeting, and "
     "a slightly longer one after a month, show in time where somebody needs a word. Ask both sides, keep what they say to yourself as you promised, and "
     "show that something follows from it. Nobody answers a third time when nothing came of the first two."},
    {"Meeting others",
     "A pair is a beginning. Many doors open through the people whom one's mentor knows, and through those who stand at the same point. Circles, "
     "talks, a visit to a conference, an introduction between two people who both said yes: all of these make a network that stays when the programme is over. "
     "Make it easy to come, and easy to say no."},
    {"Open to everyone",
     "Whoever cares for a child or a parent, lives in another time zone, reads by ear, or has no fast connection must be able to take part without "
     "asking for a favour. Offer short meetings, evenings and noons, text and telephone as well as video; caption what is spoken; let people pause without "
     "saying why. What is done for a few turns out to help nearly all."},
    {"Matching with care",
     "A match is a guess about two people. Make it a good one: what she wants to learn and what the other can teach, hours that both have, a language in "
     "common, and how each likes to work. A good method looks at everybody at once, so that nobody is left over because others came first. And let people "
     "look at the reasons: a match that one understands is easier to begin."},
    {"Time that is promised",
     "Trust needs more than one conversation. Say at the start how long the programme lasts, how often two people meet and how many hours that is, and let both say "
     "yes to it. Half a year with a meeting every two weeks is usual. Life happens: a pause that is agreed on harms a pair less than silence, and a "
     "good end, with thanks and a look ahead, is part of the promise."},
    {"Seeing what was achieved",
     "Most mentoring is invisible work. Name what has been reached: the first meeting, a goal, half of the way, the end. A certificate with hours that are "
     "true is worth something in an application. A thank-you note is worth more to the one who gets it. Ask before you tell somebody's story, and let her take it back."},
    {"Becoming better each time",
     "Keep the few numbers that tell whether the programme works, define them before you look, and compare one round with the next. Talk about them with "
     "those who took part. Write down what you change and why, and look later whether it helped. A programme that can say \"you told us, and so we did\" is "
     "one that people come back to."},
};
static const struct first_section spanish[] = {
    {"Metas claras",
     "La mentoría va bien cuando las dos personas saben para qué es. Escribid de una a tres metas con las palabras de la mentee, decid cómo notaréis que una se "
     "ha alcanzado y miradlas cada pocas semanas. Las metas pueden cambiar: es señal de que alguien ha aprendido algo. El programa también tiene metas: antes de "
     "empezar hay que decir qué debe ser distinto al final y cómo se verá."},
    {"Mentoras de muchos tipos",
     "Una sola mentora no puede serlo todo. En un buen grupo hay quien cambió de carrera, quien siguió en ingeniería, quien dirige, quien volvió después de años "
     "en casa, gente de otros países y otras escuelas. Así una mentee ve más de un camino, y las pocas a las que todas piden no se agotan. Preguntad por la "
     "experiencia y comprobadla con amabilidad; preguntad también cuánto tiempo hay de verdad."},
    {"Apoyo con estructura",
     "La buena voluntad no es un plan. Las mentoras merecen una formación breve: cómo escuchar, dónde están los límites, qué hacer cuando algo va mal. Las mentees "
     "merecen saber cómo aprovechar el tiempo. Un guion para los primeros encuentros quita el miedo a la página en blanco, y una pequeña colección de buenas lecturas "
     "ahorra horas. La estructura debe sostener, no empujar."},
    {"Hablar con regularidad",
     "La mayoría de las parejas que terminan pronto lo hacen en silencio: un mensaje sin respuesta, un encuentro aplazado dos veces. Una pregunta corta después de cada "
     "encuentro y otra algo más larga al mes muestran a tiempo dónde hace falta una palabra. Preguntad a las dos partes, guardad lo que dicen como prometisteis y mostrad "
     "que algo cambia por ello."},
    {"Conocer a otras personas",
     "Una pareja es un comienzo. Muchas puertas se abren a través de la gente que conoce la mentora, y de quienes están en el mismo punto. Círculos, charlas, un "
     "congreso, una presentación entre dos personas que han dicho que sí: todo eso forma una red que queda cuando el programa acaba. Que sea fácil venir, y fácil decir que no."},
    {"Abierto a todas",
     "Quien cuida de un hijo o de sus padres, vive en otra zona horaria, lee escuchando o no tiene una conexión rápida debe poder participar sin pedir un favor. "
     "Ofreced encuentros cortos, de tarde y de mediodía, texto y teléfono además de vídeo; subtitulad lo que se dice; dejad que la gente haga una pausa sin explicar por qué. "
     "Lo que se hace para pocas ayuda a casi todas."},
    {"Emparejar con cuidado",
     "Un emparejamiento es una conjetura sobre dos personas. Que sea buena: lo que una quiere aprender y la otra puede enseñar, horas que ambas tienen, un idioma común y "
     "la forma de trabajar de cada una. Un buen método mira a todas a la vez, para que nadie se quede fuera por haber llegado después. Y que se vean las razones: "
     "es más fácil empezar lo que se entiende."},
    {"Tiempo prometido",
     "La confianza necesita más de una conversación. Decid al principio cuánto dura el programa, cada cuánto se ven y cuántas horas son, y que ambas digan que sí. Medio "
     "año con un encuentro cada dos semanas es lo habitual. La vida pasa: una pausa acordada daña menos que el silencio, y un buen final, con gracias y una mirada "
     "adelante, es parte de la promesa."},
    {"Ver lo logrado",
     "Casi toda la mentoría es trabajo invisible. Nombrad lo que se alcanza: el primer encuentro, una meta, la mitad del camino, el final. Un certificado con horas "
     "verdaderas vale algo en una solicitud. Una nota de agradecimiento vale más para quien la recibe. Preguntad antes de contar la historia de alguien, y dejad que la retire."},
    {"Mejorar cada vez",
     "Guardad los pocos números que dicen si el programa funciona, definidlos antes de mirar y comparad una ronda con la siguiente. Hablad de ellos con quienes participaron. "
     "Escribid qué cambiáis y por qué, y mirad después si ayudó. A un programa que puede decir \"nos lo dijisteis y lo hicimos\" la gente vuelve."},
};
static const struct first_article first[] = {
    {"es", "Diez elementos de un buen programa de mentoría",
     "Lo que hace que funcione un programa de mentoría para mujeres en tecnología, en diez partes. Cada parte está abierta: si participas, añade un ejemplo, una historia o una idea.",
     spanish, sizeof spanish / sizeof spanish[0]},
    {"en", "Ten elements of a mentoring programme that works",
     "What makes a mentoring programme for women in technology succeed, in ten parts. Each part is open: whoever takes part may add an example, a story or an insight of her own.",
     english, sizeof english / sizeof english[0]},
};
// clang-format on

static enum rc add_article(const struct app_place *place, const struct first_article *from)
{
    struct article article = {.title = from->title,
                              .domain = "mentoring",
                              .intro = from->intro,
                              .state = "published",
                              .language = from->language};
    TRY(article_add(place->tx, &article, 0, place->now_us));
    for (size_t k = 0; k <= from->count; k++) {
        bool last = k == from->count;
        struct article_section section = {
            .article = article.id,
            .title = last ? message_in(locale_find(from->language),
                                       MSG("What else to take into account"))
                          : from->sections[k].title,
            .body = last ? "" : from->sections[k].body,
            .last = last};
        TRY(section_add(place->tx, place->arena, &section, place->now_us));
    }
    return article_index_one(place, article.id);
}

enum rc article_add_first(const struct app_place *place)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows, "SELECT 1 FROM article LIMIT 1", DB_NO_ARGS));
    if (db_count(rows) > 0)
        return RC_OK;
    for (size_t k = 0; k < sizeof first / sizeof first[0]; k++)
        TRY(add_article(place, &first[k]));
    return RC_OK;
}
