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
"""Encodes raw 16 kHz mono s16le from standard input as AMR-WB. Usage: amr_wb.py OUT.awb < IN.raw"""
import ctypes
import sys

FRAME = 320  # samples, 20 ms
MODE = 4  # 15.85 kbit/s

if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
    sys.exit(__doc__)
lib = ctypes.CDLL("libvo-amrwbenc.so.0")
lib.E_IF_init.restype = ctypes.c_void_p
lib.E_IF_encode.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int]
lib.E_IF_exit.argtypes = [ctypes.c_void_p]
pcm = sys.stdin.buffer.read()
pcm += bytes(-len(pcm) % (2 * FRAME))
state = lib.E_IF_init()
packet = ctypes.create_string_buffer(128)
with open(sys.argv[1], "wb") as out:
    out.write(b"#!AMR-WB\n")
    for i in range(0, len(pcm), 2 * FRAME):
        n = lib.E_IF_encode(state, MODE, pcm[i:i + 2 * FRAME], packet, 0)
        out.write(packet.raw[:n])
lib.E_IF_exit(state)
