// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis serve`: opens an installation, answers browsers, and stops well.
//
// Promises: on SIGTERM or Ctrl-C it finishes what is in flight within five seconds, the database
// last; on an empty installation it prints a one-time link that makes the first administrator.
#define _POSIX_C_SOURCE 200809L // sigwait

#include "serve.h"

#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"

#include "app/account/account.h"
#include "app/concern/concern.h"
#include "app/webhook/webhook.h"
#include "auth/token.h"
#include "install.h"
#include "jobs/mail.h"
#include "mail_door.h"

enum { EXIT_FAILED = 1, EXIT_USE = 2, WORKERS = 2, PAGE_THREADS = 8, LOOPS_MOST = 16 };

struct web_hooks (*serve_hooks)(void) = installation_hooks;

struct serving {
    struct installation installation;
    const char *listen;
    const char *public_url;
    const char *proxies;
    struct app app;
    struct mail_settings mail;
    struct jobs *jobs;      // letters and the clock
    struct jobs *lasting;   // what takes minutes, so that it holds up nobody's letter
    struct mail_door *door; // for answers by mail, where other programs can't write; NULL: none
    struct job_kind kinds[INSTALLATION_KINDS];
    char host[64];
    uint16_t port;
};

static void print_usage(FILE *where)
{
    fputs(
        "Usage: trellis serve --data FOLDER [--listen 127.0.0.1:8080] [--site NAME]\n"
        "       trellis serve --database postgresql://...\n"
        "\n"
        "Answers browsers until it is stopped by Ctrl-C or SIGTERM.\n"
        "\n"
        "  --data FOLDER     keep everything in this folder (SQLite); it is made when it is not there\n"
        "  --database URL    or in this PostgreSQL database\n"
        "  --listen ADDRESS  address and port, 127.0.0.1:8080 when not given; port 0 takes a free one\n"
        "  --public-url URL  how people reach it, such as https://mentoring.example.org\n"
        "  --proxy ADDRESS   of the proxy before it (several: with commas): it is believed when it says in\n"
        "                    X-Forwarded-For who asks; without it, all that it sends counts as one network\n"
        "  --page-limit MS   how long one page may read, in milliseconds, before it says that there is too\n"
        "                    much to do: 10 to 60000, 250 when not given. For slow machines\n"
        "  --site NAME       the name of the organisation, on every page\n"
        "  --key-file FILE   the keys of what must not be read in the database: what people tell about\n"
        "                    harm; FOLDER/trellis.keys when not given. Keep a copy apart from backups\n"
        "  --smtp URL        send mail by smtp://host:587 or smtps://host; the name and password come\n"
        "                    from TRELLIS_SMTP_USER and TRELLIS_SMTP_PASSWORD in the environment\n"
        "  --mail-from ADDR  the address that mail comes from\n"
        "  --reply-address ADDR  answers to messages go to NAME+TOKEN@... of this NAME@..., for a pipe to\n"
        "                    trellis mail-in; without it letters say only where to answer\n"
        "  --mail-folder DIR without --smtp, mail becomes files here; FOLDER/mail when not given\n"
        "  --hooks-here      webhooks may also go to this machine itself, and without TLS: for tests\n",
        where);
}

static bool read_listen(struct serving *serving)
{
    const char *colon = strrchr(serving->listen, ':');
    size_t length = colon == NULL ? 0 : (size_t)(colon - serving->listen);
    if (length == 0 || length >= sizeof serving->host)
        return false;
    memcpy(serving->host, serving->listen, length);
    serving->host[length] = '\0';
    char *end = NULL;
    unsigned long port = strtoul(colon + 1, &end, 10);
    serving->port = (uint16_t)port;
    return colon[1] != '\0' && *end == '\0' && port <= UINT16_MAX;
}

static bool read_page_limit(const char *words, unsigned *ret_ms)
{
    char *end = NULL;
    unsigned long ms = strtoul(words, &end, 10);
    bool good = end != words && *end == '\0' && ms >= 10 && ms <= 60000;
    if (good)
        *ret_ms = (unsigned)ms;
    else
        fputs("trellis serve: --page-limit is a number of milliseconds from 10 to 60000.\n",
              stderr);
    return good;
}

