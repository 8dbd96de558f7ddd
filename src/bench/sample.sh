# What the benchmarks share; read by them with `.`, in the project's folder. Needs a finished `./mvnw verify`.
repo=$PWD/target/plugin-repo
maven=$PWD/target/mavens/apache-maven-3.9.12/bin/mvn
local_repository=${LOCAL_REPOSITORY:-$HOME/.m2/repository}
sandbox=$work/sandbox
plugin=io.github.ecsmaven:ecs-maven-plugin:0.1.0-SNAPSHOT
if [ ! -x "$maven" ] || [ ! -d "$repo" ]; then
  echo "bench: run ./mvnw verify first" >&2
  exit 1
fi
rm -rf "$work"
mkdir -p "$work"
sed "s#@localRepositoryUrl@#file://$local_repository#" src/it/settings.xml >"$work/settings.xml"

mvn_in() {
  folder=$1
  shift
  "$maven" -B -ntp -gs "$work/settings.xml" -f "$folder/pom.xml" -Dmaven.repo.local="$repo" \
    -Dmaven.repo.local.tail="$local_repository" -Dmaven.repo.local.tail.ignoreAvailability=true \
    -Decs.sandbox.home="$sandbox" -Decs.sandbox.port=0 -Decs.history="$sandbox/../history" -Decs.from.image=docker://ecs-maven-plugin/java:17 "$@"
}

# A field of the sandbox's own file.
of_sandbox() { sed -n "s/.*\"$1\" *: *\"*\([^\",}]*\).*/\1/p" "$sandbox/sandbox.json"; }

now() { date +%s%3N; }

median() { sort -n | awk '{v[NR] = $1} END {if (NR) print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2; else print "-"}'; }

value() { [ -s "$work/$1" ] && median <"$work/$1" || echo -; }

row() { printf '%-62s %10s %s\n' "$1" "$2" "$3"; }

# Prefixes each line of a build with the millisecond it came in.
stamped() { while IFS= read -r line; do printf '%s %s\n' "$(now)" "$line"; done; }

# The time of the first line that holds the pattern.
at() { grep -m1 -E -- "$2" "$1" | cut -d' ' -f1; }
