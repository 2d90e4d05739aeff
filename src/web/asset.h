// SPDX-License-Identifier: Apache-2.0
//
// Why: files that pages need are part of the program: nothing to install, nothing to go missing.
#ifndef TRELLIS_WEB_ASSET_H
#define TRELLIS_WEB_ASSET_H

#include <stddef.h>

struct asset {
    const char *bytes;
    size_t length;
    const char *hash; // stands in its address, so that browsers may keep it for ever
};

extern const struct asset asset_style; // src/web/style.css

#endif
