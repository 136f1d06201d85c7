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
# Writes one synthesised utterance in many encodings, and some broken files, to test the decoder on.
# Left and right channel are different voices and texts, so that a wrong downmix shows.
# Usage: oracle/make-decoder-files.sh [output folder]
#   (default: integration-tests/src/test/resources/encodings)
# Needs: espeak-ng, sox (with libsox-fmt-all), ffmpeg, flac, vorbis-tools, opus-tools, speex, lame, wavpack,
# libvo-amrwbenc0, python3.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here/../integration-tests/src/test/resources/encodings}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$out"
out=$(cd "$out" && pwd)

exact=(-map_metadata -1 -fflags +bitexact -flags:a +bitexact -flags:v +bitexact)
# ff NAME [ffmpeg input and output options]: writes NAME in the output folder.
ff() { local o=$out/$1; shift; ffmpeg -nostdin -v error -y "$@" "${exact[@]}" "$o"; }
sx() { sox -V1 -R "$@"; }

# --- the master: 1.6 s, 44.1 kHz stereo, 24 bits ---
voice() { # VOICE PITCH SPEED TEXT OUT SECONDS-LATE
  espeak-ng -v "$1" -p "$2" -s "$3" -w "$tmp/v.wav" "$4"
  sx "$tmp/v.wav" -b 24 -r 44100 "$5" gain -6 rate -v silence 1 0.01 -50d gain -n -4 pad "$6" 2 trim 0 1.6 fade t 0 1.6 0.02
}
voice de+f3    60 190 'Sieben kleine Enten schwimmen im Teich herum.' "$tmp/left.wav" 0.02
voice en-us+m3 35 175 'Bring the old map along tomorrow morning.'     "$tmp/right.wav" 0.12
sx -M "$tmp/left.wav" "$tmp/right.wav" "$tmp/master.wav"
# Smaller copies; the short ones (0.7 s) are for encodings that compress little or not.
m=$tmp/master.wav
sx "$m" "$tmp/m48.wav" rate -v 48000
sx "$m" "$tmp/m16.wav" rate -v 16000
sx "$m" "$tmp/m8.wav" rate -v 8000
sx "$m" "$tmp/mono16.wav" remix 1,2 rate -v 16000
sx "$m" "$tmp/mono8.wav" remix 1,2 rate -v 8000
sx "$m" "$tmp/s44.wav" trim 0 0.7
for r in m16 m8 mono16 mono8; do sx "$tmp/$r.wav" "$tmp/short-$r.wav" trim 0 0.7; done
m16=$tmp/m16.wav; m48=$tmp/m48.wav; mono16=$tmp/mono16.wav; mono8=$tmp/mono8.wav
s8=$tmp/short-m8.wav; s16k=$tmp/short-m16.wav; smono8=$tmp/short-mono8.wav; s44=$tmp/s44.wav

# --- WAV ---
sx "$s8" -t wavpcm -e unsigned-integer -b 8 "$out/wav_u8_8k_stereo.wav"
sx "$s44" -t wavpcm -b 16 "$out/wav_s16_44k_stereo.wav"
sx "$smono8" -t wavpcm -b 16 "$out/wav_s16_8k_mono.wav"
sx "$tmp/short-mono16.wav" -t wavpcm -b 16 "$out/wav_s16_16k_mono.wav"
sx "$s8" -t wavpcm -b 24 "$out/wav_s24_8k_stereo.wav"
sx "$s8" -t wavpcm -b 32 "$out/wav_s32_8k_stereo.wav"
ff wav_f32_8k_stereo.wav -i "$s8" -c:a pcm_f32le
ff wav_f64_8k_mono.wav -i "$smono8" -c:a pcm_f64le
ff wav_extensible_s24_8k_stereo.wav -i "$s8" -c:a pcm_s24le
ff wav_rf64_s16_8k_stereo.wav -i "$s8" -c:a pcm_s16le -rf64 always
ff w64_s16_8k_stereo.w64 -i "$s8" -c:a pcm_s16le
ff wav_alaw_8k_stereo.wav -i "$s8" -c:a pcm_alaw
ff wav_mulaw_8k_stereo.wav -i "$s8" -c:a pcm_mulaw
ff wav_ima_adpcm_16k_stereo.wav -i "$m16" -c:a adpcm_ima_wav
ff wav_ms_adpcm_16k_stereo.wav -i "$m16" -c:a adpcm_ms
ff wav_gsm_8k_mono.wav -i "$mono8" -c:a libgsm_ms
ff wav_g722_16k_mono.wav -i "$mono16" -c:a g722
# 5.1: six channels that differ (the two voices at different levels, one channel silent).
ff wav_s16_8k_51.wav -i "$s8" -c:a pcm_s16le \
  -af 'pan=5.1|c0=c0|c1=c1|c2=0.5*c0+0.25*c1|c3=0*c0|c4=0.3*c1|c5=0.2*c0-0.2*c1'
python3 "$here/wav_variants.py" "$out/wav_s24_8k_stereo.wav" "$out"

