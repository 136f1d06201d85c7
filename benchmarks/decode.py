#!/usr/bin/env python3
"""Seconds of speech that are decoded to 16 kHz mono in one second of processor time, for nine kinds of file.

Measures in turn, on one thread: our decoder, in a JVM that has decoded each file before; soundfile with soxr HQ, where
soundfile reads the format; and ffmpeg's command with its default resampler, which is cheaper than ours and soxr's.
With --old, a second JVM runs other classes of ours. Prints the best of all rounds, and the median over the rounds of our
rate over each of the other rates, with the least and the greatest in brackets.

The files hold eight minutes of speech from the clips of CORPUS_FOLDER (.flac or .wav). They stay in --files, where a
second run finds them. Needs ffmpeg with libmp3lame, libopus and libvorbis, numpy, soundfile and soxr.

    python3 benchmarks/decode.py CORPUS_FOLDER [--files /tmp/decode-files] [--rounds 5] [--only MP3 FLAC]
        [--classes CLASS_PATH] [--old CLASS_PATH]
"""

import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import tempfile
import time

import soundfile
import soxr

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLASSES = [ROOT / "integration-tests/target/test-classes", ROOT / "beam-transforms/target/classes",
           ROOT / "training/target/classes"]
SECONDS = 480
WARM_UP = 3
# What is printed, the name of the file and ffmpeg's options.
FILES = [
    ("MP3 44.1 kHz stereo", "44-stereo.mp3", "-ar 44100 -ac 2 -c:a libmp3lame -b:a 128k"),
    ("Vorbis 44.1 kHz", "44.ogg", "-ar 44100 -c:a libvorbis -q:a 4"),
    ("Opus 48 kHz", "48.opus", "-ar 48000 -c:a libopus -b:a 32k"),
    ("AAC in MP4 44.1 kHz", "44.m4a", "-ar 44100 -c:a aac -b:a 96k"),
    ("FLAC 48 kHz", "48.flac", "-ar 48000 -c:a flac"),
    ("WAV 44.1 kHz stereo", "44-stereo.wav", "-ar 44100 -ac 2 -c:a pcm_s16le"),
    ("FLAC 16 kHz", "16.flac", "-c:a flac"),
    ("WAV 16 kHz", "16.wav", "-c:a pcm_s16le"),
    ("WAV mu-law 8 kHz", "8-mulaw.wav", "-ar 8000 -c:a pcm_mulaw"),
]


def make(corpus, folder):
    clips = sorted(p for p in corpus.rglob("*") if p.suffix in (".flac", ".wav"))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as clip_list:
        clip_list.writelines(f"file '{clip}'\n" for _ in range(20) for clip in clips)
        clip_list.flush()
        source = ["-f", "concat", "-safe", "0", "-i", clip_list.name, "-t", str(SECONDS)]
        for _, name, options in FILES:
            if not (folder / name).exists():
                subprocess.run(["ffmpeg", "-v", "error", "-y", *source, "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le",
                                folder / "source.wav"], check=True)
                subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", folder / "source.wav", *options.split(),
                                folder / name], check=True)


def class_path():
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run(
            [ROOT / "mvnw", "-o", "-q", "-B", "-pl", "integration-tests", "-am", "test-compile",
             "dependency:build-classpath", f"-Dmdep.outputFile={file.name}", "-Dmdep.includeScope=test"],
            cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return os.pathsep.join([*map(str, CLASSES), pathlib.Path(file.name).read_text().strip()])


class Ours:
    def __init__(self, classes):
        self.process = subprocess.Popen(
            ["java", "-Xmx512m", "-XX:+UseSerialGC", "-cp", classes, "io.gemoclap.audio.decode.DecodeLoop"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def seconds(self, path):
        print(path, file=self.process.stdin, flush=True)
        audio, cpu = map(float, self.process.stdout.readline().split())
        assert abs(audio - SECONDS) < 1, f"{path}: {audio} s"
        return cpu


def by_soundfile(path):
    cpu = time.process_time()
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples[:, 0] if samples.shape[1] == 1 else (samples[:, 0] + samples[:, 1]) * 0.5
    if rate != 16_000:
        soxr.resample(mono, rate, 16_000, quality="HQ")
    return time.process_time() - cpu


def by_command(path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "1", "-i", path, "-ac", "1", "-ar", "16000",
                    "-c:a", "pcm_f32le", "-f", "f32le", os.devnull], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--files", type=pathlib.Path, default=pathlib.Path("/tmp/decode-files"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", default=[""])
    parser.add_argument("--classes")
    parser.add_argument("--old")
    options = parser.parse_args()
    options.files.mkdir(parents=True, exist_ok=True)
    make(options.corpus, options.files)
    ways = {"ours": Ours(options.classes or class_path()).seconds}
    if options.old:
        ways["old"] = Ours(options.old).seconds
    ways |= {"soundfile + soxr": by_soundfile, "ffmpeg": by_command}
    for label, name, _ in FILES:
        if not any(label.startswith(start) for start in options.only):
            continue
        path = str(options.files / name)
        used = {way: run for way, run in ways.items() if not (run is by_soundfile and name.endswith(".m4a"))}
        for way in ("ours", "old"):
            for _ in range(WARM_UP if way in used else 0):
                used[way](path)
        rounds = [{way: SECONDS / run(path) for way, run in used.items()} for _ in range(options.rounds)]
        best = "  ".join(f"{way} {max(r[way] for r in rounds):,.0f}" for way in used)
        ratios = []
        for way in list(used)[1:]:
            all_ratios = sorted(r["ours"] / r[way] for r in rounds)
            ratios.append(f"{way} {statistics.median(all_ratios):.2f} ({all_ratios[0]:.2f} to {all_ratios[-1]:.2f})")
        print(f"{label:20}  {best}  ours over: {'; '.join(ratios)}", flush=True)


if __name__ == "__main__":
    main()