// 0: go on; else the exit status, with what is wrong said.
static int read_options(struct serving *serving, int argc, char **argv)
{
    static const struct option options[] = {
        {"data",          required_argument, NULL, 'd'},
        {"database",      required_argument, NULL, 'b'},
        {"listen",        required_argument, NULL, 'l'},
        {"public-url",    required_argument, NULL, 'u'},
        {"proxy",         required_argument, NULL, 'p'},
        {"site",          required_argument, NULL, 's'},
        {"key-file",      required_argument, NULL, 'k'},
        {"page-limit",    required_argument, NULL, 't'},
        {"smtp",          required_argument, NULL, 'm'},
        {"mail-from",     required_argument, NULL, 'f'},
        {"mail-folder",   required_argument, NULL, 'o'},
        {"reply-address", required_argument, NULL, 'r'},
        {"hooks-here",    no_argument,       NULL, 'h'},
        {NULL,            0,                 NULL, 0  },
    };
    int option = 0;
    optind = 1;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs yet
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'd')
            serving->installation.folder = optarg;
        else if (option == 'b')
            serving->installation.url = optarg;
        else if (option == 'l')
            serving->listen = optarg;
        else if (option == 'u')
            serving->public_url = optarg;
        else if (option == 'p')
            serving->proxies = optarg;
        else if (option == 's')
            serving->app.site = optarg;
        else if (option == 'k')
            serving->installation.key_file = optarg;
        else if (option == 't' && read_page_limit(optarg, &serving->installation.read_limit_ms))
            continue;
        else if (option == 'm')
            serving->mail.smtp = optarg;
        else if (option == 'f')
            serving->mail.from = optarg;
        else if (option == 'r')
            serving->app.reply = optarg;
        else if (option == 'o')
            serving->mail.folder = optarg;
        else if (option == 'h')
            serving->app.hooks_here = true;
        else
            return EXIT_USE;
    }
    bool one_place = (serving->installation.folder == NULL) != (serving->installation.url == NULL);
    if (optind == argc && one_place && read_listen(serving))
        return 0;
    fputs("trellis serve: give either --data or --database, and an address like 127.0.0.1:8080.\n",
          stderr);
    return EXIT_USE;
}

struct first_link {
    struct arena *arena;
    const char *token; // NULL: there is somebody already, or a link that still works
    bool waits;        // a link was printed before, and nobody has used it
};

static enum rc make_first_link(struct db_tx *tx, void *data)
{
    struct first_link *first = data;
    int64_t people = 0;
    first->token = NULL;
    TRY(account_count(tx, first->arena, &people));
    if (people > 0)
        return RC_OK;
    TRY(account_first_waits(tx, first->arena, &first->waits));
    if (first->waits)
        return RC_OK;
    const char *token = token_new(first->arena);
    if (token == NULL)
        return RC_NO_MEMORY;
    TRY(account_first_token(tx, first->arena, token));
    first->token = token;
    return RC_OK;
}

static void wait_for_end(void)
{
    sigset_t ends;
    int got = 0;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigwait(&ends, &got);
}

// Before any thread starts, so that all of them leave the signals to wait_for_end.
static void block_ends(void)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static void say_where(struct serving *serving, const struct web *web)
{
    struct first_link first = {.arena = &serving->installation.arena};
    printf("Trellis %s, %s\n", TRELLIS_VERSION, db_engine(serving->installation.db));
    printf("Open http://%s:%u/ in a browser. Ctrl-C stops it.\n", serving->host,
           (unsigned)web_port(web));
    bool known = db_write(serving->installation.db, make_first_link, &first) == RC_OK;
    if (known && first.waits)
        puts(
            "Nobody has an account yet. The link that was printed at the first start still works,\n"
            "once. Is it lost? `trellis user add --admin` and `trellis user link` make another way.");
    if (known && first.token != NULL)
        printf("Nobody has an account yet. This link makes the first administrator, once:\n"
               "  http://%s:%u/first/%s\n",
               serving->host, (unsigned)web_port(web), first.token);
    (void)fflush(stdout);
}

static void tell(const char *sentence)
{
    fprintf(stderr, "trellis: %s\n", sentence);
}

