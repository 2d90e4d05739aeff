#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Two servers on one PostgreSQL database.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/postgres
. "$here/lib/postgres"
if ! start_postgres >"$place/pg.log" 2>&1; then
    echo "not ok 1 - PostgreSQL starts (is its package installed?)"
    echo "1..1"
    exit 1
fi
python3 "$here/nodes_client.py" "$TRELLIS" "postgresql://trellis@/trellis?host=$place/pg"
