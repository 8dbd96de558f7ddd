#!/bin/sh
# Whether plugin and sandbox speak AWS's protocol, judged from outside with botocore's models: a proxy between the two during
# whole builds (two deploys, one that crashes and is rolled back, a rollback by hand, a blue/green rollout, one by CodeDeploy, a
# new repository with its policy and a scan that stops) and calls of the AWS CLI to the services beside, and stock clients and
# waiters against the sandbox. Exit status 1 when one of the judges complains.
#   src/bench/aws-protocol.sh <aws-shapecheck> <aws-conformance>
# The two are commands: <proxy> --listen HOST:PORT --to URL, and <checks> --endpoint URL --image URI; both end with 1 for a
# complaint. Where one is missing this says so and ends with 0. Needs a finished `./mvnw verify`, and Python for the judges;
# without the AWS CLI the rounds that it prepares are left out.
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

# cli <arguments>...: the AWS CLI through the proxy; its answer goes to stdout.
cli() {
  AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_DEFAULT_REGION=$(of_sandbox region) AWS_PAGER='' \
    AWS_ACCESS_KEY_ID=$(of_sandbox accessKeyId) AWS_SECRET_ACCESS_KEY=$(of_sandbox secretAccessKey) \
    AWS_CONFIG_FILE="$work/none" AWS_SHARED_CREDENTIALS_FILE="$work/none" \
    aws --output text "$@" 2>"$work/aws.log" || {
    echo "aws-protocol: aws $* failed: $(cat "$work/aws.log")" >&2
    return 1
  }
}
is_steady() {
  [ "$(cli ecs describe-services --cluster uat --services coded --query 'services[0].taskSets[0].stabilityStatus')" = STEADY_STATE ]
}
for_code_deploy() {
  family=$(cli ecs describe-services --cluster uat --services clock --query 'services[0].taskDefinition')
  cli --output json ecs describe-task-definition --task-definition "$family" \
    --query taskDefinition.containerDefinitions >"$work/containers.json"
  container=$(cli ecs describe-task-definition --task-definition "$family" --query 'taskDefinition.containerDefinitions[0].name')
  cli ecs register-task-definition --family coded --container-definitions "file://$work/containers.json"
  cli ecs create-service --cluster uat --service-name coded --task-definition coded --desired-count 1 \
    --deployment-controller type=CODE_DEPLOY --load-balancers "containerName=$container,containerPort=8080"
  cli deploy create-application --application-name AppECS-uat-coded --compute-platform ECS
  cli deploy create-deployment-group --application-name AppECS-uat-coded --deployment-group-name DgpECS-uat-coded \
    --service-role-arn arn:aws:iam::123456789012:role/ecsCodeDeployRole --ecs-services serviceName=coded,clusterName=uat \
    --blue-green-deployment-configuration 'deploymentReadyOption={actionOnTimeout=CONTINUE_DEPLOYMENT},terminateBlueInstancesOnDeploymentSuccess={action=TERMINATE,terminationWaitTimeInMinutes=0}'
}
# What upload, notify and the pages of the user's own AWS do, and what a person looks up after a build.
beside() {
  echo '<p>shop' >"$work/index.html"
  cli s3 mb s3://shop-web
  cli s3 cp "$work/index.html" s3://shop-web/app/index.html
  cli s3api list-objects-v2 --bucket shop-web --prefix app/
  cli s3api head-object --bucket shop-web --key app/index.html
  cli s3api get-object --bucket shop-web --key app/index.html "$work/got.html"
  cli s3 rm s3://shop-web/app/index.html
  invalidation=$(cli cloudfront create-invalidation --distribution-id E1SHOP --paths '/app/*' --query Invalidation.Id)
  cli cloudfront get-invalidation --distribution-id E1SHOP --id "$invalidation"
  cli sns publish --topic-arn "arn:aws:sns:$(of_sandbox region):000000000000:builds" --subject failed --message 'orders failed' \
    --message-attributes '{"outcome": {"DataType": "String", "StringValue": "failed"}}'
  cli sesv2 send-email --from-email-address ci@shop.example --destination ToAddresses=team@shop.example \
    --content 'Simple={Subject={Data=failed},Body={Text={Data=orders}}}'
  cli sts get-caller-identity
  cli sts assume-role --role-arn arn:aws:iam::210987654321:role/deploy --role-session-name ci
  cli ecr get-lifecycle-policy --repository-name scanned
  cli ecr describe-images --repository-name clock
  cli ecr list-tags-for-resource --resource-arn "$(cli ecr describe-repositories --repository-names scanned --query 'repositories[0].repositoryArn')"
  cli elbv2 describe-target-groups
  cli logs describe-log-groups
  cli deploy list-deployments --application-name AppECS-uat-coded --deployment-group-name DgpECS-uat-coded
}
prepared=no
if command -v aws >/dev/null 2>&1; then
  prepared=yes
  echo "aws-protocol: services of other kinds" >&2
  cli ecs update-service --cluster uat --service clock \
    --deployment-configuration strategy=BLUE_GREEN,bakeTimeInMinutes=0 >/dev/null
  call blue-green yes 'blue/green, no bake time' "$plugin:redeploy"
  for_code_deploy >/dev/null
  await is_steady
  call code-deploy yes 'by CodeDeploy' "$plugin:redeploy" -Decs.service=coded -Decs.mode=restart
else
  echo "aws-protocol: without blue/green, CodeDeploy and the services beside: there is no command aws" >&2
fi
call scan no '1 of CRITICAL' deploy -Decs.repository=scanned -Decs.createRepository=true -Decs.repository.lifecyclePolicy=30 \
  -Decs.scan.failOn=CRITICAL -Decs.repository.scanOnPush=true '-Decs.repository.tags=sandbox:scan=CRITICAL=1 LOW=2'
[ "$prepared" = no ] || beside >"$work/beside.txt"
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
