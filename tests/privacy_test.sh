#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Copies, erasing and ages of data, through the server, on both engines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines privacy_client.py
