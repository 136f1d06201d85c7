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
# Time of `gemoclap annotate` for one long recording with one slot on one core, and with two slots on two cores.
# Usage: benchmarks/long-recording.sh CORPUS_FOLDER [HOURS [ROUNDS [FORMAT ...]]]
#   CORPUS_FOLDER  a folder of short speech clips in one format (.flac or .wav); at least one clip
#   HOURS          length of the recording (default 4)
#   ROUNDS         how often each setting runs, in turn (default 3)
#   FORMAT         flac, wav or mp3, each at 44.1 kHz in stereo, or flac16 (16 kHz, mono); default: flac wav mp3
# Each round also annotates one clip, to know how long the start takes. Prints the wall times, and the ratio of one slot
# to two: of the whole command, and without the start. Run it where nothing else runs.
# Build first: ./gemoclap --version. Needs: ffmpeg, taskset. The recordings lie in a folder of TMPDIR that is deleted at
# the end.
set -euo pipefail
export LC_ALL=C

if [ $# -lt 1 ] || [ ! -d "$1" ]; then
  sed -n '/^# Usage/,/^# the end/s/^# //p' "$0" >&2
  exit 2
fi
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
corpus=$(cd "$1" && pwd)
hours=${2:-4}
rounds=${3:-3}
formats=("${@:4}")
[ ${#formats[@]} -gt 0 ] || formats=(flac wav mp3)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

mapfile -t clips < <(find "$corpus" -type f \( -name '*.flac' -o -name '*.wav' \) | sort)
[ ${#clips[@]} -gt 0 ] || { echo "$corpus holds no .flac and no .wav file" >&2; exit 2; }

# The clips one after the other, again and again, cut to the exact length, in format $1.
make_recording() {
  local output
  case $1 in
    flac) output=(-ar 44100 -ac 2 -compression_level 5 "$tmp/long-flac.flac") ;;
    flac16) output=(-ar 16000 -ac 1 -compression_level 5 "$tmp/long-flac16.flac") ;;
    wav) output=(-ar 44100 -ac 2 -c:a pcm_s16le -rf64 auto "$tmp/long-wav.wav") ;;
    mp3) output=(-ar 44100 -ac 2 -b:a 128k "$tmp/long-mp3.mp3") ;;
    *) echo "Unknown format: $1" >&2; exit 2 ;;
  esac
  if [ ! -f "$tmp/once.flac" ]; then
    printf "file '%s'\n" "${clips[@]}" > "$tmp/list"
    ffmpeg -nostdin -v error -y -f concat -safe 0 -i "$tmp/list" -ar 16000 -ac 1 -c:a flac "$tmp/once.flac"
  fi
  ffmpeg -nostdin -v error -y -stream_loop -1 -i "$tmp/once.flac" -t "$((hours * 3600))" "${output[@]}"
}

# Prints the wall seconds of annotating $1 with $2 slots on as many cores.
annotate() {
  local TIMEFORMAT='%R' cores="0-$(($2 - 1))"
  { time taskset -c "$cores" "$here/gemoclap" annotate --input="$1" --output="$tmp/out" --overwrite \
    --parallelism="$2" >"$tmp/log" 2>&1; } 2>&1
  [ -s "$tmp/out/summary.json" ] || { cat "$tmp/log" >&2; exit 1; }
}

for format in "${formats[@]}"; do
  make_recording "$format"
  for ((round = 1; round <= rounds; round++)); do
    for slots in 1 2; do
      short=$(annotate "${clips[0]}" "$slots")
      long=$(annotate "$tmp/long-$format".* "$slots")
      echo "$format $round $slots $short $long" | tee -a "$tmp/runs" >&2
    done
  done
  rm "$tmp/long-$format".*
done

echo "| format | round | one slot, s | two slots, s | ratio | ratio without the start |"
echo "|---|---:|---:|---:|---:|---:|"
awk '
  $3 == 1 { short = $4; long = $5 }
  $3 == 2 { printf "| %s | %d | %.1f | %.1f | %.2f | %.2f |\n", $1, $2, long, $5, long / $5, (long - short) / ($5 - $4) }
' "$tmp/runs"
