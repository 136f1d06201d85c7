#!/usr/bin/env bash
# Processor time that `gemoclap annotate` takes for more audio, against a plain loop over the same stages. The first
# figure is the difference of an archive that holds each file twice and one that holds it once; start and stop cancel.
# The second is the plain loop of `gemoclap benchmark` over the same files.
#
#   benchmarks/overhead.sh CHECKOUT FOLDER [ROUNDS] [option of annotate ...]
set -euo pipefail
if [[ $# -lt 2 ]]; then
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
checkout=$1 folder=$2 rounds=${3:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/archives.sh"
make_archives "$folder"

annotate() {
  processor_seconds "$checkout/gemoclap" annotate --overwrite --part=1000000 --input="$1" --output="$work/output" \
    "${@:2}"
}

for ((round = 1; round <= rounds; round++)); do
  once=$(annotate "$work/once" "${@:4}")
  twice=$(annotate "$work/twice" "${@:4}")
  seconds=$(sed -n 's/.*"audio_seconds" : \([0-9.]*\).*/\1/p' "$work/output/summary.json")
  "$checkout/gemoclap" benchmark --input="$folder" --rounds=1 --seconds=1 --output="$work/figures.json" \
    >/dev/null 2>&1
  loop=$(tr -d '\n' < "$work/figures.json" |
    sed 's/.*"audio_seconds_per_cpu_second"//; s/"calibration_loops_per_audio_second".*//' |
    sed -n 's/.*"all stages in a plain loop",[^[]*\[ *\([0-9.]*\).*/\1/p')
  awk -v once="$once" -v twice="$twice" -v seconds="$seconds" -v loop="$loop" 'BEGIN {
    printf "once %.1f s, twice %.1f s, difference %.1f s; plain loop %.1f s; ratio %.2f\n",
      once, twice, twice - once, seconds / 2 / loop, (twice - once) / (seconds / 2 / loop) }'
done
