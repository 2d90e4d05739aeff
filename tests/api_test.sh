#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The REST API as programs use it, on both engines, which must answer the same.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines api_client.py
