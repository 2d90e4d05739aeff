// SPDX-License-Identifier: Apache-2.0
//
// Why: marks a text that a person will read, so that tools/messages puts it into the catalogue.
//
// Not for: translating; that happens where the text is shown.
#ifndef TRELLIS_BASE_MSG_H
#define TRELLIS_BASE_MSG_H

#define MSG(text) (text)

#endif
