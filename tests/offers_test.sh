#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The offers of a run and what is decided by hand, through the server, on both engines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines offers_client.py
