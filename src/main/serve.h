// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis serve`: the web server of an installation.
#ifndef TRELLIS_MAIN_SERVE_H
#define TRELLIS_MAIN_SERVE_H

int serve_command(int argc, char **argv);

// What web_settings.hooks are made by: installation_hooks. A test puts a fault in its place, to see
// that it is noticed (tests/planted.c); nothing else writes it.
struct web_hooks;
extern struct web_hooks (*serve_hooks)(void);

#endif
