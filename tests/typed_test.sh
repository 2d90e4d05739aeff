#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A form that is sent after the session has ended: nothing typed is lost, and nothing is done by itself.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines typed_client.py
