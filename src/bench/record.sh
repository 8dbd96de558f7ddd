#!/bin/sh
# What a build pays at its end for its record, the page of the last 100 builds, the step summary and the stages as XML; needs a finished `./mvnw verify`.
#   src/bench/record.sh [rounds]       default: 5
# Prints the milliseconds of each build, in a fresh JVM as in a CI, and their median.
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

round=1
while [ "$round" -le "$rounds" ]; do
  GITHUB_STEP_SUMMARY=$work/summary.md \
    MAVEN_OPTS="-XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.log.io.github.ecsmaven.lifecycle.LeaveRecord=debug" \
    mvn_in "$work/clock" verify -DskipTests -Decs.from.image=scratch >"$work/build-$round.log" 2>&1 || { tail -40 "$work/build-$round.log"; exit 1; }
  sed -n 's/.*Recorded in \([0-9]*\) ms.*/\1/p' "$work/build-$round.log" | tee -a "$work/recorded"
  round=$((round + 1))
done
row "record, page, summary and XML at a build's end" "$(value recorded)" ms
