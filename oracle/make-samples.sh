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
# Synthesises the sample recordings of examples/samples. No human voice is involved.
# Usage: oracle/make-samples.sh [output folder]   (default: examples/samples)
# Needs: espeak-ng, sox (with libsox-fmt-all), ffmpeg with ffprobe.
set -euo pipefail
export LC_ALL=C

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=${1:-$root/examples/samples}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$out"
turns=$root/integration-tests/src/test/resources/golden/conversation.csv
ff() { ffmpeg -nostdin -v error -y "$@"; }
exact=(-map_metadata -1 -fflags +bitexact -flags:a +bitexact)

# Prosody of a style of speaking, so that the files differ; no style is an emotion.
# Sets: pitch speed amplitude range peak effects
# (-p 0..99, -s words per minute, -a 0..200, SSML pitch range, peak in dBFS, sox effects).
prosody() {
  case $1 in
    plain)     pitch=45 speed=165 amplitude=100 range=100% peak=-6  effects='' ;;
    loud)      pitch=68 speed=215 amplitude=190 range=190% peak=-1.5 effects='overdrive 4 10 treble +6 3000 tempo -s 1.05' ;;
    lively)    pitch=78 speed=195 amplitude=140 range=210% peak=-3  effects='pitch 60 treble +3 3500' ;;
    slow)      pitch=22 speed=120 amplitude=55  range=50%  peak=-15 effects='tempo -s 0.93 treble -6 2500' ;;
    flat)      pitch=20 speed=130 amplitude=75  range=15%  peak=-11 effects='pitch -40 treble -3 3000' ;;
    trembling) pitch=88 speed=205 amplitude=70  range=150% peak=-12 effects='tremolo 7.5 55 treble +2 3500' ;;
    rough)     pitch=12 speed=138 amplitude=90  range=70%  peak=-8  effects='pitch -90 tremolo 28 45 bass +5 200' ;;
    *) echo "unknown style $1" >&2; return 1 ;;
  esac
}

# say VOICE STYLE TEXT OUT.wav: one utterance, 22.05 kHz mono, without leading or trailing silence.
say() {
  prosody "$2"
  espeak-ng -m -v "$1" -p "$pitch" -s "$speed" -a "$amplitude" -w "$tmp/say.wav" \
    "<speak><prosody range=\"$range\">$3</prosody></speak>"
  # shellcheck disable=SC2086
  sox -V1 -R "$tmp/say.wav" "$tmp/cut.wav" gain -6 $effects silence 1 0.02 -55d reverse silence 1 0.02 -55d reverse
  sox -V1 -R "$tmp/cut.wav" "$4" fade t 0.01 0 0.03 gain -n "$peak"
}

rows=$tmp/rows.md
: > "$rows"
# row FILE VOICE STYLE ENCODING: one line of the table in SAMPLES.md.
row() {
  local seconds
  seconds=$(ffmpeg -nostdin -v error -i "$out/$1" -map 0:a:0 -ac 1 -ar 16000 -f s16le - | wc -c)
  seconds=$(awk -v b="$seconds" 'BEGIN { printf "%.2f", b / 32000 }')
  echo "| \`$1\` | $2 | $3 | $4 | $seconds s |" >> "$rows"
}

