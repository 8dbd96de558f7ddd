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

# Times as the CLI writes them: version 1 in seconds, version 2 in ISO 8601.
milliseconds() {
  while read -r time; do
    case $time in
      *-*) date -d "$time" +%s%3N ;;
      *) date -d "@$time" +%s%3N ;;
    esac
  done
}

# When AWS said so first after a time: the millisecond of the oldest event that holds the text.
event() {
  aws_ecs describe-services --cluster "$cluster" --services "$service" --output text \
    --query "services[0].events[?contains(message, '$1')].[to_string(createdAt)]" |
    milliseconds | sort -n | awk -v since="$2" '$1 > since {print; exit}'
}

# When the third of the tasks that crashed since a time had stopped.
third_stopped() {
  for task in $(aws_ecs list-tasks --cluster "$cluster" --service-name "$service" --desired-status STOPPED --output text \
    --query 'taskArns[]'); do
    aws_ecs describe-tasks --cluster "$cluster" --tasks "$task" --output text \
      --query "tasks[?stopCode=='EssentialContainerExited'].[to_string(stoppedAt)]"
  done | milliseconds | sort -n | awk -v since="$1" '$1 > since && ++n == 3 {print; exit}'
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
  told_at=$(at "$work/bad-$round.log" 'tasks of revision [0-9]+ stopped' || true)
  third_at=$(third_stopped "$begun")
  [ -z "$told_at" ] || [ -z "$third_at" ] || echo $((told_at - third_at)) >>"$work/loop"
  round=$((round + 1))
done
mvn_in "$work/clock" "$plugin":sandbox-stop >/dev/null 2>&1 || true

row "what (median of $rounds)" "measured" "target"
row "success is told after it is true, ms" "$(value success)" "1500"
row "aws ecs wait services-stable says so after, ms" "$(value aws-wait)" ""
row "a rollback's end is told after it is true, ms" "$(value failure)" "1500"
row "a crash loop is told after the third task stopped, ms" "$(value loop)" "1500"
row "nothing to do: redeploy takes, ms" "$(value nothing)" "2000"
