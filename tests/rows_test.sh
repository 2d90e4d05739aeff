#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Every row as every role, against tests/policy, on both engines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines rows_client.py
