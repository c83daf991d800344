#!/usr/bin/env bash
# Sees to the programs that only the tests need, from Debian: a browser, a tracer of system calls, letters to draw.
# As root it installs what is missing; as anybody else it prints the line to type and fails.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v strace >/dev/null || missing+=(strace)
# Cyrillic with the letters of Kazakh, Kyrgyz, Tajik and Uzbek; without a font, the screenshots show empty boxes.
[ -n "$(find /usr/share/fonts -name 'DejaVuSans.ttf' -o -name 'NotoSans-Regular.ttf' 2>/dev/null | head -1)" ] ||
  missing+=(fonts-dejavu-core)
[ ${#missing[@]} -gt 0 ] || exit 0

install="apt-get install -y --no-install-recommends ${missing[*]}"
if ! command -v apt-get >/dev/null; then
  echo "The tests need: ${missing[*]}. This machine has no apt-get; install them by its own means." >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "The tests need: ${missing[*]}. Type this, then come back:" >&2
  echo "  sudo apt-get update && sudo $install" >&2
  exit 1
fi
echo "installing from Debian: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update && $install; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  exit 1
fi
