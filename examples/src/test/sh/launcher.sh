#!/bin/sh
# Tests ./gradus: with a JDK and a Maven that only say how they were called, then for real.
# Use: launcher.sh REPOSITORY JDK [SHELL]
# shellcheck disable=SC2016 # what is quoted is meant to arrive as it is
set -eu
repository=$(cd "$1" && pwd -P)
jdk=$2
shell=${3:-sh}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
work=$(cd "$work" && pwd -P)
failed=0

expect() {
  if [ "$2" != "$3" ]; then
    printf 'launcher: %s:\n  expected: %s\n  but got:  %s\n' "$1" "$2" "$3" >&2
    failed=1
  fi
}

contains() {
  case $3 in
    *"$2"*) ;;
    *) expect "$1" "... $2 ..." "$3" ;;
  esac
}

make_jdk() {
  mkdir -p "$1/bin"
  printf 'JAVA_VERSION="%s"\n' "$2" >"$1/release"
  printf '#!/bin/sh\necho "jdk=%s"\nfor a; do echo "[$a]"; done\nexit "${CODE:-0}"\n' "$1" >"$1/bin/java"
  cp "$1/bin/java" "$1/bin/javac"
  chmod +x "$1/bin/java" "$1/bin/javac"
}

# A checkout with spaces in its name, built already, whose launcher looks for JDKs in no folder of this machine.
checkout=$work/my\ check\ out
lib=$checkout/examples/target/lib
mkdir -p "$checkout/graph-core/src/main" "$lib"
touch "$checkout/pom.xml" "$checkout/graph-core/pom.xml"
sed -e 's| /usr/| /none/usr/|g' -e 's| /opt/| /none/opt/|g' -e 's| /Library/| /none/Library/|g' \
  "$repository/gradus" >"$checkout/gradus"
touch "$lib/gradus-examples-1.jar"
make_jdk "$work/jdk 25" 25.0.1
make_jdk "$work/jdk-26" 26
make_jdk "$work/jdk-17" 17.0.2
make_jdk "$work/jdk-8" 1.8.0_402
tools=$work/tools
mkdir "$tools"
PATH=$tools:/usr/bin:/bin
for tool in java javac mvn; do
  printf '#!/bin/sh\nexit 99\n' >"$tools/$tool"
  chmod +x "$tools/$tool"
done
HOME=$work/home
mkdir "$HOME"
export PATH HOME
unset JAVA_HOME || :

gradus() { "$shell" "$checkout/gradus" "$@"; }

