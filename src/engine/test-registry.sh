#!/bin/sh
# A real registry for the tests that push to one: test-registry.sh <folder>
# Unpacks Debian's docker-registry into the folder; it is not installed, as that would start a service. Where it can't be had
# these tests are skipped, and this says so.
set -eu
# shellcheck source=src/engine/common.sh
. "$(dirname -- "$0")/common.sh"

folder=$1
if [ -x /usr/bin/docker-registry ] || [ -x "$folder/usr/bin/docker-registry" ]; then
  exit 0
fi

# Only the package lists need root. The folder comes last and whole: half a registry would count as one.
unpack() {
  rm -rf "$folder" "$folder.new" &&
    mkdir -p "$folder.new" &&
    cd "$folder.new" &&
    { apt-get -q download docker-registry || { apt-get -q update && apt-get -q download docker-registry; }; } &&
    dpkg -x docker-registry_*.deb . &&
    rm docker-registry_*.deb &&
    mv "$folder.new" "$folder"
}

if is_debian && (unpack) >"$folder.log" 2>&1 </dev/null; then
  exit 0
fi
say "no docker-registry (Debian, Ubuntu: apt-get install docker-registry): the tests that push to it are skipped."
