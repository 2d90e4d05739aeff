#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Where words that are for few eyes come to, on both engines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines canary_client.py
