#!/bin/sh
# A real registry for the tests that push to one: test-registry.sh <folder>
# Unpacks Debian's docker-registry into the folder; it is not installed, as that would start a service. Where it can't be had
# these tests are skipped, and this says so.
set -eu
# shellcheck source=src/engine/common.sh
. "$(dirname -- "$0")/common.sh"

folder=$1
if command -v docker-registry >/dev/null 2>&1 || [ -x "$folder/usr/bin/docker-registry" ]; then
  exit 0
fi

unpack() {
  rm -rf "$folder"
  mkdir -p "$folder"
  cd "$folder"
  apt-get -q download docker-registry || { apt-get -q update && apt-get -q download docker-registry; }
  dpkg -x docker-registry_*.deb .
  rm docker-registry_*.deb
}

if may_install && (unpack) >"$(dirname -- "$folder")/test-registry.log" 2>&1 </dev/null; then
  exit 0
fi
say "no docker-registry (Debian, Ubuntu: apt-get install docker-registry): the tests that push to it are skipped."
