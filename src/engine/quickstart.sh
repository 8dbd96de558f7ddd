#!/bin/sh
# The quickstart: builds the plugin when it has changed, prepares an engine and a base image, and deploys the sample
# src/it/quickstart to the embedded AWS. quickstart.sh <Maven's home> <local repository> <version of the plugin>
set -eu
maven=$1/bin/mvn local_repository=$2 version=$3
cd "$(dirname -- "$0")/../.."
repo=target/plugin-repo
jar=$repo/io/github/ecsmaven/ecs-maven-plugin/$version/ecs-maven-plugin-$version.jar

is_built() {
  [ -f "$jar" ] && [ -z "$(find pom.xml src/main -newer "$jar" | sed -n 1p)" ]
}

# Maven on the sample. The user's own settings (mirrors, proxies) stay in force; only the installation's are replaced.
on_sample() {
  # In sed's replacement a backslash, & and the separator have a meaning; in XML, & and < do.
  url=$(printf '%s\n' "file://$local_repository" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/[\\&#]/\\&/g')
  sed "s#@localRepositoryUrl@#$url#" src/it/settings.xml >target/quickstart-settings.xml
  exec "$maven" --no-transfer-progress -gs target/quickstart-settings.xml -f src/it/quickstart/pom.xml \
    -Dmaven.repo.local="$PWD/$repo" -Dmaven.repo.local.tail="$local_repository" -Dmaven.repo.local.tail.ignoreAvailability=true "$@"
}

if ! is_built; then
  echo "Building the plugin, which takes a minute or two the first time …"
  "$maven" -B -q --no-transfer-progress -DskipTests -Dspotless.check.skip=true pre-integration-test
  touch "$jar"
fi
if [ "${QUICKSTART_GOAL-}" = stop ]; then
  on_sample "io.github.ecsmaven:ecs-maven-plugin:$version:sandbox-stop"
fi
sh src/engine/prepare.sh target/engine.properties
image=$(sed -n 's/^ecs.from.image=//p' target/engine.properties)
on_sample -Decs.sandbox=true ${image:+"-Decs.from.image=$image"} deploy
