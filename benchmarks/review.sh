#!/usr/bin/env bash
# Measures gemoclap review on made-up results: how long and how large its index is, peak memory, and how long pages,
# counts and searches take through its server, the first time and in the median of five.
# Usage, after ./mvnw -B -DskipTests -pl integration-tests -am test-compile and ./gemoclap --version:
#   benchmarks/review.sh <segments> <vectors> <empty folder>
# Ten million segments need 25 GB of disk; half a million vectors take 1 GB.
set -euo pipefail
cd "$(dirname "$0")/.."
segments=$1 vectors=$2 folder=$3
class_path=training/target/classes:$(<training/target/classpath.txt)
if [[ ! -e $folder/summary.json ]]; then
  java -cp "integration-tests/target/test-classes:$class_path" io.gemoclap.review.LargeResults \
    "$folder" "$segments" "$vectors"
fi
rm -rf "$folder/review"
log=$(mktemp)
start=$(date +%s.%N)
java -Dorg.slf4j.simpleLogger.defaultLogLevel=error -Dorg.slf4j.simpleLogger.log.io.gemoclap=warn -cp "$class_path" \
  io.gemoclap.cli.Gemoclap review "$folder" --corrections="$log.jsonl" > "$log" 2>&1 &
server=$!
trap 'kill $server; rm -f "$log"*' EXIT
until grep -q '^Open ' "$log"; do
  kill -0 $server || { cat "$log"; exit 1; }
  sleep 0.2
done
printf 'index: %.0f s, %s MB, peak memory %s MB\n' "$(echo "$(date +%s.%N) - $start" | bc)" \
  "$(du -sm "$folder/review" | cut -f 1)" "$(($(grep VmHWM /proc/$server/status | tr -dc 0-9) / 1024))"

url=$(sed -n 's/^Open //p' "$log")
token=${url#*token=}
api=${url%%\?token*}api/
ask() {
  curl -s --noproxy '*' -H "X-Gemoclap-Token: $token" "$@"
}
measure() {
  local times=() i
  for i in 1 2 3 4 5 6; do
    times+=("$(ask -o /dev/null -w '%{time_total}' "$api$1")")
  done
  printf '%7.3f s %7.3f s  %s\n' "${times[0]}" "$(printf '%s\n' "${times[@]:1}" | sort -n | sed -n 3p)" "$1"
}
for order in archive least-certain most-typical random; do
  measure "segments?order=$order"
  measure "segments?order=$order&emotion=fear&min_confidence=0.4&metadata.city==Rome"
done
middle=$(ask "${api}segments?order=least-certain&min_confidence=0.5&size=1" | grep -o '"next":"[^"]*' | cut -d '"' -f 4)
measure "segments?order=least-certain&after=$middle"
measure "segments?recording=call-00000777"
measure "segments?metadata.speaker==s77&order=random"
measure "count?emotion=fear&min_confidence=0.4"
measure "recording?segment=$((segments / 2))"
if [[ $vectors -gt 0 ]]; then
  measure "search?segment=77"
  measure "search?segment=77&emotion=fear"
  until ls -d "$folder"/review/*.nearest > /dev/null 2>&1 || [[ $vectors -lt 1000000 ]]; do
    sleep 1
  done
  printf 'vectors: ready after %.0f s, %s MB in all\n' "$(echo "$(date +%s.%N) - $start" | bc)" \
    "$(du -sm "$folder/review" | cut -f 1)"
  measure "search?segment=77"
  measure "search?segment=77&emotion=fear"
fi
printf 'peak memory %s MB\n' "$(($(grep VmHWM /proc/$server/status | tr -dc 0-9) / 1024))"
