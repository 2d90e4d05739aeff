#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Random requests to each operation, on both engines: none is a 5xx, each answer keeps its description.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines random_client.py
