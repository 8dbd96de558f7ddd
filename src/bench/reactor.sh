#!/bin/sh
# How long a reactor takes whose modules each roll a service out, beside that of one module: ecs:redeploy in both, against the
# sandbox's ECS with scripted tasks, which serve after some seconds.
#   src/bench/reactor.sh [rounds] [modules] [seconds]        default: 3 rounds, 20 modules, 20 s
# Needs a finished `./mvnw verify`.
set -eu
cd "$(dirname -- "$0")/../.."
rounds=${1:-3}
modules=${2:-20}
seconds=${3:-20}
work=$PWD/target/bench-reactor
. src/bench/sample.sh
digest() { printf 'sha256:%064d' "$1"; }

# A reactor of so many modules, as mvn deploy leaves them before the redeploy.
reactor() {
  folder=$work/reactor-$1
  mkdir -p "$folder"
  {
    cat <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>shop</groupId><artifactId>shop</artifactId><version>1</version><packaging>pom</packaging>
  <properties><ecs.cluster>uat</ecs.cluster></properties>
  <build><plugins><plugin>
    <groupId>io.github.ecsmaven</groupId><artifactId>ecs-maven-plugin</artifactId><version>0.1.0-SNAPSHOT</version>
    <extensions>true</extensions>
  </plugin></plugins></build>
  <modules>
XML
    module=1
    while [ "$module" -le "$1" ]; do
      echo "    <module>service-$module</module>"
      module=$((module + 1))
    done
    echo '  </modules></project>'
  } >"$folder/pom.xml"
  module=1
  while [ "$module" -le "$1" ]; do
    mkdir -p "$folder/service-$module/target/ecs"
    cat >"$folder/service-$module/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version></parent>
  <artifactId>service-$module</artifactId>
</project>
XML
    module=$((module + 1))
  done
}

# Another image for each module: $2 tells it from the one before.
image() {
  module=1
  while [ "$module" -le "$1" ]; do
    records=$work/reactor-$1/service-$module/target/ecs
    cat >"$records/image.json" <<JSON
{"name": "x", "digest": "$(digest "$2")", "imageId": "$(digest "$2")", "base": {"name": "scratch", "digest": "$(digest 1)"},
 "platforms": ["linux/amd64"], "ports": [8080], "created": "1970-01-01T00:00:00Z", "size": 1, "layers": 1, "newLayers": 0,
 "newBytes": 0, "loaded": false}
JSON
    cat >"$records/push.json" <<JSON
{"registry": "registry", "repository": "good-${seconds}s", "digest": "$(digest "$2")", "tags": ["1"], "bytesSent": 0,
 "layersSent": 0, "millis": 0}
JSON
    module=$((module + 1))
  done
}

redeploy() {
  folder=$work/reactor-$1
  shift
  AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=eu-west-1 \
    mvn_in "$folder" "$plugin":redeploy "$@" -Decs.endpoint="$(cat "$work/address")"
}

jar=$(find "$repo/io/github/ecsmaven" -name 'ecs-maven-plugin-*.jar' | sed -n 1p)
java -cp "target/test-classes:$jar" io.github.ecsmaven.ecs.ScriptedServicesMain "$work/ecs" "$modules" >"$work/address" &
scripted=$!
trap 'kill "$scripted" 2>/dev/null || true' EXIT
until grep -q http "$work/address"; do sleep 0.1; done
reactor 1
reactor "$modules"

round=1
while [ "$round" -le "$rounds" ]; do
  for size in 1 "$modules"; do
    for threads in 1 4; do
      [ "$size/$threads" != 1/4 ] || continue
      echo "bench: round $round of $rounds, $size modules, $threads threads" >&2
      image "$size" "$((round * 1000 + size * 10 + threads))"
      begun=$(now)
      redeploy "$size" -T "$threads" >"$work/log-$size-$threads-$round" 2>&1
      echo $(($(now) - begun)) >>"$work/took-$size-$threads"
    done
  done
  begun=$(now)
  redeploy "$modules" >"$work/same-$round" 2>&1
  echo $(($(now) - begun)) >>"$work/same"
  round=$((round + 1))
done

ratio() { awk -v a="$(value "took-$modules-$1")" -v b="$(value took-1-1)" 'BEGIN {printf "%.2f", a / b}'; }

row "what (median of $rounds); tasks serve after $seconds s" "measured" "target"
row "one module, ms" "$(value took-1-1)" ""
row "$modules modules, ms" "$(value "took-$modules-1")" ""
row "$modules modules / one" "$(ratio 1)" "1.5"
row "$modules modules with -T 4 / one" "$(ratio 4)" "1.5"
row "$modules modules with nothing to do, ms" "$(value same)" ""
