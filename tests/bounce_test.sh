#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Letters that come back, on both engines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines bounce_client.py
