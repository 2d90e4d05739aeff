#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Who signs in, from where: known browsers, "it was not me", and how often wrong ones may try.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines account_client.py
