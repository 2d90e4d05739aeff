#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The hand-over board: mentors who leave, and long pauses; on both engines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines hand_client.py