# clip FILE VOICE STYLE TEXT ENCODING: one recording. FILE is
# <language>-<gender>-<rate>[-<further property>].<extension>.
clip() {
  local file=$1 voice=$2 style=$3 text=$4 encoding=$5 w=$tmp/clip.wav o=$out/$1
  say "$voice" "$style" "$text" "$w"
  case $encoding in
    'WAV, 16-bit PCM, 16 kHz mono')      sox -V1 -R "$w" -b 16 -r 16000 "$o" ;;
    'WAV, 24-bit PCM, 48 kHz stereo')    # the second channel is softer and 0.4 ms late, as in a room
      sox -V1 -R "$w" "$tmp/a.wav" rate -v 48000
      sox -V1 -R "$tmp/a.wav" "$tmp/b.wav" gain -4 pad 0.0004
      sox -V1 -R -M "$tmp/a.wav" "$tmp/b.wav" -b 24 "$o" ;;
    'WAV, G.711 mu-law, 8 kHz mono')     sox -V1 -R "$w" -e mu-law -r 8000 "$o" ;;
    'WAV, IMA ADPCM, 16 kHz mono')       sox -V1 -R "$w" -e ima-adpcm -r 16000 "$o" ;;
    'AIFF, 16-bit PCM, 16 kHz mono')     sox -V1 -R "$w" -b 16 -r 16000 "$o" ;;
    'FLAC, 16-bit, 16 kHz mono')         ff -i "$w" "${exact[@]}" -ar 16000 -sample_fmt s16 -c:a flac -compression_level 12 "$o" ;;
    'MP3, 48 kbit/s, 22.05 kHz mono')    ff -i "$w" "${exact[@]}" -c:a libmp3lame -b:a 48k "$o" ;;
    'MP3, variable rate, 44.1 kHz stereo, ID3 tag')
      ff -i "$w" "${exact[@]}" -metadata title="synthetic sample" -ar 44100 -ac 2 -c:a libmp3lame -q:a 6 "$o" ;;
    'Ogg Vorbis, 22.05 kHz mono')        ff -i "$w" "${exact[@]}" -c:a libvorbis -q:a 2 "$o" ;;
    'Ogg Opus, 24 kbit/s mono')          ff -i "$w" "${exact[@]}" -ar 48000 -c:a libopus -b:a 24k "$o" ;;
    'WebM with Opus, 32 kbit/s stereo')  ff -i "$w" "${exact[@]}" -ar 48000 -ac 2 -c:a libopus -b:a 32k "$o" ;;
    'AAC-LC in MP4, 44.1 kHz mono')      ff -i "$w" "${exact[@]}" -ar 44100 -c:a aac -b:a 48k "$o" ;;
    'AMR-NB, 12.2 kbit/s, 8 kHz mono')   sox -V1 -R "$w" -r 8000 -C 7 -t amr-nb "$o" ;;
    'WMA v2, 32 kbit/s, 22.05 kHz mono') ff -i "$w" "${exact[@]}" -c:a wmav2 -b:a 32k "$o" ;;
    *) echo "unknown encoding $encoding" >&2; return 1 ;;
  esac
  row "$file" "espeak-ng \`$voice\`" "$style" "$encoding"
}

clip german-female-16k.wav          de+f2    plain     'Der Zug nach Köln fährt heute um neun Uhr ab.'             'WAV, 16-bit PCM, 16 kHz mono'
clip german-male-48k-stereo.wav     de+m3    loud      'Jetzt reicht es mir aber wirklich! Geh weg da!'            'WAV, 24-bit PCM, 48 kHz stereo'
clip german-female-48k.opus         de+f4    lively    'Wie schön, du hast es geschafft! Das müssen wir feiern!'   'Ogg Opus, 24 kbit/s mono'
clip german-male-44k.m4a            de+m2    slow      'Er ist fort, und ich weiß nicht warum.'                    'AAC-LC in MP4, 44.1 kHz mono'
clip german-male-8k-mulaw.wav       de+m1    flat      'Und dann kam wieder eine lange Liste von Zahlen.'          'WAV, G.711 mu-law, 8 kHz mono'
clip german-female-16k.aiff         de+f5    trembling 'Hörst du das? Da ist doch jemand auf der Treppe!'          'AIFF, 16-bit PCM, 16 kHz mono'
clip german-female-16k-adpcm.wav    de+f1    rough     'Das riecht ja fürchterlich, nimm das bitte weg.'           'WAV, IMA ADPCM, 16 kHz mono'
clip english-male-22k.mp3           en-us+m3 plain     'The meeting has been moved to the second floor.'           'MP3, 48 kbit/s, 22.05 kHz mono'
clip english-female-22k.ogg         en-gb+f2 loud      'I told you three times not to touch that machine!'         'Ogg Vorbis, 22.05 kHz mono'
clip english-male-16k.flac          en-gb+m1 lively    'That is wonderful news, I can hardly believe it!'          'FLAC, 16-bit, 16 kHz mono'
clip english-female-48k-stereo.webm en-us+f3 slow      'The garden was empty when we came back.'                   'WebM with Opus, 32 kbit/s stereo'
clip english-female-22k.wma         en-gb+f1 flat      'Yes, you have told me about the printer already.'          'WMA v2, 32 kbit/s, 22.05 kHz mono'
clip english-male-8k.amr            en-us+m2 trembling 'Please stay quiet, I think it is coming back.'             'AMR-NB, 12.2 kbit/s, 8 kHz mono'
clip english-male-44k-stereo.mp3    en-gb+m5 rough     'Something has been rotting in here for a week.'            'MP3, variable rate, 44.1 kHz stereo, ID3 tag'

