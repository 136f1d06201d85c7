#!/usr/bin/env bash
# Peak memory and processor time of `gemoclap train` on EmoDB and on corpora several times as large.
# Usage: benchmarks/train-scale.sh EMODB_FOLDER [TIMES ...]
#   EMODB_FOLDER  the folder that holds EmoDB's audio/
#   TIMES         sizes, as multiples of EmoDB; default: 1 10
# Every utterance stands in a larger corpus TIMES times, each time cut a little differently at its start
# and end, so that no two share their features.
# Environment: HEAP, of each process (default 1g); OPTIONS, of train.
# Needs: java 17, ffprobe, GNU time (/usr/bin/time). All files lie in a folder of TMPDIR that is deleted.
set -euo pipefail
export LC_ALL=C

if [ $# -lt 1 ] || [ ! -d "$1/audio" ]; then
  sed -n '/^# Usage/,/^# Needs/s/^# //p' "$0" >&2
  exit 2
fi
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
corpus=$(cd "$1" && pwd)
shift
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(1 10)
heap=${HEAP:-1g}
options=${OPTIONS:---copies=0 --text-steps=0 --epochs=5 --no-final}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

for file in "$corpus"/audio/*; do
  echo "$file,$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$file")"
done > "$tmp/durations"

# A csv corpus of $1 times EmoDB.
manifest() {
  awk -F, -v times="$1" '
    BEGIN {
      split("W anger L boredom E disgust A fear F happiness N neutral T sadness", words, " ")
      for (i = 1; i < 14; i += 2) emotion[words[i]] = words[i + 1]
      split("03 10 11 12 15", men, " ")
      for (i in men) male[men[i]] = 1
      print "path,emotion,speaker,gender,start_s,end_s"
    }
    {
      name = $1
      sub(/.*\//, "", name)
      speaker = substr(name, 1, 2)
      for (i = 0; i < times; i++)
        printf "%s,%s,%s,%s,%.3f,%.3f\n", $1, emotion[substr(name, 6, 1)], speaker,
          speaker in male ? "male" : "female", 0.01 * (i % 5), $2 - 0.01 * int(i / 5) - 0.001
    }' "$tmp/durations"
}

row='%-6s %11s %6s %13s %8s %14s %7s  %s\n'
# shellcheck disable=SC2059 # the format is the constant above
printf "$row" times utterances -Xmx "peak RSS MiB" "CPU s" "CPU s / times" "UAR" outcome
for times in "${sizes[@]}"; do
  manifest "$times" > "$tmp/corpus-$times.csv"
  status=0
  # shellcheck disable=SC2086 # several options
  GEMOCLAP_JAVA_OPTIONS="-Xmx$heap" /usr/bin/time -q -o "$tmp/time" -f '%M %U %S' \
    "$here/gemoclap" train --corpus="csv:$tmp/corpus-$times.csv" --output="$tmp/run-$times" \
    --fold-memory="$heap" $options > "$tmp/log" 2>&1 || status=$?
  read -r kib user system < "$tmp/time"
  outcome=passed
  [ "$status" -eq 0 ] || outcome="exit status $status: $(tail -n 1 "$tmp/log")"
  # shellcheck disable=SC2059
  printf "$row" "$times" "$(($(wc -l < "$tmp/corpus-$times.csv") - 1))" "$heap" "$((kib / 1024))" \
    "$(awk "BEGIN { printf \"%.0f\", $user + $system }")" \
    "$(awk "BEGIN { printf \"%.1f\", ($user + $system) / $times }")" \
    "$(sed -n 's/.*UAR \([0-9.]*\) .*/\1/p' "$tmp/log" | tail -n 1)" "$outcome"
done
