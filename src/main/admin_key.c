// SPDX-License-Identifier: Apache-2.0
//
// `trellis key`: the keys of what is sealed; see admin.h.
#include <stdio.h>
#include <string.h>

#include "admin.h"
#include "app/concern/concern.h"
#include "app/webhook/webhook.h"

enum { EXIT_FAILED = 1 };

struct keys {
    struct installation installation;
    int64_t count;
    int64_t closed;
};

static enum rc seal_anew(struct db_tx *tx, void *data)
{
    struct keys *keys = data;
    int64_t hooks = 0; // of which nothing is said: they are not what people told
    TRY(concern_seal_anew(tx, keys->installation.seal, &keys->count));
    return webhook_seal_anew(tx, keys->installation.seal, &hooks);
}

static enum rc count_closed(struct db_tx *tx, void *data)
{
    struct keys *keys = data;
    return concern_count_closed(tx, keys->installation.seal, &keys->closed);
}

static int fail(const char *sentence)
{
    fprintf(stderr, "trellis: %s.\n", sentence);
    return EXIT_FAILED;
}

// The new key is in the file before a row needs it; the old ones stay, for backups.
static int rotate(struct keys *keys, const char *path)
{
    const char *error = "";
    struct arena *arena = &keys->installation.arena;
    if (seal_add(arena, path, keys->installation.seal, &error) != RC_OK)
        return fail(error);
    if (db_write(keys->installation.db, seal_anew, keys) != RC_OK)
        return fail("not all could be sealed anew; nothing was changed but the key file, which has "
                    "one key more. trellis doctor says what is wrong");
    printf("A new key seals from now on; %lld texts were sealed anew.\n"
           "The old keys stay in %s for older backups: trellis key forget drops them.\n",
           (long long)keys->count, path);
    return 0;
}

static int forget(struct keys *keys, const char *path)
{
    const char *error = "";
    struct arena *arena = &keys->installation.arena;
    if (db_write(keys->installation.db, seal_anew, keys) != RC_OK)
        return fail("something is sealed with a key that is not here; nothing was changed");
    if (seal_forget(arena, path, keys->installation.seal, &error) != RC_OK)
        return fail(error);
    puts("Only the newest key is left. What older backups hold sealed can't be read any more.");
    return 0;
}

static int list(struct keys *keys, const char *path)
{
    const struct seal *seal = keys->installation.seal;
    for (size_t k = 0; k < seal->count; k++)
        printf("%s%s\n", seal->keys[k].id, k + 1 == seal->count ? " seals" : "");
    if (db_read(keys->installation.db, 0, count_closed, keys) != RC_OK)
        return fail("the database cannot be read");
    if (keys->closed > 0)
        printf("%lld texts can't be opened with the keys in %s.\n", (long long)keys->closed, path);
    return keys->closed > 0 ? EXIT_FAILED : 0;
}

int key_command(int argc, char **argv)
{
    static const char usage[] =
        "Usage: trellis key list   --data FOLDER [--key-file FILE]   (or --database URL)\n"
        "       trellis key rotate --data FOLDER\n"
        "       trellis key forget --data FOLDER\n\n"
        "What people tell about harm is sealed with keys that are not in the database, but in\n"
        "FOLDER/trellis.keys. Lists them (by names that say nothing of them), makes a new one and\n"
        "seals everything anew with it, or drops all but the newest. Stop the server first.\n";
    struct admin_options options;
    struct keys keys = {0};
    bool read = admin_read_options(argc, argv, &options);
    const char *what = read && options.word_count == 1 ? options.words[0] : "";
    bool known =
        strcmp(what, "list") == 0 || strcmp(what, "rotate") == 0 || strcmp(what, "forget") == 0;
    if (!known || options.help || (options.data == NULL) == (options.database == NULL))
        return admin_wrong_use(usage, options.help);
    if (admin_open(&options, &keys.installation) != RC_OK)
        return EXIT_FAILED;
    const char *path = installation_key_file(&keys.installation);
    int status = EXIT_FAILED;
    enum rc rc = installation_seal(&keys.installation, strcmp(what, "rotate") == 0);
    if (rc == RC_NOT_FOUND)
        status = fail("there are no keys yet: trellis serve makes them");
    else if (rc == RC_OK)
        status = what[0] == 'l'   ? list(&keys, path)
                 : what[0] == 'r' ? rotate(&keys, path)
                                  : forget(&keys, path);
    admin_close(&keys.installation);
    return status;
}
