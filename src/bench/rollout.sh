#!/bin/sh
# How soon a build knows what has become of a rollout, beside `aws ecs wait services-stable` in the same run.
#   src/bench/rollout.sh [rounds]        default: 3
# On the sample without a framework, against the sandbox. Needs a finished `./mvnw verify`, and the AWS CLI.
set -eu
cd "$(dirname -- "$0")/../.."
rounds=${1:-3}
work=$PWD/target/bench-rollout
. src/bench/sample.sh
cp -R src/it/plain-http "$work/clock"
rm -rf "$work/clock/target"
main=$(find "$work/clock/src/main" -name '*.java' -exec grep -l 'HttpServer server' {} +)

aws_ecs() {
  AWS_ACCESS_KEY_ID=$(of_sandbox accessKeyId) AWS_SECRET_ACCESS_KEY=$(of_sandbox secretAccessKey) \
    AWS_DEFAULT_REGION=$(of_sandbox region) AWS_PAGER= aws --endpoint-url "http://127.0.0.1:$(of_sandbox port)" ecs "$@"
}

# When AWS said so first after a time: the millisecond of the oldest event that holds the text.
event() {
  aws_ecs describe-services --cluster "$cluster" --services "$service" --output text \
    --query "services[0].events[?contains(message, '$1')].[to_string(createdAt)]" |
    while read -r time; do
      # Version 1 of the CLI writes seconds, version 2 ISO 8601.
      case $time in
        *-*) date -d "$time" +%s%3N ;;
        *) date -d "@$time" +%s%3N ;;
      esac
    done | sort -n | awk -v since="$2" '$1 > since {print; exit}'
}

deploy() {
  log=$1
  shift
  mvn_in "$work/clock" deploy -Decs.sandbox=true "$@" 2>&1 | stamped >"$log"
}

echo "bench: first deploy …" >&2
deploy "$work/first.log"
cluster=$(sed -n 's/.*"cluster" *: *"\([^"]*\)".*/\1/p' "$work/clock/target/ecs/redeploy.json" | sed -n 1p)
service=$(sed -n 's/.*"service" *: *"\([^"]*\)".*/\1/p' "$work/clock/target/ecs/redeploy.json" | sed -n 1p)

round=1
while [ "$round" -le "$rounds" ]; do
  echo "bench: rollout $round of $rounds" >&2
  awk -v n="$round" '/HttpServer server/ && !done {print "        System.out.println(\"round " n "\");"; done = 1} {print}' \
    "$main" >"$work/main.java"
  cp "$work/main.java" "$main"
  begun=$(now)
  deploy "$work/good-$round.log" &
  until grep -q 'Rollout of' "$work/good-$round.log" 2>/dev/null; do sleep 0.05; done
  (aws_ecs wait services-stable --cluster "$cluster" --services "$service" && now >"$work/waited-$round") &
  wait
  true_at=$(event 'has reached a steady state' "$begun")
  echo $(($(at "$work/good-$round.log" 'completed, running sha256') - true_at)) >>"$work/success"
  echo $(($(cat "$work/waited-$round") - true_at)) >>"$work/aws-wait"

  deploy "$work/same-$round.log"
  echo $(($(at "$work/same-$round.log" 'ECS summary') - $(at "$work/same-$round.log" ':redeploy.*@'))) >>"$work/nothing"
  round=$((round + 1))
done

round=1
cp "$main" "$work/good.java"
while [ "$round" -le "$rounds" ]; do
  echo "bench: crash $round of $rounds" >&2
  awk -v n="$round" '/HttpServer server/ && !done {print "        if (System.getenv(\"TESTED\") == null) throw new IllegalStateException(\"crash " n "\");"; done = 1} {print}' \
    "$work/good.java" >"$main"
  begun=$(now)
  deploy "$work/bad-$round.log" -Decs.test.environment.TESTED=yes || true
  back_at=$(event 'deployment completed' "$begun")
  echo $(($(at "$work/bad-$round.log" 'ECS summary') - back_at)) >>"$work/failure"
  round=$((round + 1))
done
mvn_in "$work/clock" "$plugin":sandbox-stop >/dev/null 2>&1 || true

row "what (median of $rounds)" "measured" "target"
row "success is told after it is true, ms" "$(value success)" "1500"
row "aws ecs wait services-stable says so after, ms" "$(value aws-wait)" ""
row "a rollback's end is told after it is true, ms" "$(value failure)" "1500"
row "nothing to do: redeploy takes, ms" "$(value nothing)" "2000"
