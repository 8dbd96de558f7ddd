#!/bin/sh
# A pipeline in five calls with ecs.resume against one `mvn deploy`, on the quick start's sample and on the reactor; needs a finished `./mvnw verify`.
#   src/bench/stages.sh [rounds]       default: 3
# Each round begins without target, and deploys another image. Prints the medians: Maven's "Total time", the wall time of the calls, and the work
# of the stages as the build's record has it (without the rollout, which waits for the sandbox).
set -eu
cd "$(dirname -- "$0")/../.."
rounds=${1:-3}
work=$PWD/target/bench-stages
. src/bench/sample.sh
export MAVEN_OPTS="${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"

# Maven's own time in seconds.
total() { sed -n 's/.*Total time: *\(\([0-9]*\):\)\{0,1\}\([0-9.]*\) .*/\2 \3/p' "$1" | awk '{print NF == 2 ? $1 * 60 + $2 : $1}'; }

# The seconds of all stages of a record but the rollout.
stages() { tr ',{' '\n\n' <"$1" | awk -F: '/"stage"/ {name = $2} /"seconds"/ && name != "" {if (name !~ /rollout/) sum += $2; name = ""} END {print sum}'; }

calls() {
  name=$1
  sample=$2
  round=$3
  shift 3
  rm -rf "$work/$sample/target" "$work/$sample"/*/target
  begin=$(now)
  sum=0
  for phase in "$@"; do
    log=$work/$sample-$name-$round-$phase.log
    BUILD_TAG=$sample-$name-$round JENKINS_URL=http://localhost/ BUILD_NUMBER=$round mvn_in "$work/$sample" "$phase" -Decs.sandbox=true \
      -Decs.container.labels.round="$name-$round" $options >"$log" 2>&1 || { tail -40 "$log"; exit 1; }
    sum=$(echo "$sum $(total "$log")" | awk '{print $1 + $2}')
  done
  echo "$(now) $begin" | awk '{print ($1 - $2) / 1000}' >>"$work/$sample-$name-wall"
  echo "$sum" >>"$work/$sample-$name-total"
  stages "$work/$sample/target/ecs/report.json" >>"$work/$sample-$name-work"
}

for sample in quickstart reactor; do
  cp -R "src/it/$sample" "$work/$sample"
  rm -rf "$work/$sample/target" "$work/$sample"/*/target
  options=
  # What both need is fetched, and the sandbox runs.
  calls warm "$sample" 0 deploy
  round=1
  while [ "$round" -le "$rounds" ]; do
    options=
    calls one "$sample" "$round" deploy
    options=-Decs.resume
    calls steps "$sample" "$round" test-compile test package verify deploy
    round=$((round + 1))
  done
  for figure in total wall work; do
    one=$(value "$sample-one-$figure")
    steps=$(value "$sample-steps-$figure")
    row "$sample, $figure: one mvn deploy" "$one" s
    row "$sample, $figure: five calls with ecs.resume" "$steps" s
    row "$sample, $figure: ratio" "$(echo "$steps $one" | awk '{printf "%.2f", $1 / $2}')" x
  done
done
mvn_in "$work/quickstart" "$plugin:sandbox-stop" >/dev/null 2>&1 || true
