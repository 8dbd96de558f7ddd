#!/bin/sh
# Whether plugin and sandbox speak AWS's protocol, judged from outside with botocore's models: a proxy between the two during a
# whole `mvn deploy`, and stock clients and waiters against the sandbox. Exit status 1 when one of the judges complains.
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

complaints=0
for round in first second; do
  echo "aws-protocol: mvn deploy, the $round" >&2
  mvn_in "$work/clock" deploy -Decs.sandbox=true -Decs.endpoint="http://127.0.0.1:$port" \
    -Decs.container.labels.round="$round" >"$work/deploy-$round.log" 2>&1 || {
    echo "aws-protocol: the deploy failed, see $work/deploy-$round.log" >&2
    exit 1
  }
done
kill -TERM "$proxy"
wait "$proxy" || complaints=1
proxy=
cat "$work/shapecheck.txt"
[ -s "$work/exchanges.jsonl" ] || {
  echo "aws-protocol: nothing has passed by the proxy" >&2
  exit 1
}

pushed() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" "$work/clock/target/ecs/push.json" | sed -n 1p; }
echo "aws-protocol: the checks with stock clients" >&2
"$conformance" --endpoint "$aws" --region "$(of_sandbox region)" \
  --image "$(pushed registry)/$(pushed repository)@$(pushed digest)" || complaints=1
exit "$complaints"
