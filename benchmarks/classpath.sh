#!/usr/bin/env bash
# Prints how many jars and megabytes (of 1,048,576 bytes) are on two class paths, and which groups take most:
# that of the gemoclap command, and that of a project that depends on gemoclap-beam-transforms alone.
#
#   benchmarks/classpath.sh                  # both; builds and installs what it measures first
#   benchmarks/classpath.sh --max 120 320    # fails if the command's exceeds 120 jars or 320 MB
#
# It installs our artifacts into target/classpath/repository and leaves your local repository alone.
# MAVEN_OPTIONS holds more options for Maven, such as -o or -Dnatives=linux-aarch64.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$PWD
work=$home/target/classpath
mkdir -p "$work/user"

maven() {
  # shellcheck disable=SC2086 # MAVEN_OPTIONS holds several words
  ./mvnw -B -q -ntp ${MAVEN_OPTIONS:-} \
    -Dmaven.repo.local="$work/repository" \
    -Dmaven.repo.local.tail="$HOME/.m2/repository" -Dmaven.repo.local.tail.ignoreAvailability=true "$@"
}

# Reads a class path and prints its jars and megabytes, then the ten largest groups.
report() {
  tr ':' '\n' < "$2" | grep '\.jar$' | sort -u | while read -r jar; do
    group=${jar#*/repository/}
    group=$(dirname "$(dirname "$(dirname "$group")")")
    case $group in "$home"*) group=io.gemoclap ;; esac
    echo "$(wc -c < "$jar") $(echo "$group" | tr / .)"
  done | awk -v name="$1" '
    { jars++; bytes += $1; groupJars[$2]++; groupBytes[$2] += $1 }
    END {
      printf "%s: %d jars, %.0f MB\n", name, jars, bytes / 1048576
      for (g in groupBytes) printf "  %7.1f MB %4d jars  %s\n", groupBytes[g] / 1048576, groupJars[g], g | "sort -rn | head -n 10"
    }'
}

maven -Dmaven.test.skip=true -DskipTests -pl training -am install
version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' pom.xml | head -n 1)
sed "s/VERSION/$version/" > "$work/user/pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>user</groupId>
  <artifactId>user</artifactId>
  <version>1</version>
  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>io.gemoclap</groupId>
        <artifactId>gemoclap-parent</artifactId>
        <version>VERSION</version>
        <type>pom</type>
        <scope>import</scope>
      </dependency>
    </dependencies>
  </dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>io.gemoclap</groupId>
      <artifactId>gemoclap-beam-transforms</artifactId>
    </dependency>
  </dependencies>
</project>
POM
maven -f "$work/user/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
  -DincludeScope=runtime -Dmdep.outputFile="$work/user.txt"

report "The command gemoclap" training/target/classpath.txt | tee "$work/command.report"
report "A project with gemoclap-beam-transforms" "$work/user.txt"

if [[ ${1:-} == --max ]]; then
  head -n 1 "$work/command.report" | awk -v jars="$2" -v megabytes="$3" '
    { n = $4; m = $6; if (n > jars || m > megabytes) { print "Too much: at most " jars " jars and " megabytes " MB"; exit 1 } }'
fi
