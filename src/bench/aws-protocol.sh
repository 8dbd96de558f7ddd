#!/bin/sh
# Whether plugin and sandbox speak AWS's protocol, judged from outside with botocore's models: a proxy between the two during
# whole builds (two deploys, one that crashes and is rolled back, a rollback by hand, a scan that stops), and stock clients and
# waiters against the sandbox. Exit status 1 when one of the judges complains.
#   src/bench/aws-protocol.sh <aws-shapecheck> <aws-conformance>
# The two are commands: <proxy> --listen HOST:PORT --to URL, and <checks> --endpoint URL --image URI; both end with 1 for a
# complaint. Where one is missing this says so and ends with 0. Needs a finished `./mvnw verify`, and Python for the judges.
set -eu
cd "$(dirname -- "$0")/../.."
shapecheck=${1:-${AWS_SHAPECHECK:-aws-shapecheck}} conformance=${2:-${AWS_CONFORMANCE:-aws-conformance}}
for judge in "$shapecheck" "$conformance"; do
  if ! command -v "$judge" >/dev/null 2>&1; then
    echo "aws-protocol: skipped, there is no command $judge (give both as arguments, or as AWS_SHAPECHECK and AWS_CONFORMANCE)" >&2
    exit 0
  fi
done
work=$PWD/target/bench-aws
# shellcheck source=src/bench/sample.sh
. src/bench/sample.sh
cp -R src/it/plain-http "$work/clock"
rm -rf "$work/clock/target"

proxy=
stop() {
  [ -z "$proxy" ] || kill "$proxy" 2>/dev/null || true
  mvn_in "$work/clock" "$plugin":sandbox-stop -Decs.sandbox.forget >/dev/null 2>&1 || true
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

await() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || {
      echo "aws-protocol: not within a minute: $*" >&2
      exit 1
    }
    sleep 0.1
  done
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
listens() { python3 -c 'import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1)' "$1" 2>/dev/null; }

# A sandbox without anything in it: what the deploy makes passes by the proxy, too.
mvn_in "$work/clock" "$plugin":sandbox >"$work/sandbox.log" 2>&1 &
await grep -q 'aws ecs list-clusters' "$work/sandbox.log"
aws=http://127.0.0.1:$(of_sandbox port)
port=$(free_port)
"$shapecheck" --listen "127.0.0.1:$port" --to "$aws" --report "$work/exchanges.jsonl" >"$work/shapecheck.txt" 2>&1 &
proxy=$!
await listens "$port"

pushed() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" "$work/clock/target/ecs/push.json" | sed -n 1p; }
complaints=0
# call <what> <whether it shall succeed> <words of its log> <arguments>...
call() {
  what=$1 good=$2 says=$3
  shift 3
  echo "aws-protocol: $what" >&2
  ended=yes
  mvn_in "$work/clock" "$@" -Decs.sandbox=true -Decs.endpoint="http://127.0.0.1:$port" >"$work/$what.log" 2>&1 || ended=no
  if [ "$ended" != "$good" ] || ! grep -q -- "$says" "$work/$what.log"; then
    echo "aws-protocol: $what did not end as it should ('$says'), see $work/$what.log" >&2
    exit 1
  fi
}
call first-deploy yes 'completed, running' deploy -Decs.container.labels.round=first
call second-deploy yes 'completed, running' deploy -Decs.container.labels.round=second
image="$(pushed registry)/$(pushed repository)@$(pushed digest)"
call crash no 'back to revision 2' deploy -Decs.taskDefinition.environment.JAVA_TOOL_OPTIONS=-Xmx1k
call rollback yes 'Rolled back: revision 1 runs again' "$plugin:rollback" -Decs.to=1
call scan no '1 of CRITICAL' deploy -Decs.repository=scanned -Decs.createRepository=true \
  -Decs.scan.failOn=CRITICAL -Decs.repository.scanOnPush=true '-Decs.repository.tags=sandbox:scan=CRITICAL=1 LOW=2'
kill -TERM "$proxy"
wait "$proxy" || complaints=1
proxy=
cat "$work/shapecheck.txt"
[ -s "$work/exchanges.jsonl" ] || {
  echo "aws-protocol: nothing has passed by the proxy" >&2
  exit 1
}

echo "aws-protocol: the checks with stock clients" >&2
"$conformance" --endpoint "$aws" --region "$(of_sandbox region)" --image "$image" || complaints=1
exit "$complaints"
