#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What somebody takes back acts in the very next request, on both engines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines consent_client.py
