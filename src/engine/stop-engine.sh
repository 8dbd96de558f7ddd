#!/bin/sh
# Stops the Docker engine that ensure-engine.sh has started, with its containers. Another engine is left alone.
# With --delete, its images and logs are deleted too: only what ensure-engine.sh and dockerd have made there.
set -eu
# shellcheck source=src/engine/common.sh
. "$(dirname -- "$0")/common.sh"

# In /proc/mounts a blank is \040, a backslash \134.
mounted() {
  place=$(printf '%s\n' "$(readlink -f "$engine_home")" | sed 's/\\/\\134/g; s/ /\\040/g')
  while read -r _ point _; do
    case $point in "$place"/*) return 0 ;; esac
  done </proc/mounts
  return 1
}

end_process "$engine_home/dockerd.pid" "--data-root=$engine_home/data"
if [ "${1-}" = --delete ] && [ -d "$engine_home" ]; then
  for file in "$engine_home/dockerd.pid" "$engine_home/exec/containerd/containerd.pid"; do
    pid=$(cat "$file" 2>/dev/null) || continue
    if kill -0 "$pid" 2>/dev/null; then
      fail "process $pid of $file lives, so nothing is deleted. Next: end it, or remove that file when the process is another one."
    fi
  done
  # dockerd mounts its data directory onto itself.
  umount "$engine_home/data" 2>/dev/null || true
  if mounted; then
    fail "something below $engine_home is mounted, so nothing is deleted. Next: see /proc/mounts and umount it."
  fi
  rm -rf "$engine_home/data" "$engine_home/exec"
  rm -f "$engine_home/dockerd.pid" "$engine_home/dockerd.log" "$engine_home/apt.log" "$engine_home/lock"
  rmdir "$engine_home" 2>/dev/null || true
  say "deleted the engine's data in $engine_home"
fi
