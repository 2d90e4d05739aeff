// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis demo`: a made-up organisation in an empty installation.
#ifndef TRELLIS_MAIN_DEMO_H
#define TRELLIS_MAIN_DEMO_H

int demo_command(int argc, char **argv);

#endif
