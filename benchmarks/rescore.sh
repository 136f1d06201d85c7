#!/usr/bin/env bash
# How many times as fast `gemoclap rescore` is as annotating again, in processor time and without their starts: what an
# archive that holds each file twice costs more than one that holds it once. From embeddings, and from features.
#
#   benchmarks/rescore.sh CHECKOUT FOLDER [ROUNDS]
set -euo pipefail
if [[ $# -lt 2 ]]; then
  sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
checkout=$1 folder=$2 rounds=${3:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/archives.sh"
make_archives "$folder"

for ((round = 1; round <= rounds; round++)); do
  for size in once twice; do
    declare "annotate_$size=$(processor_seconds "$checkout/gemoclap" annotate --overwrite --part=1000000 \
      --input="$work/$size" --output="$work/$size-results" --embeddings --features)"
    declare "embeddings_$size=$(processor_seconds "$checkout/gemoclap" rescore --overwrite "$work/$size-results" \
      --labels=furious,bored,cheerful,calm --output="$work/rescored")"
  done
  # Another id, so that the embeddings are not its own: the features are embedded again.
  cp -r "$checkout/beam-transforms/src/main/resources/io/gemoclap/bundled" "$work/other"
  sed -i 's/Apache-2.0/another/' "$work/other/gemoclap.json"
  for size in once twice; do
    declare "features_$size=$(processor_seconds "$checkout/gemoclap" rescore --overwrite "$work/$size-results" \
      --model="$work/other" --output="$work/rescored")"
  done
  rm -r "$work/other"
  awk -v a="$annotate_once" -v b="$annotate_twice" -v c="$embeddings_once" -v d="$embeddings_twice" \
    -v e="$features_once" -v f="$features_twice" 'BEGIN {
    printf "annotate %.1f and %.1f s; from embeddings %.1f and %.1f s, %.0f times as fast; from features %.1f and %.1f s, %.0f times as fast\n",
      a, b, c, d, (b - a) / (d - c), e, f, (b - a) / (f - e) }'
done
