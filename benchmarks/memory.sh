#!/usr/bin/env bash
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#     http://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
#
# Peak memory of `gemoclap annotate`, for archives of different sizes and for one very long recording.
# Usage: benchmarks/memory.sh CORPUS_FOLDER [CASE ...]
#   CORPUS_FOLDER  a folder of short speech clips in one format (.flac or .wav); at least one clip
#   CASE           KIND:SIZE:HEAP[:RUNNER]; KIND is clips (SIZE is how many files) or hours (SIZE is how many hours
#                  in one file). RUNNER is FlinkRunner unless named.
#                  Default: clips:500:512m clips:5000:512m hours:10:512m
# Environment: LIMIT_S, the longest that a case may run (default 900); OPTIONS, further options of annotate.
# Build first: ./mvnw -q -pl training -am compile. Needs: java 17, ffmpeg, ffprobe, GNU time (/usr/bin/time).
# The archives lie in a folder of TMPDIR that is deleted at the end.
set -euo pipefail
export LC_ALL=C

if [ $# -lt 1 ] || [ ! -d "$1" ]; then
  sed -n '/^# Usage/,/^# The archives/s/^# //p' "$0" >&2
  exit 2
fi
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
corpus=$(cd "$1" && pwd)
shift
cases=("$@")
[ ${#cases[@]} -gt 0 ] || cases=(clips:500:512m clips:5000:512m hours:10:512m)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

mapfile -t clips < <(find "$corpus" -type f \( -name '*.flac' -o -name '*.wav' \) | sort)
[ ${#clips[@]} -gt 0 ] || { echo "$corpus holds no .flac and no .wav file" >&2; exit 2; }

(cd "$here" && ./mvnw -o -q -B -pl training -am compile dependency:build-classpath -Dmdep.outputFile="$tmp/classpath" >&2)
classpath="$here/training/target/classes:$here/beam-transforms/target/classes:$(cat "$tmp/classpath")"

# An archive of $1 clips under different names.
make_clips() {
  local folder="$tmp/clips-$1"
  if [ ! -d "$folder" ]; then
    mkdir "$folder"
    for ((i = 0; i < $1; i++)); do
      local clip=${clips[i % ${#clips[@]}]}
      ln -s "$clip" "$folder/$(printf %06d "$i").${clip##*.}"
    done
  fi
  echo "$folder"
}

# One recording of $1 hours: the clips one after the other, again and again, cut to the exact length.
make_hours() {
  local file="$tmp/hours-$1.flac"
  if [ ! -f "$file" ]; then
    printf "file '%s'\n" "${clips[@]}" > "$tmp/list"
    ffmpeg -nostdin -v error -y -f concat -safe 0 -i "$tmp/list" -ar 16000 -ac 1 -c:a flac "$tmp/once.flac"
    ffmpeg -nostdin -v error -y -stream_loop -1 -i "$tmp/once.flac" -t "$(($1 * 3600))" \
      -c:a flac -compression_level 0 "$file"
  fi
  echo "$file"
}

# Without the second, JavaCPP refuses to allocate once the whole process holds twice the heap.
flags=(-XX:+ExitOnOutOfMemoryError -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dai.djl.offline=true)
row='%-12s %-13s %6s %12s %9s %9s  %s\n'
# shellcheck disable=SC2059 # the format is the constant above
printf "$row" input runner -Xmx "peak RSS MiB" "wall s" segments outcome
for case in "${cases[@]}"; do
  IFS=: read -r kind size heap runner <<< "$case:FlinkRunner"
  runner=${runner%%:*}
  case $kind in
    clips) input=$(make_clips "$size") ;;
    hours) input=$(make_hours "$size") ;;
    *) echo "Unknown kind of case: $case" >&2; exit 2 ;;
  esac
  status=0
  rm -rf "$tmp/out"
  # shellcheck disable=SC2086 # several options
  /usr/bin/time -q -o "$tmp/time" -f '%M %e' timeout "${LIMIT_S:-900}" \
    java "-Xmx$heap" "${flags[@]}" -cp "$classpath" io.gemoclap.cli.Gemoclap annotate \
    --input="$input" --output="$tmp/out" ${OPTIONS:-} -- --runner="$runner" > "$tmp/log" 2>&1 || status=$?
  read -r kib seconds < "$tmp/time"
  segments=$({ cat "$tmp"/out/annotations-*.jsonl 2> /dev/null || true; } | wc -l)
  outcome=passed
  if [ "$status" -eq 124 ]; then
    outcome="stopped after ${LIMIT_S:-900} s: $(grep 'times real time' "$tmp/log" | tail -n 1)"
  elif [ "$status" -ne 0 ]; then
    outcome="exit status $status: $(grep -m 1 -E 'OutOfMemory|Failed:|out of memory' "$tmp/log" || tail -n 1 "$tmp/log")"
  fi
  # shellcheck disable=SC2059
  printf "$row" "$kind:$size" "$runner" "$heap" "$((kib / 1024))" "$seconds" "$segments" "$outcome"
done
