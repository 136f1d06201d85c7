#!/usr/bin/env python3
"""CPU seconds of a speech encoder's forward pass (4 x 5 s): ours and transformers', in turn.

Both run the same weights on the same number of threads; a round is one pass of each. Reads a folder
of Hugging Face, such as those that oracle/full-size.py writes. --attention says how transformers
attends: "default" is what from_pretrained selects (sdpa, but eager for WavLM, which has no other);
"sdpa" also makes WavLM use PyTorch's scaled_dot_product_attention, by not asking for the attention
weights; "eager" computes scores and softmax one after the other.
Build first: ./mvnw -o -q -pl integration-tests -am test-compile
Needs torch, transformers.

    python3 benchmarks/wavlm.py /tmp/full-size/wavlm [--threads 1 2] [--rounds 5] [--attention sdpa]
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

os.environ["OMP_WAIT_POLICY"] = "PASSIVE"

import torch
from transformers import AutoConfig, AutoModel
from transformers.models.wavlm import modeling_wavlm

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLASSES = [ROOT / "integration-tests/target/test-classes", ROOT / "beam-transforms/target/classes",
           ROOT / "training/target/classes"]


def class_path():
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run(
            [ROOT / "mvnw", "-o", "-q", "-B", "-pl", "integration-tests", "-am", "test-compile",
             "dependency:build-classpath", f"-Dmdep.outputFile={file.name}", "-Dmdep.includeScope=test"],
            cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return os.pathsep.join([*map(str, CLASSES), pathlib.Path(file.name).read_text().strip()])


class Ours:
    def __init__(self, folder, threads, classes):
        self.process = subprocess.Popen(
            ["java", "-Xmx3g", "-Dai.djl.offline=true", f"-Dai.djl.pytorch.num_threads={threads}", "-cp",
             classes, "io.gemoclap.model.speech.ForwardLoop", folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.process.stdout.readline()

    def forward(self):
        print(file=self.process.stdin, flush=True)
        return tuple(map(float, self.process.stdout.readline().split()))

    def close(self):
        peak = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        self.process.stdin.close()
        self.process.wait(60)
        return int(peak.split("VmHWM:")[1].split()[0]) / 2**20


def without_weights(attention):
    """F.multi_head_attention_forward calls scaled_dot_product_attention if nobody wants the weights."""
    return lambda *values, **options: attention(*values, **(options | {"need_weights": False}))


class Reference:
    def __init__(self, folder, attention):
        wavlm = AutoConfig.from_pretrained(folder).model_type == "wavlm"
        if wavlm and attention == "sdpa":
            functional = modeling_wavlm.F
            functional.multi_head_attention_forward = without_weights(functional.multi_head_attention_forward)
        options = {} if attention == "default" or wavlm else {"attn_implementation": attention}
        self.model = AutoModel.from_pretrained(folder, **options).eval()
        self.batch = torch.randn(4, 80_000)

    def forward(self):
        cpu, wall = time.process_time(), time.perf_counter()
        with torch.inference_mode():
            self.model(self.batch).last_hidden_state.mean(1)
        return time.process_time() - cpu, time.perf_counter() - wall


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--attention", choices=["default", "sdpa", "eager"], default="sdpa")
    options = parser.parse_args()
    reference, classes = Reference(options.folder, options.attention), class_path()
    for threads in options.threads:
        torch.set_num_threads(threads)
        ours = Ours(options.folder, threads, classes)
        rounds = []
        for number in range(-1, options.rounds):
            pair = (*ours.forward(), *reference.forward())
            if number >= 0:  # the first is a warm-up
                rounds.append(pair)
        peak = ours.close()
        cpu, wall, cpu_reference, wall_reference = map(statistics.median, zip(*rounds))
        ratios = sorted(mine / theirs for mine, _, theirs, _ in rounds)
        print(f"{threads} threads, {options.attention}: CPU {cpu:.2f} s against {cpu_reference:.2f} s, "
              f"ratio {statistics.median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f}); "
              f"wall {wall:.2f} s against {wall_reference:.2f} s; our peak memory {peak:.2f} GiB", flush=True)


if __name__ == "__main__":
    main()
