#!/bin/sh
# The quickstart: builds the plugin when it has changed, prepares an engine and a base image, and deploys the sample
# src/it/quickstart to the embedded AWS. quickstart.sh <Maven's home> <local repository> <version of the plugin> <user properties>
# Transfers are not shown: .mvn/maven.config tells each Maven here so.
set -eu
maven=$1/bin/mvn local_repository=$2 version=$3 user_properties=${4-}
cd "$(dirname -- "$0")/../.."
repo=target/plugin-repo
jar=$repo/io/github/ecsmaven/ecs-maven-plugin/$version/ecs-maven-plugin-$version.jar
build_log=target/quickstart-build.log

is_built() {
  [ -f "$jar" ] && [ -z "$(find pom.xml src/main -newer "$jar" | sed -n 1p)" ]
}

# The whole log goes into a file; what is shown are its goals, as a sign of life.
build() {
  mkdir -p target
  rm -f "$build_log.failed"
  {
    "$maven" -B -DskipTests -Dspotless.check.skip=true -Dmaven.repo.local="$local_repository" pre-integration-test 2>&1 ||
      touch "$build_log.failed"
  } | tee "$build_log" | show_goals
  if [ -f "$build_log.failed" ]; then
    sed -n 's/^\[ERROR\] *//p' "$build_log" | sed -n 1,20p >&2
    echo "The plugin could not be built. Next: see $PWD/$build_log" >&2
    exit 1
  fi
  touch "$jar"
}

# "[INFO] --- maven-compiler-plugin:3.14.1:compile (default-compile) @ …" becomes "  compiler:compile".
show_goals() {
  while IFS= read -r line; do
    case $line in
    '[INFO] --- '*:*:*)
      plugin=${line#'[INFO] --- '} goal=${line#*:*:}
      plugin=${plugin%%:*} plugin=${plugin#maven-}
      echo "  ${plugin%-plugin}:${goal%% *}"
      ;;
    esac
  done
}

# Maven on the sample. The user's own settings (mirrors, proxies) stay in force; only the installation's are replaced.
on_sample() {
  # In sed's replacement a backslash, & and the separator have a meaning; in XML, & and < do.
  url=$(printf '%s\n' "file://$local_repository" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/[\\&#]/\\&/g')
  sed "s#@localRepositoryUrl@#$url#" src/it/settings.xml >target/quickstart-settings.xml
  exec "$maven" -gs target/quickstart-settings.xml -f src/it/quickstart/pom.xml \
    -Dmaven.repo.local="$PWD/$repo" -Dmaven.repo.local.tail="$local_repository" -Dmaven.repo.local.tail.ignoreAvailability=true "$@"
}

# Those of the plugin, of Java's text for a map, a line each.
ecs_properties() {
  printf '%s\n' "${user_properties#user properties }" |
    sed -e 's/^{//' -e 's/}$//' -e 's/, \([A-Za-z0-9._-]*=\)/\
\1/g' | sed -n '/^ecs\./p'
}

set --
while IFS= read -r property; do
  set -- "$@" ${property:+"-D$property"}
done <<PROPERTIES
$(ecs_properties)
PROPERTIES
if ! is_built; then
  echo "Building the plugin: a minute or two, and longer while the local repository is empty."
  build
fi
if [ "${QUICKSTART_GOAL-}" = stop ]; then
  on_sample "io.github.ecsmaven:ecs-maven-plugin:$version:sandbox-stop" "$@"
fi
sh src/engine/prepare.sh target/engine.properties
image=$(sed -n 's/^ecs.from.image=//p' target/engine.properties)
# For the last words: quickstart-next.sh repeats what the user has given.
printf '%s\n' "${*:+ $*}" >target/quickstart-options
echo "Deploying the sample: mvn deploy -Decs.sandbox${*:+ $*} in src/it/quickstart."
# Of a property that is named twice the last counts: the user's.
on_sample -Decs.sandbox=true ${image:+"-Decs.from.image=$image"} "$@" deploy
