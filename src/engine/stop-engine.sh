#!/bin/sh
# Stops the Docker engine that ensure-engine.sh has started, with its containers. Another engine is left alone.
# With --delete, its images and logs are deleted too.
set -eu
# shellcheck source=src/engine/common.sh
. "$(dirname -- "$0")/common.sh"

end_process "$engine_home/dockerd.pid" "--data-root=$engine_home/data"
if [ "${1-}" = --delete ]; then
  # dockerd mounts its data directory onto itself.
  umount "$engine_home/data" 2>/dev/null || true
  rm -rf "$engine_home"
  say "deleted $engine_home"
fi
