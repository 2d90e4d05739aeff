// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis solve` and `trellis verify`: the solver alone, and the check alone, on plain text
// files (docs/formats.md), for people who bring their own instances or their own results.
//
// Promises: exit codes 0 (optimal and proved, verified before it is written), 1 (not proved,
// refuted, or a failure of the machine), 2 (wrong use, or a file that cannot be used), 3 (pins
// contradict the rules; the pair is named). The result is written whole or not at all.
//
// Not for: sheets of people (match.h).
#ifndef TRELLIS_MAIN_SOLVE_H
#define TRELLIS_MAIN_SOLVE_H

// argv[0] is the name of the subcommand.
int solve_command(int argc, char **argv);
int verify_command(int argc, char **argv);

#endif
