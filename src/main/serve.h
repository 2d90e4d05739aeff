// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis serve`: the web server of an installation.
#ifndef TRELLIS_MAIN_SERVE_H
#define TRELLIS_MAIN_SERVE_H

int serve_command(int argc, char **argv);

#endif
