#!/bin/sh
# Prints the base image to build on. Where Amazon's public registry can be reached that is the plugin's default; elsewhere
# docker://ecs-maven-plugin/java:<version>, made from the JDK at hand (jlink) and the host's C library.
#   base-image.sh [--local]     --local: make the local one in any case
set -eu
# shellcheck source=src/engine/common.sh
. "$(dirname -- "$0")/common.sh"

# On its own line: a failure in a substitution inside a command would not end this script.
java=$(java_command)
java_home=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
release=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$java_home/release")
version=${release%%.*}
public=public.ecr.aws/docker/library/eclipse-temurin:$version-jre
image=ecs-maven-plugin/java:$version

public_is_reachable() {
  if command -v curl >/dev/null 2>&1; then
    curl --silent --output /dev/null --max-time 5 https://public.ecr.aws/v2/
  elif command -v wget >/dev/null 2>&1; then
    # 8: the registry answered, it wants a token
    wget --quiet --tries=1 --timeout=5 --output-document=/dev/null https://public.ecr.aws/v2/ || [ $? = 8 ]
  else
    return 1
  fi
}

# Everything that the dynamic linker wants for what jlink made, and what it loads by name for host names.
libraries() {
  LD_LIBRARY_PATH="$root/opt/java/lib:$root/opt/java/lib/server" \
    find "$root/opt/java" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jspawnhelper \) -exec ldd {} + 2>/dev/null |
    sed -n 's/.* => \(\/[^ ]*\) .*/\1/p; s/^[[:space:]]*\(\/[^ :]*\) (.*/\1/p' | grep -v "^$root" | sort -u
  for name in libnss_files.so.2 libnss_dns.so.2 libresolv.so.2; do
    ldconfig -p | sed -n "s/.*$name .*=> //p" | sed -n 1p
  done
}

copy_libraries() {
  libraries | sort -u | while read -r library; do
    mkdir -p "$root$(dirname -- "$library")"
    cp -L "$library" "$root$library"
  done
}

write_root() {
  "$java_home/bin/jlink" --output "$root/opt/java" --strip-debug --no-man-pages --no-header-files --compress=2 \
    --add-modules java.se,jdk.httpserver,jdk.unsupported,jdk.crypto.ec,jdk.zipfs,jdk.management ||
    fail "jlink could not make a runtime from $java_home. Next: a JDK with its jmods is needed (Debian, Ubuntu: openjdk-$version-jdk-headless)."
  copy_libraries
  mkdir -p "$root/tmp" "$root/etc" "$root/root" "$root/home"
  chmod 1777 "$root/tmp"
  printf 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$root/etc/nsswitch.conf"
}

import_image() {
  # Sorted, of one time and owner: the same JDK gives the same layer.
  tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$root" -cf "$work/root.tar" .
  set -- "ENV JAVA_HOME=/opt/java" "ENV PATH=/opt/java/bin:/usr/bin:/bin" "ENV LANG=C.UTF-8" "LABEL io.github.ecsmaven.jdk=$release"
  if command -v docker >/dev/null 2>&1; then
    DOCKER_HOST=$engine_host docker import --change "$1" --change "$2" --change "$3" --change "$4" "$work/root.tar" "$image" >/dev/null
  else
    engine_api import "$image" "$work/root.tar" "$@"
  fi
}

if [ "${1-}" != --local ] && public_is_reachable; then
  echo "$public"
  exit 0
fi
if ! engine_has_image "$image"; then
  [ -x "$java_home/bin/jlink" ] ||
    fail "no jlink in $java_home. Next: install a whole JDK (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless)."
  [ "$(uname -s)" = Linux ] || fail "a local base image can be made on Linux only. Next: connect to the internet, or name a base image with -Decs.from.image=…"
  say "no public image can be had: making the base image $image from $java_home …"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' HUP INT TERM
  root=$work/root
  mkdir "$root"
  write_root
  import_image
fi
echo "docker://$image"
