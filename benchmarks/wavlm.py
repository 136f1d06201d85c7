#!/usr/bin/env python3
"""CPU seconds of a WavLM-base forward pass (4 x 5 s): ours and transformers' eager one, in turn.

Both run the same weights on the same number of threads; a round is one pass of each. Reads the
folder that oracle/full-size.py wrote. Build first: ./mvnw -o -q -pl integration-tests -am test-compile
Needs torch, transformers.

    python3 benchmarks/wavlm.py /tmp/full-size/wavlm [--threads 1 2] [--rounds 5]
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
from transformers import WavLMModel

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


class Reference:
    def __init__(self, folder):
        self.model = WavLMModel.from_pretrained(folder, attn_implementation="eager").eval()
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
    options = parser.parse_args()
    reference, classes = Reference(options.folder), class_path()
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
        ratio = statistics.median(round[0] / round[2] for round in rounds)
        print(f"{threads} threads: CPU {cpu:.2f} s against {cpu_reference:.2f} s, ratio {ratio:.3f}; "
              f"wall {wall:.2f} s against {wall_reference:.2f} s; our peak memory {peak:.2f} GiB", flush=True)


if __name__ == "__main__":
    main()
