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
# Writes small media files with several audio streams, late starts and gaps in their timestamps.
# Usage: oracle/make-media-files.sh [output folder]
#   (default: integration-tests/src/test/resources/media)
# Needs: ffmpeg.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here/../integration-tests/src/test/resources/media}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$out"
out=$(cd "$out" && pwd)

exact=(-map_metadata -1 -fflags +bitexact -flags:a +bitexact -flags:v +bitexact)
ff() { local o=$1; shift; ffmpeg -nostdin -v error -y "$@" "${exact[@]}" "$o"; }

# --- the master: 1.5 s of speech at 16 kHz, with sound from its first sample to its last ---
ff "$tmp/speech.wav" -ss 0.4 -t 1.5 -i "$here/../examples/samples/german-female-16k.wav" -ar 16000 -ac 1
speech=(-i "$tmp/speech.wav")
silence=(-f lavfi -t 1.5 -i anullsrc=r=16000:cl=mono)
tone=(-f lavfi -t 1.5 -i "sine=frequency=300:sample_rate=16000")
picture=(-f lavfi -i "color=black:s=32x32:r=5:d=5")

# --- several audio streams ---
ff "$out/silence_then_speech.mp4" "${silence[@]}" "${speech[@]}" -map 0:a -map 1:a -c:a aac -b:a 32k
ff "$out/speech_then_silence.mp4" "${speech[@]}" "${silence[@]}" -map 0:a -map 1:a -c:a aac -b:a 32k
ff "$out/quiet_then_loud.mka" "${speech[@]}" "${tone[@]}" -map 0:a -map 1:a -c:a libopus -b:a 24k \
  -filter:a:0 volume=-20dB -filter:a:1 volume=12dB
# The codec of the first stream is not on the decoder's list.
ff "$out/unknown_then_speech.mka" "${tone[@]}" "${speech[@]}" -map 0:a -map 1:a -ar:a:0 8000 -c:a:0 real_144 \
  -c:a:1 libopus -b:a:1 24k
# Mono and stereo at different rates.
ff "$out/mono_then_stereo.mka" "${speech[@]}" "${speech[@]}" -map 0:a -map 1:a -c:a flac -ac:a:0 1 -ar:a:0 8000 \
  -ac:a:1 2 -ar:a:1 16000 -t 0.6

# --- sound that begins two seconds after the picture ---
for f in mp4 mkv; do
  ff "$out/late.$f" "${picture[@]}" -itsoffset 2 "${speech[@]}" -map 0:v -map 1:a -c:v mpeg4 -c:a aac -b:a 32k
done
ff "$out/late.ts" "${picture[@]}" -itsoffset 2 "${speech[@]}" -map 0:v -map 1:a -c:v mpeg4 -r 1 -c:a mp2 -b:a 32k \
  -pat_period 5 -sdt_period 5

# --- timestamps that leave out a second after half a second ---
gap="asetnsamples=800,aselect='lt(t,0.5)+gte(t,0.9)',asetpts='PTS+gte(T,0.9)*0.6/TB'"
ff "$out/gap.mka" "${speech[@]}" -af "$gap" -c:a pcm_s16le -ar 8000
ff "$out/gap_opus.webm" "${speech[@]}" -af "$gap" -c:a libopus -b:a 24k -frame_duration 20
ff "$out/gap.mp4" "${speech[@]}" -af "$gap" -c:a aac -b:a 32k
# A late start and a gap.
ff "$out/late_and_gap.mkv" "${picture[@]}" -itsoffset 2 "${speech[@]}" -map 0:v -map 1:a -c:v mpeg4 \
  -filter:a "asetpts=PTS-2/TB,$gap,asetpts=PTS+2/TB" -c:a aac -b:a 32k
