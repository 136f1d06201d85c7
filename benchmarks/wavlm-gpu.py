#!/usr/bin/env python3
"""Seconds of speech that transformers' WavLM embeds in a second of wall time on a GPU, by precision and batch size.

The counterpart of ./gemoclap benchmark --batch-sweep=64 --gpu: clips of 10 s, copied to the GPU and the
mean of the frames back. Reads the folder that oracle/full-size.py wrote. Needs torch, transformers.

    python3 benchmarks/wavlm-gpu.py /tmp/full-size/wavlm [--largest 64] [--rounds 5]
"""

import argparse
import statistics
import time

import torch
from transformers import WavLMModel

SECONDS, RATE = 10, 16_000
PRECISIONS = {"FP32": torch.float32, "FP16": torch.float16, "BF16": torch.bfloat16}


def rate(model, size, rounds, dtype):
    batch = torch.randn(size, SECONDS * RATE)
    rates = []
    for number in range(-1, rounds):
        start = time.perf_counter()
        with torch.inference_mode():
            model(batch.to("cuda", dtype)).last_hidden_state.mean(1).float().cpu()
        if number >= 0:  # the first is a warm-up
            rates.append(size * SECONDS / (time.perf_counter() - start))
    return statistics.median(rates), min(rates), max(rates)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--largest", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(f"{'precision':10} {'batch':>6} {'audio s / s':>12} {'least':>12} {'most':>12}")
    for name, dtype in PRECISIONS.items():
        model = WavLMModel.from_pretrained(options.folder, dtype=dtype).eval().to("cuda")
        size = 1
        while size <= options.largest:
            middle, least, most = rate(model, size, options.rounds, dtype)
            print(f"{name:10} {size:6} {middle:12.1f} {least:12.1f} {most:12.1f}", flush=True)
            size *= 2


if __name__ == "__main__":
    main()
