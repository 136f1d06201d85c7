#!/usr/bin/env python3
"""Writes the golden files that the feature tests of beam-transforms compare with.

Makes its own test signals (a glide, vowels, noise bursts, and one espeak-ng sentence where that
program is installed), saves them as 16-bit samples, and computes from those very samples what
librosa says, and what the definitions of Whisper and Kaldi say when written down in NumPy.

Every array is a raw little-endian file; index.json names them:
    [{"name": "vowels/logmel", "type": "f32", "shape": [151, 80], "file": "vowels-logmel.bin"}, ...]
Types: s16 (signals, full scale 32768) and f32. The signals are the same on every run; the
espeak-ng sentence depends on the installed version of the program.

    pip install numpy scipy librosa soundfile
    python3 oracle/golden-features.py
"""

import argparse
import io
import json
import pathlib
import shutil
import subprocess

import librosa
import numpy as np
import scipy.signal
import soundfile

RATE = 16_000
HOP, WINDOW, FFT, BINS = 160, 400, 512, 80
PITCH_WINDOW, LOW_PITCH, HIGH_PITCH = 1024, 60, 500
ROOT = pathlib.Path(__file__).resolve().parent.parent
DEFAULT_OUTPUT = ROOT / "beam-transforms/src/test/resources/golden/features"


# ---------------------------------------------------------------- signals


def seconds(duration):
    return np.arange(int(duration * RATE)) / RATE


