#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Hard rules about two people, and choices of both sides, through the server, on both engines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines hard_client.py
