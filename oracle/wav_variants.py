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
"""Writes WAV variants that neither sox nor ffmpeg writes, and the WAV file with NaN and Inf.

Usage: wav_variants.py MASTER24.wav OUTDIR
MASTER24.wav is a plain 24-bit PCM WAV (8 kHz stereo in make-decoder-files.sh). Standard library only.
"""
import argparse
import os
import struct
import wave

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
# KSDATAFORMAT_SUBTYPE_PCM without its first two bytes, which are the format tag.
GUID_TAIL = bytes.fromhex("000000001000800000aa00389b71")


def fmt_chunk(e, tag, channels, rate, container, bits, extra=b""):
    """fmt chunk; container is the bytes a sample takes, bits what the bits-per-sample field says."""
    body = struct.pack(e + "HHIIHH", tag, channels, rate, rate * channels * container, channels * container, bits)
    body += extra
    return b"fmt " + struct.pack(e + "I", len(body)) + body


def riff(magic, e, fmt, data, riff_size=None, data_size=None, other=b""):
    n = len(data) if data_size is None else data_size
    pad = b"\0" if len(data) % 2 else b""
    body = b"WAVE" + fmt + other + b"data" + struct.pack(e + "I", n) + data + pad
    return magic + struct.pack(e + "I", len(body) if riff_size is None else riff_size) + body


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("master", help="24-bit PCM WAV")
    ap.add_argument("out", help="folder to write to")
    a = ap.parse_args()
    with wave.open(a.master) as w:
        assert w.getsampwidth() == 3, "24-bit master expected"
        ch, rate, n = w.getnchannels(), w.getframerate(), w.getnframes()
        raw = w.readframes(n)
    x = [int.from_bytes(raw[i:i + 3], "little", signed=True) for i in range(0, len(raw), 3)]

    def pack(e, code, values):
        return struct.pack(e + str(len(values)) + code, *values)

    def put(name, data):
        with open(os.path.join(a.out, name), "wb") as f:
            f.write(data)

    s16 = [v >> 8 for v in x]
    # RIFX: big-endian sizes, fields and samples.
    put("wav_rifx_s16_8k_stereo.wav", riff(b"RIFX", ">", fmt_chunk(">", PCM, ch, rate, 2, 16), pack(">", "h", s16)))
    put("wav_rifx_s24_8k_stereo.wav", riff(b"RIFX", ">", fmt_chunk(">", PCM, ch, rate, 3, 24),
                                           b"".join(v.to_bytes(3, "big", signed=True) for v in x)))
    mono = [(l + r) / 2.0 ** 24 for l, r in zip(x[0::2], x[1::2])]
    put("wav_rifx_s32_8k_mono.wav", riff(b"RIFX", ">", fmt_chunk(">", PCM, 1, rate, 4, 32),
                                         pack(">", "i", [int(v * 2 ** 31) for v in mono])))
    put("wav_rifx_f32_8k_mono.wav", riff(b"RIFX", ">", fmt_chunk(">", FLOAT, 1, rate, 4, 32), pack(">", "f", mono)))
    # 24 bits in containers of 4 bytes, left-justified (the low byte is zero), as the WAVE definition says.
    # Once with a plain header, where only the block align tells the container size ...
    wide = pack("<", "i", [v << 8 for v in x])
    put("wav_s24_in_32_8k_stereo.wav", riff(b"RIFF", "<", fmt_chunk("<", PCM, ch, rate, 4, 24), wide))
    # ... and once as EXTENSIBLE with 24 valid bits of 32.
    ext = struct.pack("<HHIH", 22, 24, 3 if ch == 2 else 0, PCM) + GUID_TAIL
    put("wav_extensible_24_of_32_8k_stereo.wav",
        riff(b"RIFF", "<", fmt_chunk("<", EXTENSIBLE, ch, rate, 4, 32, ext), wide))
    # A stream written to a pipe: the sizes were never filled in.
    fmt = fmt_chunk("<", PCM, ch, rate, 2, 16)
    le = pack("<", "h", s16)
    put("wav_streamed_s16_8k_stereo.wav", riff(b"RIFF", "<", fmt, le, 0xFFFFFFFF, 0xFFFFFFFF))
    put("wav_streamed_zero_s16_8k_stereo.wav", riff(b"RIFF", "<", fmt, le, 0, 0))
    # Chunks before the data: an odd-sized LIST (with its pad byte) and an unknown one.
    info = b"INFO" + b"INAM" + struct.pack("<I", 5) + b"test\0"
    other = b"LIST" + struct.pack("<I", len(info)) + info + b"\0" + b"junk" + struct.pack("<I", 3) + b"abc\0"
    put("wav_chunks_s16_8k_stereo.wav", riff(b"RIFF", "<", fmt, le, other=other))
    # Float samples with 40 NaN, 3 +Inf and 3 -Inf in the middle.
    bad = list(mono)
    mid = len(bad) // 2
    bad[mid:mid + 40] = [float("nan")] * 40
    bad[mid + 100:mid + 103] = [float("inf")] * 3
    bad[mid + 200:mid + 203] = [float("-inf")] * 3
    put("broken_nan_inf_f32.wav", riff(b"RIFF", "<", fmt_chunk("<", FLOAT, 1, rate, 4, 32), pack("<", "f", bad)))
    # Header only: valid, zero samples.
    put("broken_header_only.wav", riff(b"RIFF", "<", fmt, b""))


if __name__ == "__main__":
    main()
