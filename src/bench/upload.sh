#!/bin/sh
# A front end of 5,000 files to S3, beside `aws s3 sync` with the same tree, server and run: the first upload, and one of 10 changes.
#   src/bench/upload.sh [rounds]        default: 3
# Needs a finished `./mvnw verify`, and curl. The server is S3Mock in the version that S3MOCK gives (S3MOCK=5.2.0), or what answers at
# S3_ENDPOINT, else the sandbox. The AWS CLI is compared with where it is installed.
#
# The server is warm: five thousand files went there before, as headers and checksums of a client make them. Each round has buckets of its own.
#
# "The server alone" is the same 5,000 PutObject sent by curl, 8 at once, which reads the files and does nothing else: what no client is much
# faster than against that server. It belongs beside the figures of S3Mock 2.17 and later: for each new key they read the JSON file of all keys
# of the bucket three times (2.17) or four (4.12, 5.2) and write it once, under one lock, so that 5,000 puts cost them the square
# of their number whoever sends them, how many at once and with whatever headers. JFR of 5.2.0: 77 % of its time. S3Mock 2.4.16
# has no such file.
set -eu
cd "$(dirname -- "$0")/../.."
rounds=${1:-3}
work=$PWD/target/bench-upload
. src/bench/sample.sh
mkdir -p "$work/web"
sed -e '/<ecs.upload.distribution>/d' -e '/<ecs.smoke/d' src/it/front-end/pom.xml >"$work/web/pom.xml"
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null' EXIT

# 5,000 files of 1 to 20 kB, one in a hundred a page.
tree() {
  python3 - "$1" <<'PYTHON'
import os, random, sys
chance = random.Random(5000)
for i in range(5000):
    folder = os.path.join(sys.argv[1], "d%02d" % (i % 50))
    os.makedirs(folder, exist_ok=True)
    name = "p%d.html" % i if i % 100 == 0 else "f%d.js" % i
    with open(os.path.join(folder, name), "wb") as file:
        file.write(b"%d " % i + chance.randbytes(chance.randint(500, 10000)).hex().encode())
PYTHON
}

change() {
  for i in 1 2 3 4 5 6 7 8 9 11; do
    printf ' changed %s' "$2" >>"$1/d$(printf %02d $i)/f$i.js"
  done
}

AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench
if [ -n "${S3MOCK:-}" ]; then
  kind=s3mock-$S3MOCK
  # Spring Boot's versions from S3Mock's own parent, which those who depend on it don't get: 5 needs them.
  case $S3MOCK in
    5.*) boot='<dependencyManagement><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-dependencies</artifactId><version>4.1.1</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement>' ;;
    *) boot= ;;
  esac
  mkdir -p "$work/server"
  echo "<project><modelVersion>4.0.0</modelVersion><groupId>s3</groupId><artifactId>mock</artifactId><version>1</version>$boot<dependencies>" \
    "<dependency><groupId>com.adobe.testing</groupId><artifactId>s3mock</artifactId><version>$S3MOCK</version></dependency>" \
    "</dependencies></project>" >"$work/server/pom.xml"
  "$maven" -B -q -f "$work/server/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -Dmdep.outputFile="$work/server/classpath"
  port=$(python3 -c 'import socket; free = socket.socket(); free.bind(("127.0.0.1", 0)); print(free.getsockname()[1])')
  endpoint=http://127.0.0.1:$port
  # The store's folder has two names, by version.
  java -cp "$(cat "$work/server/classpath")" com.adobe.testing.s3mock.S3MockApplication --com.adobe.testing.s3mock.httpPort=$port \
    --server.port=0 --com.adobe.testing.s3mock.store.root="$work/s3mock" --com.adobe.testing.s3mock.domain.root="$work/s3mock" \
    >"$work/s3mock.log" 2>&1 &
  server=$!
  until grep -q "Started S3MockApplication" "$work/s3mock.log"; do
    kill -0 "$server"
    sleep 0.2
  done
elif [ -n "${S3_ENDPOINT:-}" ]; then
  kind=$S3_ENDPOINT
  endpoint=$S3_ENDPOINT
