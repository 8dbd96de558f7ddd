#!/bin/sh
# What a build pays at its end for its record, the page of the last 100 builds, the step summary and the stages as XML; needs a finished `./mvnw verify`.
#   src/bench/record.sh [rounds]       default: 5
# Prints the milliseconds of each build's end, in a fresh JVM as in a CI, and their median; then those of whole builds with and without a record.
set -eu
cd "$(dirname -- "$0")/../.."
rounds=${1:-5}
work=$PWD/target/bench-record
. src/bench/sample.sh
cp -R src/it/plain-http "$work/clock"
rm -rf "$work/clock/target"
mkdir "$sandbox"
[ -s target/bench.classpath ] || mvn -q -ntp -o dependency:build-classpath -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test
java -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" io.github.ecsmaven.report.HistoryBench "$work/history/shop.clock" 100

# What of Maven's own end is left out, and what goes on beside the build, shows in the whole builds' time only.
build() {
  kind=$1
  shift
  begun=$(now)
  GITHUB_STEP_SUMMARY=$work/summary.md \
    MAVEN_OPTS="-XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.log.io.github.ecsmaven.lifecycle.LeaveRecord=debug" \
    mvn_in "$work/clock" verify -DskipTests -Decs.from.image=scratch "$@" >"$work/build-$kind.log" 2>&1 || { tail -40 "$work/build-$kind.log"; exit 1; }
  echo $(($(now) - begun)) >>"$work/$kind"
}

build warm-up
round=1
while [ "$round" -le "$rounds" ]; do
  build with
  sed -n 's/.*Recorded in \([0-9]*\) ms.*/\1/p' "$work/build-with.log" | tee -a "$work/recorded"
  build without -Decs.report=false
  round=$((round + 1))
done
row "record, page, summary and XML at a build's end" "$(value recorded)" ms
row "the whole build with its record" "$(value with)" ms
row "the same with -Decs.report=false" "$(value without)" ms
