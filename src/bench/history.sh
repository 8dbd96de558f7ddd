#!/bin/sh
# How long 10,000 builds of the history take to read and to draw: as single files, which builds never leave so many of, and then
# as the ends of builds have gathered them. Needs compiled tests (mvn test-compile). Usage: src/bench/history.sh [folder]
set -eu
cd "$(dirname "$0")/../.."
folder=${1:-$(mktemp -d)}/history
mvn -q -ntp -o dependency:build-classpath -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=runtime \
  -Dmdep.includeGroupIds=com.fasterxml.jackson.core
bench() {
  java -Xmx256m -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" io.github.ecsmaven.report.HistoryBench "$folder"
}
bench
du -sh --apparent-size "$folder"
for run in 1 2 3 4 5; do bench; done
