#!/bin/sh
# Speed and memory, on the Spring Boot sample with a warm engine; needs a finished `./mvnw verify`, docker and curl.
#   src/bench/bench.sh [rounds]        default: 5
# Prints medians as a table. Times come from the build's own stages; memory is VmRSS.
set -eu
cd "$(dirname -- "$0")/../.."
rounds=${1:-5}
work=$PWD/target/bench
. src/bench/sample.sh
cp -R src/it/quickstart "$work/with"
rm -rf "$work/with/target"
cp -R "$work/with" "$work/without"
# The same project without the plugin: its element is cut out of the pom.
awk '/<plugin>/ {held = $0; next} held != "" {if (/io.github.ecsmaven/) {held = ""; cut = 1; next} print held; held = ""} cut {if (/<\/plugin>/) cut = 0; next} {print}' \
  "$work/with/pom.xml" >"$work/without/pom.xml"

change() {
  sed -i "s/\"Hello[^,]*, \"/\"Hello$1, \"/" "$work/with/src/main/java/shop/greeting/Greeting.java"
}

rss() { awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$1/status" 2>/dev/null || true; }

# The largest resident size of the keeper while a build runs.
watch_keeper() {
  largest=0
  while [ ! -e "$work/done" ]; do
    for pid in $(pgrep -f 'io\.github\.ecsmaven\.container\.KeeperMain' || true); do
      size=$(rss "$pid")
      [ "${size:-0}" -le "$largest" ] || largest=$size
    done
    sleep 0.1
  done
  echo "$largest" >>"$work/keeper"
}

echo "bench: warming up (first deploy) …" >&2
mvn_in "$work/with" deploy -Decs.sandbox=true >"$work/warm.log" 2>&1 || { tail -40 "$work/warm.log"; exit 1; }

# The application's own start: its image alone, from the start of the container until it answers.
own_start() {
  image=$(sed -n 's/.*"name" *: *"\(ecs-test[^"]*\)".*/\1/p' "$work/with/target/ecs/image.json")
  begun=$(now)
  container=$(docker run --detach --publish 127.0.0.1::8080 "$image")
  address=$(docker port "$container" 8080 | sed -n 1p)
  until curl --silent --fail --output /dev/null "http://$address/actuator/health"; do sleep 0.05; done
  echo $(($(now) - begun)) >>"$work/start"
  docker rm --force "$container" >/dev/null
}

round=1
while [ "$round" -le "$rounds" ]; do
  echo "bench: deploy $round of $rounds" >&2
  change "$round"
  rm -f "$work/done"
  watch_keeper &
  watcher=$!
  mvn_in "$work/with" deploy -Decs.sandbox=true 2>&1 | stamped >"$work/deploy-$round.log"
  : >"$work/done"
  wait "$watcher"
  log=$work/deploy-$round.log
  image=$(at "$log" ':image.*@ greeting')
  tests=$(at "$log" 'Running shop.greeting.GreetingIT')
  verified=$(at "$log" 'failsafe.*:verify')
  # The last stage's end is the end of the build, less Maven's own few lines.
  steady=$(at "$log" 'completed, running sha256')
  [ -z "$image" ] || [ -z "$tests" ] || echo $((tests - image)) >>"$work/to-test"
  [ -z "$verified" ] || [ -z "$steady" ] || echo $((steady - verified)) >>"$work/to-steady"
  # In each round, as a machine's speed drifts.
  own_start
  rss "$(of_sandbox pid)" >>"$work/sandbox-rss"
  round=$((round + 1))
done

round=1
while [ "$round" -le $((rounds * 2)) ]; do
  for kind in with without; do
    begun=$(now)
    mvn_in "$work/$kind" -q test >/dev/null 2>&1
    [ "$round" = 1 ] || echo $(($(now) - begun)) >>"$work/test-$kind"
  done
  round=$((round + 1))
done

mvn_in "$work/with" "$plugin":sandbox-stop >/dev/null 2>&1 || true
jar=$(find "$repo/io/github/ecsmaven" -name 'ecs-maven-plugin-*.jar' | sed -n 1p)
round=1
while [ "$round" -le "$rounds" ]; do
  mvn_in "$work/with" "$plugin":sandbox -Decs.sandbox.home="$work/start-home" >"$work/sandbox.log" 2>&1 &
  maven_pid=$!
  until grep -q '"pid" *: *[1-9]' "$work/start-home/sandbox.json" 2>/dev/null; do sleep 0.05; done
  pid=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$work/start-home/sandbox.json")
  # From the start of its own process, not of Maven's.
  born=$(awk -v hz="$(getconf CLK_TCK)" '{print int($22 * 1000 / hz)}' "/proc/$pid/stat")
  up=$(awk '{print int($1 * 1000)}' /proc/uptime)
  echo $((up - born)) >>"$work/sandbox-start"
  # Not INT: a shell has its background processes ignore that.
  kill -TERM "$maven_pid" 2>/dev/null || true
  wait "$maven_pid" 2>/dev/null || true
  rm -rf "$work/start-home"
  round=$((round + 1))
done

ratio() { awk -v a="$(value test-with)" -v b="$(value test-without)" 'BEGIN {if (b > 0) printf "%.3f", a / b; else print "-"}'; }

row "what (median of $rounds)" "measured" "target"
row "the application's own start time, ms" "$(value start)" ""
row "end of package to first integration test, ms" "$(value to-test)" "own start + 1500"
row "end of verify to steady state, ms" "$(value to-steady)" "own start + 2500"
row "mvn test with the plugin, ms" "$(value test-with)" ""
row "mvn test without it, ms" "$(value test-without)" ""
row "with / without" "$(ratio)" "1.05"
row "keeper, largest resident size, MiB" "$(value keeper)" "150"
row "sandbox, resident size, MiB" "$(value sandbox-rss)" "150"
row "sandbox answers after, ms" "$(value sandbox-start)" "2000"
row "size of the plugin's jar, MiB" "$(($(stat -c %s "$jar") / 1048576))" ""
