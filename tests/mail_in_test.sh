#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Answers by mail to messages of a match, on both engines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/engines
. "$here/lib/engines"
on_both_engines mail_in_client.py