// Where mail goes when nothing says it: into the data folder.
static enum rc set_mail(struct serving *serving)
{
    struct mail_settings *mail = &serving->mail;
    if (mail->from == NULL)
        mail->from = "trellis@localhost";
    mail->from_name = serving->app.site;
    mail->user = getenv("TRELLIS_SMTP_USER"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    mail->password = getenv("TRELLIS_SMTP_PASSWORD"); // NOLINT(concurrency-mt-unsafe)
    if (mail->smtp == NULL && mail->folder == NULL)
        mail->folder =
            serving->installation.folder == NULL
                ? "trellis-mail"
                : file_join(&serving->installation.arena, serving->installation.folder, "mail");
    return mail->smtp == NULL && mail->folder == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc seal_all(struct db_tx *tx, void *data)
{
    const struct serving *serving = data;
    int64_t count = 0;
    TRY(concern_seal_anew(tx, serving->installation.seal, &count));
    return webhook_seal_anew(tx, serving->installation.seal, &count);
}

// What was kept before there were keys is sealed now.
static enum rc set_seal(struct serving *serving)
{
    TRY(installation_seal(&serving->installation, true));
    serving->app.seal = serving->installation.seal;
    enum rc rc = db_write(serving->installation.db, seal_all, serving);
    if (rc != RC_NOT_FOUND && rc != RC_BAD_INPUT)
        return rc;
    fprintf(stderr,
            "trellis: some of what people told about harm cannot be read with the keys in %s.\n",
            installation_key_file(&serving->installation));
    return RC_OK;
}

static enum rc start_jobs(struct serving *serving)
{
    size_t kinds = installation_kinds(&serving->app, &serving->mail, serving->kinds);
    if (serving->mail.smtp == NULL)
        printf("Mail is not sent, but kept as files in %s (see --smtp).\n", serving->mail.folder);
    (void)fflush(stdout);
    struct jobs_settings settings = {.db = serving->installation.db,
                                     .lane = JOBS_SHORT,
                                     .slot = serving->installation.loops + WORKERS,
                                     .kinds = serving->kinds,
                                     .kind_count = kinds,
                                     .now_us = installation_now_us,
                                     .tell = tell};
    TRY(jobs_open(&settings, &serving->jobs));
    settings.lane = JOBS_LASTING;
    settings.slot++;
    return jobs_open(&settings, &serving->lasting);
}

// With PostgreSQL trellis mail-in writes by itself.
static void open_door(struct serving *serving)
{
    const struct installation *at = &serving->installation;
    if (at->folder != NULL &&
        mail_door_open(at->db, &serving->app, at->folder, &serving->door) != RC_OK)
        tell("the data folder takes no socket, so answers by mail wait until this server stops");
}

static void end_work(struct serving *serving)
{
    if (serving->door != NULL)
        mail_door_close(serving->door);
    if (serving->jobs != NULL)
        jobs_close(serving->jobs);
    if (serving->lasting != NULL)
        jobs_close(serving->lasting);
}

static int serve(struct serving *serving, unsigned loops)
{
    struct web *web = NULL;
    const char *error = "";
    struct web_settings settings = {.hooks = serve_hooks(),
                                    .db = serving->installation.db,
                                    .app = &serving->app,
                                    .host = serving->host,
                                    .port = serving->port,
                                    .loops = loops,
                                    .readers = serving->installation.url == NULL ? 0 : PAGE_THREADS,
                                    .workers = WORKERS,
                                    .public_url = serving->public_url,
                                    .proxies = serving->proxies,
                                    .now_us = installation_now_us};
    settings.tables = installation_routes(&serving->installation.arena, &settings.table_count);
    if (settings.tables == NULL || set_mail(serving) != RC_OK || set_seal(serving) != RC_OK)
        return EXIT_FAILED;
    serving->app.mail = serving->mail.from;
    serving->app.folder = serving->installation.folder;
    serving->app.letters = serving->mail.folder;
    serving->app.data = data_texts(&serving->installation.arena, serving->app.slices);
    if (serving->app.data == NULL)
        return EXIT_FAILED;
    enum rc rc = web_open(&settings, &web, &error);
    if (rc != RC_OK) {
        fprintf(stderr, "trellis: %s.\n", error[0] == '\0' ? rc_text(rc) : error);
        return EXIT_FAILED;
    }
    serving->app.url = web_origin(web, &serving->installation.arena);
    if (serving->app.url == NULL)
        serving->app.url = "";
    open_door(serving);
    say_where(serving, web);
    if (start_jobs(serving) == RC_OK)
        wait_for_end();
    puts("Stopping ...");
    (void)fflush(stdout);
    rc = web_stop(web);
    end_work(serving);
    return rc == RC_OK && serving->lasting != NULL ? 0 : EXIT_FAILED;
}

// What people have told is in memory while it is worked on: a crash writes none of it to a disk.
static void leave_no_core(void)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

int serve_command(int argc, char **argv)
{
    struct serving serving = {
        .listen = "127.0.0.1:8080", .app = {.site = "Trellis", .slices = installation_slices()}
    };
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        print_usage(stdout);
        return 0;
    }
    int wrong = read_options(&serving, argc, argv);
    if (wrong != 0)
        return wrong;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned loops = cores < 1 ? 1 : cores > LOOPS_MOST ? LOOPS_MOST : (unsigned)cores;
    serving.installation.loops = serving.installation.url == NULL ? loops : PAGE_THREADS;
    serving.installation.readers = serving.installation.loops + WORKERS + 2;
    block_ends();
    leave_no_core();
    if (installation_open(&serving.installation) != RC_OK)
        return EXIT_FAILED;
    int status = serve(&serving, loops);
    db_close(serving.installation.db);
    arena_close(&serving.installation.arena);
    return status;
}
