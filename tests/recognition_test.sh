#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Stories and awards, through the server, on both engines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines recognition_client.py
