#!/bin/sh
# An engine and a base image, and what became of it in a properties file: prepare.sh [--local] <file>
# The property is ecs.from.image; it is absent when the plugin's own default can be pulled.
set -eu
here=$(dirname -- "$0")
local=
if [ "$1" = --local ]; then
  local=$1
  shift
fi
"$here/ensure-engine.sh"
image=$("$here/base-image.sh" ${local:+"$local"})
mkdir -p "$(dirname -- "$1")"
case $image in
docker://*) echo "ecs.from.image=$image" >"$1" ;;
*) : >"$1" ;;
esac
