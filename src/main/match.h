// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis match`: two sign-up sheets in, the best set of pairs out, with the reason for each
// and what would help those who have none.
//
// Promises: exit codes 0 (done), 1 (a failure of the machine, or a result that cannot be proved
// optimal), 2 (wrong use, or sheets that cannot be used), 3 (rules or pins contradict each other).
// With anything but 0 no file is written or changed. The result depends on the sheets, the rules
// and the seed only: not on the order of rows, the clock, or the machine.
//
// Not for: deciding anything itself: rules_file.h says what is wanted, mentormatch.h finds it.
#ifndef TRELLIS_MAIN_MATCH_H
#define TRELLIS_MAIN_MATCH_H

// argv[0] is the name of the subcommand.
int match_command(int argc, char **argv);

#endif
