#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Letters by SMTP, to a small server of the test's own.
set -euo pipefail
place=$(mktemp -d /tmp/trellis-smtp-XXXXXX)
trap 'rm -rf "$place"' EXIT
python3 "$(dirname "$0")/smtp_client.py" "$TRELLIS" "$place"
