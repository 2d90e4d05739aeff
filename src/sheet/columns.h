// SPDX-License-Identifier: Apache-2.0
//
// Why: a column is taken for what its heading says, and the user can overrule that.
//
// Promises: what was said by the user comes first, then usual names, then words within a heading,
// then near spellings; the same header gives the same answer always.
//
// Not for: use outside sheet.c.
#ifndef TRELLIS_SHEET_COLUMNS_H
#define TRELLIS_SHEET_COLUMNS_H

#include "sheet/sheet.h"

// Fills columns and column_of from row 0 of the table. A mapping that cannot be followed, and a
// header without any known column, are added to the problems as errors; columns not used as notes.
enum rc columns_recognise(struct arena *arena, const struct sheet_options *options,
                          struct problem_list *problems, struct sheet *sheet);

#endif
