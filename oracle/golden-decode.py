#!/usr/bin/env python3
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
"""Decodes every file of a folder with Debian's ffmpeg and writes a sparse signature of the result as JSON.

Usage: golden-decode.py INPUT_FOLDER OUTPUT.json [--count 1500]
Needs: ffmpeg and ffprobe 5.1, Python 3 with numpy and soundfile.

Each file is decoded (first audio stream) to float at its own rate and channels:
    ffmpeg -v error -i F -map 0:a:0 -f f32le -acodec pcm_f32le -
mixed to one channel by the mean, and resampled to 16 kHz in double by
    aresample=16000:filter_size=160:cutoff=0.95:kaiser_beta=12:internal_sample_fmt=dblp

Departures:
  * Opus and Speex: `-c:a libopus` / `-c:a libspeex` in front of -i. ffmpeg's own Opus decoder is 2 samples late and
    some 20 dB off the reference decoder in SILK mode.
  * RIFX, and WAV with 24 bits in 4-byte containers: ffmpeg 5.1 decodes them wrongly without an error (RIFX as
    little-endian, 24-in-32 as 24.0 float). libsndfile (soundfile) is the reference; "decoder" says so.
  * Samples that are NaN or infinite are set to 0 before mixing; "non_finite" counts them (over all channels).

JSON: {"about": ..., "rate": 16000, "files": {NAME: {...}}}, one line per file. Fields of a file:
  seconds    length after resampling = samples / 16000
  samples    number of samples after resampling
  channels, rate, decoder   of the source
  peak, rms  of the 16 kHz mono signal
  messages   true if ffmpeg wrote to standard error although it yielded samples (damage of some kind)
  at, v      the signature: sample indices, and the values there in units of 1e-5 (value = v * 1e-5, rounded)
  error      true if ffmpeg yields no samples and fails;  empty: true if it yields none and exits with 0

Choice of the indices: [16, samples - 16) is cut into `count` equal strata and one index is drawn in each by
    x = (1664525 * x + 1013904223) mod 2^32, starting at 20240607 for every file;
    index = lo + floor(x / 2^32 * (hi - lo)),  lo, hi = the floors of the bounds of the stratum.
Never more than every eighth sample is stored, so that the recording cannot be rebuilt from the signature.
"""
import argparse
import json
import os
import struct
import subprocess
import sys

import numpy as np
import soundfile as sf

RATE = 16000
SKIP = (".md", ".json", ".csv", ".txt")
BY_NAME = {"opus": "libopus", "speex": "libspeex"}
RESAMPLE = f"aresample={RATE}:filter_size=160:cutoff=0.95:kaiser_beta=12:internal_sample_fmt=dblp"


def run(args, data=None):
    if data is None:
        p = subprocess.run(args, stdin=subprocess.DEVNULL, capture_output=True)
    else:
        p = subprocess.run(args, input=data, capture_output=True)
    return p.returncode, p.stdout, p.stderr


def needs_soundfile(path):
    """True for RIFX and for WAV with 24 (valid) bits in 4-byte containers."""
    with open(path, "rb") as f:
        head = f.read(4096)
    if head[8:12] != b"WAVE":
        return False
    if head[:4] == b"RIFX":
        return True
    i = head.find(b"fmt ")
    if head[:4] != b"RIFF" or i < 0 or len(head) < i + 24:
        return False
    tag, channels, _, _, align, bits = struct.unpack_from("<HHIIHH", head, i + 8)
    if tag == 0xFFFE and len(head) >= i + 28:
        bits = struct.unpack_from("<H", head, i + 26)[0] or bits
    return tag in (1, 0xFFFE) and bits == 24 and align == 4 * channels


def decode(path):
    """Returns (samples x channels float64 or None, facts)."""
    if needs_soundfile(path):
        x, rate = sf.read(path, dtype="float64", always_2d=True)
        return x, {"channels": x.shape[1], "rate": rate, "decoder": "libsndfile"}
    _, out, _ = run(["ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries",
                     "stream=codec_name,sample_rate,channels", "-of", "json", path])
    streams = (json.loads(out) if out else {}).get("streams") or [{}]
    codec = streams[0].get("codec_name")
    args = ["ffmpeg", "-nostdin", "-v", "error"]
    if codec in BY_NAME:
        args += ["-c:a", BY_NAME[codec]]
    rc, out, err = run(args + ["-i", path, "-map", "0:a:0", "-f", "f32le", "-acodec", "pcm_f32le", "-"])
    if not out:
        return None, {"empty": True} if rc == 0 else {"error": True}
    channels, rate = int(streams[0]["channels"]), int(streams[0]["sample_rate"])
    facts = {"channels": channels, "rate": rate, "decoder": "ffmpeg " + BY_NAME.get(codec, codec)}
    if err.strip():
        facts["messages"] = True
    x = np.frombuffer(out, "<f4")
    return x[:len(x) // channels * channels].reshape(-1, channels).astype(np.float64), facts


def to_16k(x, rate):
    if rate == RATE:
        return x
    rc, out, err = run(["ffmpeg", "-v", "error", "-f", "f64le", "-ar", str(rate), "-ac", "1", "-i", "-",
                        "-af", RESAMPLE, "-f", "f64le", "-"], x.astype("<f8").tobytes())
    if rc != 0:
        raise RuntimeError(err.decode())
    return np.frombuffer(out, "<f8")


def indices(n, count):
    count = min(count, n // 8)
    lo, hi = 16, n - 16
    at, x = [], 20240607
    for k in range(count):
        x = (1664525 * x + 1013904223) % 2 ** 32
        a, b = lo + (hi - lo) * k // count, lo + (hi - lo) * (k + 1) // count
        at.append(a + x * (b - a) // 2 ** 32)
    return at


def entry(path, count):
    x, facts = decode(path)
    if x is None:
        return facts
    bad = ~np.isfinite(x)
    if bad.any():
        facts["non_finite"] = int(bad.sum())
        x = np.where(bad, 0.0, x)
    y = to_16k(x.mean(axis=1), facts["rate"])
    at = indices(len(y), count)
    return {"seconds": round(len(y) / RATE, 6), "samples": len(y), **facts,
            "peak": round(float(np.abs(y).max()), 5), "rms": round(float(np.sqrt(np.mean(y * y))), 6),
            "at": at, "v": [int(round(float(y[i]) * 1e5)) for i in at]}


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("input", help="folder of audio files")
    ap.add_argument("output", help="JSON file to write")
    ap.add_argument("--count", type=int, default=1500, help="positions per file (default 1500)")
    a = ap.parse_args()
    version = run(["ffmpeg", "-version"])[1].decode().split()[2]
    about = (f"oracle/golden-decode.py --count {a.count}; ffmpeg {version}, soundfile {sf.__version__} "
             f"({sf.__libsndfile_version__}), numpy {np.__version__}; values v in units of 1e-5")
    lines = []
    for name in sorted(os.listdir(a.input)):
        path = os.path.join(a.input, name)
        if not os.path.isfile(path) or name.startswith(".") or name.lower().endswith(SKIP):
            continue
        e = entry(path, a.count)
        lines.append(f"{json.dumps(name)}:{json.dumps(e, separators=(',', ':'))}")
        print(name, {k: v for k, v in e.items() if k not in ("at", "v")}, file=sys.stderr)
    with open(a.output, "w", encoding="utf-8") as f:
        f.write('{"about":%s,"rate":%d,"files":{\n' % (json.dumps(about), RATE))
        f.write(",\n".join(lines))
        f.write("\n}}\n")


if __name__ == "__main__":
    main()
