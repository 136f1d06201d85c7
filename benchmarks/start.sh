#!/usr/bin/env bash
# Wall and processor time of one short clip through the command, in an old and a new checkout in turn. Prints both times
# of each round, and the median of the ratios new : old with the least and the greatest.
#
#   benchmarks/start.sh OLD_CHECKOUT NEW_CHECKOUT CLIP [ROUNDS]
#
# Both checkouts are built and run once before the first round that counts.
set -euo pipefail
if [[ $# -lt 3 ]]; then
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
old=$1 new=$2 clip=$3 rounds=${4:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/input"
cp "$clip" "$work/input"

# Prints wall seconds, and user and system seconds together.
measure() {
  local TIMEFORMAT='%R %U %S'
  { time "$1/gemoclap" annotate --overwrite --input="$work/input" --output="$work/output" >/dev/null 2>"$work/log"; } 2>&1 |
    awk '{ print $1, $2 + $3 }'
}

measure "$old" >/dev/null
measure "$new" >/dev/null
for ((round = 1; round <= rounds; round++)); do
  echo "$round $(measure "$old") $(measure "$new")"
done | awk '
  function median(values, n,    i, j, swap) {
    for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++)
      if (values[j] < values[i]) { swap = values[i]; values[i] = values[j]; values[j] = swap }
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
  }
  BEGIN { print "round  old: wall s, processor s  new: wall s, processor s" }
  { printf "%5d  %.2f %.2f  %.2f %.2f\n", $1, $2, $3, $4, $5; wall[NR] = $4 / $2; cpu[NR] = $5 / $3 }
  END {
    m = median(wall, NR); printf "wall time new : old       %.2f (%.2f to %.2f)\n", m, wall[1], wall[NR]
    m = median(cpu, NR); printf "processor time new : old  %.2f (%.2f to %.2f)\n", m, cpu[1], cpu[NR]
  }'