# Arguments arrive as they are, with the options a start needs; the exit code is the program's.
out=$(JAVA_HOME="$work/jdk 25" gradus explain 'a b*c' "it's" '"q"' '' '$x' 'x=[[1, 2]]' 2>/dev/null)
expect "arguments" "jdk=$work/jdk 25
[-XX:+UseParallelGC]
[--add-modules]
[jdk.incubator.vector]
[--enable-native-access=dev.gradus.core,org.jline.nativ]
[-Dgradus.terminal=false]
[--module-path]
[$lib]
[--module]
[dev.gradus.examples/dev.gradus.command.Main]
[explain]
[a b*c]
[it's]
[\"q\"]
[]
[\$x]
[x=[[1, 2]]]" "$out"
# The benchmarks have a start of their own.
mkdir -p "$checkout/benchmarks/target/lib"
touch "$checkout/benchmarks/target/lib/gradus-benchmarks-1.jar"
out=$(JAVA_HOME="$work/jdk 25" gradus bench mlp 2>/dev/null)
expect "the benchmarks" "jdk=$work/jdk 25
[-XX:+UseParallelGC]
[--add-modules]
[jdk.incubator.vector]
[--enable-native-access=ALL-UNNAMED]
[--class-path]
[$checkout/benchmarks/target/lib/*]
[dev.gradus.benchmarks.Main]
[bench]
[mlp]" "$out"
code=0
CODE=7 JAVA_HOME="$work/jdk 25" gradus check >"$work/out" || code=$?
expect "exit code" 7 "$code"

# From elsewhere, through links: one that is absolute, and one that is relative to it.
mkdir "$work/links"
ln -s "$checkout/gradus" "$work/links/first"
ln -s first "$work/links/second"
out=$(cd "$work/links" && JAVA_HOME="$work/jdk 25" "$shell" ./second)
contains "through links" "[$lib]" "$out"

# Which JDK: JAVA_HOME if it is new enough, else the one on the path, else those in the usual places.
out=$(JAVA_HOME="$work/jdk-26" gradus)
contains "a newer JAVA_HOME" "jdk=$work/jdk-26" "$out"
mkdir -p "$HOME/.jdks" "$work/bin"
ln -s "$work/jdk-17" "$HOME/.jdks/a-17"
ln -s "$work/jdk-26" "$HOME/.jdks/b-26"
ln -s "$work/jdk 25/bin/java" "$work/bin/java"
out=$(JAVA_HOME="$work/jdk-17" PATH="$work/bin:$PATH" gradus)
contains "an old JAVA_HOME, a new one on the path" "jdk=$work/jdk 25" "$out"
out=$(JAVA_HOME="$work/jdk-8" gradus)
contains "an old JAVA_HOME, none on the path" "jdk=$work/jdk-26" "$out"
rm "$HOME/.jdks/b-26"
code=0
out=$(JAVA_HOME="$work/jdk-8" gradus 2>&1) || code=$?
expect "no JDK" 2 "$code"
contains "no JDK" "a JDK of version 25 or newer is needed, but none was found; install one" "$out"

# Builds when there is nothing to run or a source is newer, says so in one line on stderr, and not again.
JAVA_HOME="$work/jdk 25"
export JAVA_HOME
cat >"$tools/mvn" <<'MVN'
#!/bin/sh
echo "noise of the build"
echo "$JAVA_HOME|$PWD|$*" >>"$MVN_LOG"
mkdir -p examples/target/lib
[ -n "${MVN_FAILS:-}" ] && exit 1
touch examples/target/lib/gradus-examples-1.jar
MVN
MVN_LOG=$work/mvn.log
export MVN_LOG
rm "$lib/gradus-examples-1.jar"
(cd "$work" && gradus ops >"$work/out" 2>"$work/err")
expect "the line of a build" "gradus: building once, this takes a minute ..." "$(cat "$work/err")"
expect "the output of a build" "jdk=$work/jdk 25" "$(head -n 1 "$work/out")"
expect "how Maven is called" "$JAVA_HOME|$checkout|-B -ntp -q -DskipTests -Dmaven.javadoc.skip=true -Dmaven.source.skip=true package" "$(cat "$MVN_LOG")"
gradus ops >/dev/null 2>"$work/err"
expect "a second start" "" "$(cat "$work/err")"
touch -t 203001010000 "$checkout/graph-core/src/main/New.java"
gradus ops >/dev/null 2>"$work/err"
expect "a newer source" 2 "$(wc -l <"$MVN_LOG" | tr -d ' ')"
rm "$checkout/graph-core/src/main/New.java" "$lib/gradus-examples-1.jar"
code=0
MVN_FAILS=1 gradus ops >"$work/out" 2>"$work/err" || code=$?
expect "a failed build" 2 "$code"
contains "a failed build" "noise of the build
gradus: the build failed; the whole log is in " "$(cat "$work/err")"
rm -f "$(sed -n 's/.*whole log is in //p' "$work/err")"
rm "$tools/mvn"
if ! command -v mvn >/dev/null 2>&1; then
  code=0
  out=$(gradus ops 2>&1) || code=$?
  expect "no Maven" 2 "$code"
  contains "no Maven" "Maven is needed to build, but mvn was not found" "$out"
fi

# For real. What runs this has just built; the stamp says so.
touch "$repository/examples/target/built"
JAVA_HOME=$jdk
contains "the version" "gradus " "$("$shell" "$repository/gradus" --version 2>/dev/null)"
code=0
"$shell" "$repository/gradus" no-such-command >/dev/null 2>"$work/err" || code=$?
expect "a wrong command" 2 "$code"
contains "a wrong command" "no-such-command" "$(cat "$work/err")"

[ "$failed" -eq 0 ] || exit 1
echo "launcher: all well"