# --- other uncompressed containers ---
sx "$s8" -t aiff -b 16 "$out/aiff_s16_8k_stereo.aiff"
sx "$s8" -t aiff -b 24 "$out/aiff_s24_8k_stereo.aiff"
ff aifc_sowt_8k_stereo.aifc -i "$s8" -c:a pcm_s16le -f aiff
ff aifc_fl32_8k_mono.aifc -i "$smono8" -c:a pcm_f32be -f aiff
sx "$s8" -t au -b 16 "$out/au_s16_8k_stereo.au"
sx "$s8" -t au -e mu-law "$out/au_mulaw_8k_stereo.au"
ff caf_s16_8k_stereo.caf -i "$s8" -c:a pcm_s16le
sx "$smono8" -t voc -b 16 "$out/voc_s16_8k_mono.voc"
sx "$s8" -t sph -b 16 "$out/sphere_s16_8k_stereo.sph"
sx "$s8" -t sph -e mu-law "$out/sphere_mulaw_8k_stereo.sph"

# --- lossless ---
sx "$s44" -b 16 "$tmp/s44-16.wav"
sx "$s16k" -b 16 "$tmp/s16k-16.wav"
sx "$s16k" -b 24 "$tmp/s16k-24.wav"
fl() { flac --silent --force --best --no-padding "$@" 2> /dev/null; } # silences a note about the fact chunk
fl -o "$out/flac_s16_44k_stereo.flac" "$tmp/s44-16.wav"
fl -o "$out/flac_s24_16k_stereo.flac" "$tmp/s16k-24.wav"
fl --ogg --serial-number=1 -o "$out/ogg_flac_16k_stereo.oga" "$tmp/s16k-16.wav"
ff mka_flac_16k_stereo.mka -i "$tmp/s16k-16.wav" -c:a flac
ff alac_16k_stereo.m4a -i "$tmp/s16k-16.wav" -c:a alac
wavpack -q -y -hh "$tmp/s16k-16.wav" -o "$out/wavpack_16k_stereo.wv"
ff tta_16k_stereo.tta -i "$tmp/s16k-16.wav" -c:a tta

# --- Ogg, WebM ---
sx "$m" -t wavpcm -b 16 "$tmp/m44-16.wav"
oggenc --quiet --serial 1 -q 3 -o "$out/vorbis_44k_stereo.ogg" "$tmp/m44-16.wav"
ff webm_vorbis_44k_stereo.webm -i "$m" -c:a libvorbis -q:a 3
# opusenc draws the serial number of the stream at random unless told.
opusenc --quiet --serial 1 --bitrate 48 --discard-comments "$m48" "$out/opus_stereo.opus"
opusenc --quiet --serial 1 --bitrate 16 --discard-comments "$mono16" "$out/opus_mono_16kbit.opus"
ff webm_opus_stereo.webm -i "$m48" -c:a libopus -b:a 48k
sx "$mono16" -t wavpcm -b 16 "$tmp/mono16-16.wav"
ff speex_16k_mono.spx -i "$tmp/mono16-16.wav" -c:a libspeex -b:a 24k -f ogg
# speexenc (not deterministic: the serial number of the stream is random).
speexenc --quality 6 "$tmp/mono16-16.wav" "$tmp/x.spx" > /dev/null 2>&1
[ -s "$out/speex_speexenc_16k_mono.spx" ] || cp "$tmp/x.spx" "$out/speex_speexenc_16k_mono.spx"

# --- MPEG audio ---
lame --quiet -t --resample 44.1 --cbr -b 64 "$tmp/m44-16.wav" "$out/mp3_cbr64_noxing_44k_stereo.mp3"
lame --quiet --resample 44.1 --cbr -b 64 "$tmp/m44-16.wav" "$out/mp3_cbr64_44k_stereo.mp3"
lame --quiet --resample 44.1 -V 6 --id3v2-only --tt 'Two voices' --ta 'espeak-ng' "$tmp/m44-16.wav" "$out/mp3_vbr_id3v2_44k_stereo.mp3"
lame --quiet --cbr -b 24 -m m "$tmp/mono16-16.wav" "$out/mp3_mpeg2_16k_mono.mp3"
ffmpeg -nostdin -v error -y -f lavfi -i color=blue:s=16x16:d=0.04:r=25 -frames:v 1 -f image2 "$tmp/cover.png"
ffmpeg -nostdin -v error -y -i "$m" -i "$tmp/cover.png" -map 0:a -map 1:v -c:a libmp3lame -b:a 64k -c:v copy \
  -disposition:v attached_pic -fflags +bitexact -flags:a +bitexact "$out/mp3_cover_44k_stereo.mp3"
ff mp2_44k_stereo.mp2 -i "$m" -c:a mp2 -b:a 96k