else
  kind=sandbox
  mkdir -p "$work/web/dist"
  cp src/it/front-end/dist/index.html "$work/web/dist"
  mvn_in "$work/web" deploy -Decs.sandbox=true >"$work/sandbox.log" 2>&1
  endpoint=http://127.0.0.1:$(of_sandbox port)
  AWS_ACCESS_KEY_ID=$(of_sandbox accessKeyId) AWS_SECRET_ACCESS_KEY=$(of_sandbox secretAccessKey)
fi
AWS_DEFAULT_REGION=us-east-1 AWS_REGION=us-east-1 AWS_PAGER=
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_DEFAULT_REGION AWS_REGION AWS_PAGER
aws=
if command -v aws >/dev/null 2>&1; then
  aws=yes
else
  echo "bench: no AWS CLI here: nothing to compare with" >&2
fi

signed() { curl -sS -f -o /dev/null --aws-sigv4 aws:amz:us-east-1:s3 --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" "$@"; }

buckets() {
  for who in plugin aws curl; do
    signed -X PUT "$endpoint/of-$who-$1"
  done
}

# Milliseconds of a whole command, its start included.
timed() {
  file=$1
  shift
  begun=$(now)
  "$@" >"$work/last.log" 2>&1 || { cat "$work/last.log" >&2; exit 1; }
  echo $(($(now) - begun)) >>"$work/$file"
}

upload() {
  timed "$1" mvn_in "$work/web" deploy -Decs.endpoint="$endpoint" -Decs.upload.bucket="of-plugin-$2" \
    -Decs.upload.prefix="$2" -Decs.upload.directory="$work/tree"
  # The goal alone, by its own account.
  sed -n 's/.*"millis" *: *\([0-9]*\).*/\1/p' "$work/web/target/ecs/upload.json" >>"$work/$1-goal"
}

sync() {
  [ -z "$aws" ] || timed "$1" aws --endpoint-url "$endpoint" s3 sync "$work/tree" "s3://of-aws-$2/$2" --delete --only-show-errors
}

# alone FILE FOLDER: the same files and nothing else, so what the server itself takes for them.
alone() {
  (cd "$work/tree" && find . -type f | sort | sed "s#^\\./\\(.*\\)#upload-file = \"\\1\"\\nurl = \"$endpoint/of-curl-$2/$2/\\1\"#") >"$work/curl.config"
  (cd "$work/tree" && timed "$1" signed --parallel --parallel-max 8 -K "$work/curl.config")
}

# The server has seen what both clients send, so that neither of them meets code that was not compiled.
warm() {
  buckets warm
  upload warm warm
  sync warm warm
  alone warm warm
  change "$work/tree" 0
  upload warm warm
}

round=1
while [ "$round" -le "$rounds" ]; do
  echo "bench: round $round of $rounds" >&2
  rm -rf "$work/tree"
  tree "$work/tree"
  [ "$round" -gt 1 ] || warm
  buckets "round-$round"
  upload first "round-$round"
  sync first-aws "round-$round"
  alone first-alone "round-$round"
  change "$work/tree" "$round"
  upload ten "round-$round"
  sync ten-aws "round-$round"
  upload none "round-$round"
  sync none-aws "round-$round"
  round=$((round + 1))
done

ratio() {
  [ -s "$work/$2" ] && awk -v one="$(value "$1")" -v other="$(value "$2")" 'BEGIN {printf "%.2f\n", one / other}' || echo -
}

row "server" "$kind" ""
for what in first ten none; do
  case $what in
    first) name="5,000 files, the first upload" ;;
    ten) name="5,000 files, 10 of them changed" ;;
    none) name="5,000 files, none changed" ;;
  esac
  row "$name: mvn deploy" "$(value $what)" ms
  row "  ecs:upload in it" "$(value $what-goal)" ms
  row "  aws s3 sync" "$(value $what-aws)" ms
  [ $what != first ] || row "  the server alone (PutObject by curl, 8 at once)" "$(value first-alone)" ms
  row "  mvn deploy to aws s3 sync" "$(ratio $what $what-aws)" ""
  row "  ecs:upload to aws s3 sync" "$(ratio $what-goal $what-aws)" "(at most 0.7)"
done
