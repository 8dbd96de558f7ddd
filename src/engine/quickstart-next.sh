#!/bin/sh
# The last words of the quickstart: where the service answers, and what to do with it.
set -eu
cd "$(dirname -- "$0")/../.."
record=src/it/quickstart/target/ecs/redeploy.json
# With ecs.dryRun nothing may have been deployed.
[ -f "$record" ] || exit 0
url=$(sed -n 's/.*"url" *: *"\([^"]*\)".*/\1/p' "$record" | sed -n 1p)
options= image=
[ ! -f target/quickstart-options ] || options=$(cat target/quickstart-options)
[ ! -f target/engine.properties ] || image=$(sed -n 's/^ecs.from.image=/ -Decs.from.image=/p' target/engine.properties)
source=src/it/quickstart/src/main/java/shop/greeting/Greeting.java
case $(cat "$source") in
*'"Hello, '*) now=Hello other=Hi ;;
*) now=Hi other=Hello ;;
esac
cat <<TEXT

The service answers at $url, and goes on serving.

  Try it          curl '$url/greeting?name=Ada'
  Change a line   write "$other, " for "$now, " in $source, then
                  ./mvnw -Pquickstart$options     a rolling redeploy at the same address
  Your project    ./mvnw install -DskipTests      once, so that other projects find the plugin; in yours then
                  mvn deploy -Decs.sandbox$image$options
  Stop it         ./mvnw -Pquickstart-stop$options

TEXT
