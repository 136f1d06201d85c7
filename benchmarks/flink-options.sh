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
#
# What options of Beam's Flink runner do to batch annotation: time and processor time of `gemoclap annotate`,
# as ratios to the defaults of the same round.
# Usage: benchmarks/flink-options.sh [COPIES [ROUNDS]]
#   COPIES  how often each of the bundled samples lies in the archive (default 20: 300 recordings)
#   ROUNDS  how often all settings run, in turn (default 3)
# The ratios of a row are the medians over the rounds, with the least and the greatest.
# Build first: ./gemoclap --version. The archive lies in a folder of TMPDIR that is deleted at the end.
set -euo pipefail
export LC_ALL=C

copies=${1:-20}
rounds=${2:-3}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
settings=(
  "--parallelism=2"
  "--parallelism=1"
  "--parallelism=2 --maxBundleSize=64"
  "--parallelism=2 --objectReuse=true"
  "--parallelism=2 --fasterCopy=true"
)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

mkdir "$tmp/archive"
for sample in "$here"/examples/samples/*; do
  for ((i = 0; i < copies; i++)); do
    ln "$sample" "$tmp/archive/$i-${sample##*/}" 2>/dev/null || cp "$sample" "$tmp/archive/$i-${sample##*/}"
  done
done

# Prints "wall processor" in seconds.
annotate() {
  local TIMEFORMAT='%R %U %S'
  # shellcheck disable=SC2086 # a setting may be several options
  { time "$here/gemoclap" annotate --input="$tmp/archive" --output="$tmp/out" --overwrite \
    --part=100000 $1 >"$tmp/log" 2>&1; } 2>&1 | awk '{print $1, $2 + $3}'
  [ -s "$tmp/out/summary.json" ] || { cat "$tmp/log" >&2; exit 1; }
}

for ((round = 1; round <= rounds; round++)); do
  for setting in "${settings[@]}"; do
    echo "$round $(annotate "$setting") $setting" | tee -a "$tmp/runs" >&2
  done
done

echo "| options | time | processor time |"
echo "|---|---|---|"
awk '
  { key = $4; for (i = 5; i <= NF; i++) key = key " " $i }
  NR == 1 { first = key }
  key == first { wall[$1] = $2; cpu[$1] = $3 }
  !(key in seen) { order[++n] = key; seen[key] = 1 }
  { runs[key]++; w[key, runs[key]] = $2 / wall[$1]; c[key, runs[key]] = $3 / cpu[$1] }
  function sorted(a, key, count,   i, j, t) {
    for (i = 1; i <= count; i++) s[i] = a[key, i]
    for (i = 1; i < count; i++) for (j = i + 1; j <= count; j++) if (s[j] < s[i]) { t = s[i]; s[i] = s[j]; s[j] = t }
    return sprintf("%.2f (%.2f to %.2f)", s[int((count + 1) / 2)], s[1], s[count])
  }
  END { for (i = 1; i <= n; i++) printf "| `%s` | %s | %s |\n", order[i], sorted(w, order[i], runs[order[i]]), sorted(c, order[i], runs[order[i]]) }
' "$tmp/runs"
