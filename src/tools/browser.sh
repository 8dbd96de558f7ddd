#!/bin/sh
# The browser in which pages are tested, as root on Debian; where it can't be had the tests that look at pages are skipped, and this says so.
# Ubuntu has Chromium as a snap only, which needs an init system.
set -eu
# shellcheck source=src/engine/common.sh
. "$(dirname -- "$0")/../engine/common.sh"

say() { printf 'tests: %s\n' "$*" >&2; }

for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done

log=$1
install_browser() {
  may_install || return 1
  packages="chromium fonts-dejavu-core"
  # shellcheck disable=SC2086
  apt-get -q install -y --no-install-recommends $packages || { apt-get -q update && apt-get -q install -y --no-install-recommends $packages; }
}

mkdir -p "$(dirname -- "$log")"
install_browser >"$log" 2>&1 </dev/null || say "no Chromium (see $log): the tests that look at pages are skipped."