def glide():
    """A tone with twelve overtones from 90 up to 300 and down to 120 Hz, noise, true silence."""
    t = seconds(1.1)
    hz = np.interp(t, [0, 0.6, 1.1], [90, 300, 120])
    phase = 2 * np.pi * np.cumsum(hz) / RATE
    tone = sum(np.sin(k * phase) / k for k in range(1, 13))
    noise = np.random.default_rng(1).standard_normal(t.size)
    return np.concatenate([0.15 * tone + 0.002 * noise, np.zeros(RATE // 5)])


def vowel(formants, start_hz, end_hz, duration, random):
    """A pulse train with some jitter, breath and glottal tilt, through four resonances."""
    t = seconds(duration)
    source = 0.01 * random.standard_normal(t.size)
    position = 0.0
    while position < t.size:
        source[int(position)] += 1
        hz = start_hz + (end_hz - start_hz) * position / t.size
        position += RATE / hz * (1 + 0.005 * random.standard_normal())
    source = scipy.signal.lfilter([1], [1, -0.95], source)
    for hz, width in zip(formants, (80, 100, 140, 200)):
        radius = np.exp(-np.pi * width / RATE)
        poles = [1, -2 * radius * np.cos(2 * np.pi * hz / RATE), radius**2]
        source = scipy.signal.lfilter([sum(poles)], poles, source)
    fade = np.minimum(1, np.minimum(t, t[::-1]) / 0.02)
    return 0.3 * fade * source / np.max(np.abs(source))


def vowels():
    """A low falling a, a pause, a high rising i, a pause, an even u; a faint noise throughout."""
    random = np.random.default_rng(2)
    pause = np.zeros(RATE // 10)
    parts = [
        vowel((730, 1090, 2440, 3400), 130, 85, 0.45, random),
        pause,
        vowel((310, 2790, 3310, 4200), 200, 320, 0.4, random),
        pause,
        vowel((300, 870, 2240, 3300), 160, 160, 0.35, random),
    ]
    signal = np.concatenate(parts)
    return signal + 0.0005 * random.standard_normal(signal.size)


def bursts():
    """Unvoiced only: noise bursts of two colours between stretches of true silence."""
    random = np.random.default_rng(3)
    hiss = scipy.signal.lfilter([1, -0.9], [1], random.standard_normal(RATE // 4))
    rumble = scipy.signal.lfilter([0.1], [1, -0.9], random.standard_normal(RATE // 4))
    silence = np.zeros(RATE // 10)
    return np.concatenate([silence, 0.1 * hiss, silence, 0.2 * rumble, silence])


def speech():
    """A sentence by espeak-ng, or nothing where it is not installed."""
    if not shutil.which("espeak-ng"):
        return None
    command = ["espeak-ng", "-v", "en-us", "-s", "165", "--stdout", "Why would you say that?"]
    wave = subprocess.run(command, check=True, capture_output=True).stdout
    samples, rate = soundfile.read(io.BytesIO(wave), dtype="float64")
    samples = scipy.signal.resample_poly(samples, RATE, rate)
    return 0.5 * samples / np.max(np.abs(samples))


# ---------------------------------------------------------------- references


def framing():
    return dict(n_fft=FFT, hop_length=HOP, win_length=WINDOW, center=True)


def logmel(y):
    mel = librosa.feature.melspectrogram(y=y, sr=RATE, n_mels=BINS, **framing())
    return np.log(np.maximum(mel, 1e-10)).T


def mfcc(y):
    base = librosa.feature.mfcc(y=y, sr=RATE, n_mfcc=20, n_mels=BINS, **framing())
    first = librosa.feature.delta(base, width=9, order=1)
    second = librosa.feature.delta(base, width=9, order=2)
    return np.concatenate([base, first, second]).T


def shape(y):
    """Columns: rms_db, centroid_hz, rolloff_hz, flatness, zcr."""
    frames = dict(frame_length=WINDOW, hop_length=HOP, center=True)
    rms = librosa.feature.rms(y=y, **frames)
    spectrum = framing()
    columns = [
        20 * np.log10(np.maximum(rms, 1e-5)),
        librosa.feature.spectral_centroid(y=y, sr=RATE, **spectrum),
        librosa.feature.spectral_rolloff(y=y, sr=RATE, roll_percent=0.85, **spectrum),
        librosa.feature.spectral_flatness(y=y, **spectrum),
        librosa.feature.zero_crossing_rate(y, **frames),
    ]
    return np.concatenate(columns).T


def pitch(y):
    """F0 in Hz by pYIN, 0 where it hears no voice."""
    hz, _, _ = librosa.pyin(
        y,
        sr=RATE,
        fmin=LOW_PITCH,
        fmax=HIGH_PITCH,
        frame_length=PITCH_WINDOW,
        hop_length=HOP,
        fill_na=0.0,
    )
    return hz[:, np.newaxis]


def power_frames(frames, window, size):
    return np.abs(np.fft.rfft(frames * window, size)) ** 2


def whisper(y):
    """Whisper's log-mel in double precision: reflected edges, last frame dropped, eight decades."""
    padded = np.pad(y.astype(np.float64), WINDOW // 2, mode="reflect")
    frames = librosa.util.frame(padded, frame_length=WINDOW, hop_length=HOP, axis=0)[:-1]
    power = power_frames(frames, scipy.signal.get_window("hann", WINDOW), WINDOW)
    filters = librosa.filters.mel(sr=RATE, n_fft=WINDOW, n_mels=BINS, dtype=np.float64)
    decades = np.log10(np.maximum(power @ filters.T, 1e-10))
    return (np.maximum(decades, decades.max() - 8) + 4) / 4


def kaldi(y):
    """Kaldi's fbank in double precision, with dither 0 and all else at its defaults."""
    frames = librosa.util.frame(
        y.astype(np.float64) * 32768, frame_length=WINDOW, hop_length=HOP, axis=0
    )
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    ramp = np.arange(WINDOW) / (WINDOW - 1)
    povey = (0.5 - 0.5 * np.cos(2 * np.pi * ramp)) ** 0.85
    power = power_frames(frames - 0.97 * before, povey, FFT)[:, : FFT // 2]

    def mel(hz):
        return 1127 * np.log(1 + np.asarray(hz) / 700)

    corners = np.linspace(mel(20), mel(RATE / 2), BINS + 2)
    position = mel(np.arange(FFT // 2) * RATE / FFT)[:, np.newaxis]
    rise = (position - corners[:-2]) / (corners[1:-1] - corners[:-2])
    fall = (corners[2:] - position) / (corners[2:] - corners[1:-1])
    energy = power @ np.maximum(0, np.minimum(rise, fall))
    return np.log(np.maximum(energy, np.finfo(np.float32).eps))


SIGNALS = [glide, vowels, bursts, speech]
REFERENCES = [logmel, whisper, kaldi, mfcc, shape, pitch]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, default=DEFAULT_OUTPUT)
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    index = []

    def save(name, kind, values):
        file = name.replace("/", "-") + ".bin"
        values.astype({"s16": "<i2", "f32": "<f4"}[kind]).tofile(output / file)
        index.append(dict(name=name, type=kind, shape=list(values.shape), file=file))

    for make in SIGNALS:
        signal = make()
        if signal is None:
            print("left out, its program is not installed:", make.__name__)
            continue
        samples = np.round(np.clip(signal, -1, 1) * 32767).astype(np.int16)
        save(f"{make.__name__}/signal", "s16", samples)
        y = (samples / 32768).astype(np.float32)
        for reference in REFERENCES:
            save(f"{make.__name__}/{reference.__name__}", "f32", reference(y))

    lines = ",\n".join("  " + json.dumps(entry) for entry in index)
    (output / "index.json").write_text(f"[\n{lines}\n]\n")
    total = sum(file.stat().st_size for file in output.iterdir())
    print(f"{len(index)} arrays, {total} bytes in {output}")


if __name__ == "__main__":
    main()