# conversation.ogg: six voices take turns over soft noise; conversation.csv says who speaks when.
turns() { # speaker|voice|style|pause after, in seconds|text
  cat <<'TURNS'
Anna|de+f2|plain|0.9|Guten Morgen zusammen, ich habe die Zahlen vom letzten Monat mitgebracht.
Bernd|de+m3|flat|1.3|Ja, dann lies sie doch bitte einfach vor.
Anna|de+f2|lively|0.7|Wir haben doppelt so viel verkauft wie im Jahr davor!
Clara|de+f4|lively|1.1|Das ist ja großartig, herzlichen Glückwunsch!
Bernd|de+m3|loud|0.8|Moment mal, und warum hat mir das niemand gesagt?
Anna|de+f2|trembling|1.6|Ich dachte, du hättest die Nachricht schon bekommen.
Dave|en-us+m2|plain|1.0|Could you say that again in English, please? The line is very bad today.
Clara|de+f4|plain|0.7|Natürlich, einen Augenblick, ich übersetze.
Emma|en-gb+f1|plain|1.2|Sales have doubled, and Bernd was not told about it.
Dave|en-us+m2|lively|2.0|Oh, that is excellent. I owe all of you a coffee!
Frank|en-gb+m5|slow|1.4|I will not be here to drink it, this is my last week.
Emma|en-gb+f1|slow|0.9|I am so sorry, I had no idea.
Bernd|de+m3|rough|1.8|Der Kaffee hier schmeckt sowieso wie altes Spülwasser.
Clara|de+f4|flat|0.7|Können wir jetzt bitte mit der Liste weitermachen?
Anna|de+f2|plain|0.8|Gut, dann machen wir nach der Pause weiter.
TURNS
}
sox -V1 -R -n -r 22050 -b 16 "$tmp/pause.wav" trim 0 1.0
sox -V1 -R "$tmp/pause.wav" "$tmp/t000.wav"
at=1.0
n=0
parts=("$tmp/t000.wav")
echo 'start,end,speaker,style,text' > "$turns"
while IFS='|' read -r speaker voice style pause text; do
  n=$((n + 1))
  part=$(printf '%s/t%03d.wav' "$tmp" "$n")
  say "$voice" "$style" "$text" "$tmp/turn.wav" < /dev/null
  length=$(soxi -D "$tmp/turn.wav")
  sox -V1 -R "$tmp/turn.wav" "$part" pad 0 "$pause"
  parts+=("$part")
  awk -v s="$at" -v l="$length" -v who="$speaker" -v e="$style" -v t="$text" \
    'BEGIN { printf "%.2f,%.2f,%s,%s,\"%s\"\n", s, s + l, who, e, t }' >> "$turns"
  at=$(awk -v s="$at" -v l="$length" -v p="$pause" 'BEGIN { printf "%.6f", s + l + p }')
done < <(turns)
sox -V1 -R "${parts[@]}" "$tmp/talk.wav"
# Noise of a room about 45 dB under the loudest voice. -R makes it the same every time.
sox -V1 -R -n -r 22050 -c 1 -b 16 "$tmp/noise.wav" synth "$(soxi -D "$tmp/talk.wav")" pinknoise lowpass 4000 gain -n -40
sox -V1 -R -m -v 0.9 "$tmp/talk.wav" -v 1 "$tmp/noise.wav" "$tmp/mix.wav"
ff -i "$tmp/mix.wav" "${exact[@]}" -ar 48000 -c:a libopus -b:a 24k -f ogg "$out/conversation.ogg"
row conversation.ogg "six voices of espeak-ng, $n turns" mixed 'Ogg Opus, 24 kbit/s mono'

{
  cat <<'HEAD'
# Sample recordings

Synthetic speech that shows formats. Nobody acts an emotion in it: what a model says about these files says nothing about
its accuracy. Measurements on real speech are in README ([Accuracy](../README.md#accuracy)) and in
[results](../docs/results.md).

`oracle/make-samples.sh` makes the recordings and this page; do not edit them by hand.

| file | voice | style | encoding | length |
| --- | --- | --- | --- | --- |
HEAD
  cat "$rows"
  cat <<'TAIL'

The name of a file says its language, the gender of the voice and the sampling rate in kHz, then what else is particular
about it. `integration-tests/src/test/resources/golden/conversation.csv` lists the turns of `conversation.ogg`: start and end
in seconds, speaker, style, text.

**How they were made.** [espeak-ng](https://github.com/espeak-ng/espeak-ng) speaks texts written for this project. A style
sets pitch, speed, loudness and pitch range, and sox adds an effect such as overdrive or tremolo, so that the files differ.
sox and ffmpeg write the encodings. No recording of a person was used.

**What they are good for.** They show that every encoding is decoded, cut into segments and annotated. Judge a model on
real, consented recordings, with [`gemoclap evaluate`](../docs/evaluation.md).

**Licence.** Made by the authors of this project and under the licence of the project (Apache-2.0). espeak-ng is a
program under GPL-3.0-or-later; that licence covers the program, not the sound it makes from our own texts, so its
output may be published under our terms.
TAIL
} > "$out/../SAMPLES.md"

du -cb "$out"/* | tail -1 | awk '{ printf "%d bytes in the folder\n", $1; if ($1 > 1500000) { print "over budget" > "/dev/stderr"; exit 1 } }'
