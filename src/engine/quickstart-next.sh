#!/bin/sh
# The last words of the quickstart: where the service answers, and what to do with it.
set -eu
cd "$(dirname -- "$0")/../.."
record=src/it/quickstart/target/ecs/redeploy.json
# With ecs.dryRun nothing may have been deployed.
[ -f "$record" ] || exit 0
url=$(sed -n 's/.*"url" *: *"\([^"]*\)".*/\1/p' "$record" | sed -n 1p)
cat <<TEXT

The service answers at $url, and goes on serving.

  Try it          curl '$url/greeting?name=Ada'
  Change a line   write "Hi, " for "Hello, " in src/it/quickstart/src/main/java/shop/greeting/Greeting.java, then
                  ./mvnw -Pquickstart     a rolling redeploy at the same address
  Stop it         ./mvnw -Pquickstart-stop

TEXT