# --- AAC and others ---
ff aac_adts_44k_stereo.aac -i "$m" -c:a aac -b:a 64k -f adts
ff aac_44k_stereo.m4a -i "$m" -c:a aac -b:a 64k
ff aac_faststart_44k_stereo.m4a -i "$m" -c:a aac -b:a 64k -movflags +faststart
ff aac_44k_stereo.ts -i "$m" -c:a aac -b:a 64k -f mpegts
ff wma1_44k_stereo.wma -i "$m" -c:a wmav1 -b:a 64k
ff wma2_44k_stereo.wma -i "$m" -c:a wmav2 -b:a 64k
ff ac3_48k_stereo.ac3 -i "$m48" -c:a ac3 -b:a 96k
sx "$mono8" -C 7 -t amr-nb "$out/amr_nb_8k_mono.amr"
# Neither sox nor ffmpeg of Debian writes AMR-WB; the library (libvo-amrwbenc0) does.
sx "$mono16" -t s16 - | python3 "$here/amr_wb.py" "$out/amr_wb_16k_mono.awb"
ff 3gp_amr_nb_8k_mono.3gp -i "$out/amr_nb_8k_mono.amr" -c:a copy
# With a small picture that moves.
film=(-f lavfi -i testsrc=s=64x48:r=5:d=1.6)
ff avi_mp3_video_44k_stereo.avi "${film[@]}" -i "$m" -c:v mpeg4 -q:v 20 -c:a libmp3lame -b:a 64k
ff mp4_aac_video_44k_stereo.mp4 "${film[@]}" -i "$m" -c:v mpeg4 -q:v 20 -c:a aac -b:a 64k
# Two audio streams: the first (left voice) counts.
ff mka_two_streams.mka -i "$tmp/left.wav" -i "$tmp/right.wav" -map 0:a -map 1:a -c:a libopus -b:a 32k -ar 48000

# --- containers of film, broadcast and the web, with a small picture or without ---
sx "$m48" "$tmp/tiny48.wav" trim 0.3 0.12
ff vob_ac3_video_48k_stereo.vob -f lavfi -i testsrc=s=64x48:r=25:d=0.7 -i "$m48" -t 0.7 -c:v mpeg2video -q:v 31 -c:a ac3 -b:a 96k
ff vob_lpcm_48k_stereo.vob -i "$tmp/tiny48.wav" -c:a pcm_dvd
ff mpg_mp2_44k_stereo.mpg -i "$m" -c:a mp2 -b:a 64k -f mpeg
ff mxf_op1a_video_48k_stereo.mxf -f lavfi -i testsrc=s=64x48:r=25:d=0.12 -i "$tmp/tiny48.wav" -c:v mpeg2video -q:v 31 -c:a pcm_s16le
ff mxf_opatom_48k_mono.mxf -i "$tmp/tiny48.wav" -ac 1 -c:a pcm_s16le -f mxf_opatom
ff flv_aac_video_44k_stereo.flv -f lavfi -i testsrc=s=64x48:r=5:d=1.6 -i "$m" -c:v flv -q:v 20 -c:a aac -b:a 64k
ff flv_nellymoser_8k_mono.flv -i "$mono8" -c:a nellymoser
ff flv_adpcm_11k_mono.flv -i "$mono8" -ar 11025 -c:a adpcm_swf
ff dts_48k_stereo.dts -i "$m48" -t 0.7 -c:a dca -strict -2 -b:a 320k

# --- broken files (wav_variants.py wrote broken_nan_inf_f32.wav and broken_header_only.wav) ---
cut60() { head -c $(($(stat -c %s "$out/$1") * 6 / 10)) "$out/$1" > "$out/broken_cut60.${1##*.}"; }
cut60 flac_s24_16k_stereo.flac
cut60 mp3_cbr64_44k_stereo.mp3
cut60 wav_s16_8k_mono.wav
cut60 aac_44k_stereo.m4a
head -c $(($(stat -c %s "$out/aac_faststart_44k_stereo.m4a") * 6 / 10)) "$out/aac_faststart_44k_stereo.m4a" > "$out/broken_cut60_faststart.m4a"
: > "$out/broken_zero_bytes.wav"
head -c 30 "$out/wav_s16_8k_mono.wav" > "$out/broken_cut_header.wav"
for _ in $(seq 20); do echo 'This is text, not sound.'; done > "$out/broken_text.wav"
ff broken_video_only.mp4 "${film[@]}" -c:v mpeg4 -q:v 20 -an
# 64 KiB of noise without an MPEG sync byte (no 0xFF), then an MP3.
python3 - "$out" <<'PY'
import os, sys
out, x, junk = sys.argv[1], 1, bytearray()
while len(junk) < 65536:
    x = (x * 1103515245 + 12345) & 0x7FFFFFFF
    junk.append((x >> 16) % 255)
with open(os.path.join(out, "mp3_cbr64_44k_stereo.mp3"), "rb") as f:
    data = f.read()
with open(os.path.join(out, "broken_garbage_front.mp3"), "wb") as f:
    f.write(bytes(junk) + data)
PY
# MP3 under the name of a WAV file: not broken, only misnamed.
cp "$out/mp3_mpeg2_16k_mono.mp3" "$out/misnamed_mp3.wav"

du -cb "$out"/* | tail -1 | awk '{ printf "%d bytes in the folder\n", $1; if ($1 > 2100000) { print "over budget" > "/dev/stderr"; exit 1 } }'
