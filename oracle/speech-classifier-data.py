#!/usr/bin/env python3
"""Makes the clips that the speech classifier is trained and tested on.

    speech-classifier-data.py OUTPUT PACKAGES EMODB SPEECH

OUTPUT takes the folders train and test. Each has the folders speech and other, which have a folder of clips for each source.
PACKAGES is a folder that takes Debian packages, which this script fetches with apt-get. EMODB and SPEECH are folders with
manifest.csv (columns path and speaker). Nothing is written into the repository. The same seed gives the same clips.

Needs Debian 12, numpy, ffmpeg, espeak-ng, fluidsynth and the soundfont of timgm6mb-soundfont.
"""

import csv
import pathlib
import struct
import subprocess
import sys
import tempfile
import wave
import zlib

import numpy as np

RATE = 16_000
TRAIN_PACKAGES = """ardentryst asc-music atanks-data btanks-data bucklespring-data chromium-bsu-data extremetuxracer-data
    frozen-bubble-data hydrogen-data hyperrogue-music lincity-ng-data lmms-common mu-cade-data noiz2sa-data oxygen-sounds
    pingus-data planetblupi-music-ogg psi-plus-sounds rrootage-data singularity-music torus-trooper-data warzone2100-music
    xmoto-data""".split()
TEST_PACKAGES = """asterisk-moh-opsound-wav eiskaltdcpp-sounds gunroar-data lomiri-sounds lugaru-data parsec47-data
    pinball-data powermanga-data sound-theme-freedesktop tecnoballz-data wesnoth-1.16-music""".split()
# Recorded prompts in five languages. Their licence, CC BY-SA, is why they only test.
TEST_SPEECH = ["asterisk-core-sounds-%s-wav" % language for language in ("en", "es", "fr", "it", "ru")]
# Folders of single words, and a prompt of screaming monkeys.
NOT_PROMPTS = {"silence", "digits", "letters", "phonetic", "tt-monkeys"}
TEST_SPEAKERS = {"03", "08", "15", "16", "kathleen", "flemishguy"}
SUFFIXES = {".ogg", ".oga", ".wav", ".mp3", ".flac", ".it", ".mod", ".s3m", ".xm", ".opus"}
SOUNDFONT = "/usr/share/sounds/sf2/TimGM6mb.sf2"
ESPEAK_VOICES = "af bg ca cs da el en-us es et fi fr-fr hr hu id it lt lv nb nl pl pt ro ru sk sq sv sw tr vi".split()
SENTENCES = [
    "Hello, this is a short message for you.", "La casa es grande y tiene un jardin.", "Ko si to? Ja sam doma.",
    "Can you call me back tomorrow morning, please?", "Terve, mina olen siin ja ootan sind juba kaua.",
    "Il treno parte alle otto e un quarto.", "Nein, das geht so nicht weiter!", "Dobre rano, ako sa mate?",
]


def decode(path):
    command = ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-i", str(path), "-t", "420", "-ac", "1", "-ar", str(RATE)]
    done = subprocess.run(command + ["-f", "f32le", "-"], capture_output=True)
    return np.frombuffer(done.stdout[: len(done.stdout) // 4 * 4], np.float32).astype(np.float64)


def through(codec, muxer, clips, rate, extra=()):
    """The clips after a codec: one run for all of them, with half a second of silence between them."""
    gap = np.zeros(RATE // 2)
    joined = np.concatenate([part for clip in clips for part in (clip, gap)])
    pcm = (np.clip(joined, -1, 1) * 32767).astype("<i2").tobytes()
    with tempfile.NamedTemporaryFile(suffix="." + muxer) as coded:
        subprocess.run(
            ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "-", "-ar",
             str(rate), "-c:a", codec, *extra, "-f", muxer, coded.name], input=pcm, check=True)
        result = decode_all(coded.name)
    result = np.pad(result, (0, max(0, len(joined) - len(result))))
    out, at = [], 0
    for clip in clips:
        out.append(result[at : at + len(clip)])
        at += len(clip) + len(gap)
    return out


def decode_all(path):
    done = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-i", path, "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-"],
        capture_output=True, check=True)
    return np.frombuffer(done.stdout, np.float32).astype(np.float64)


CODECS = {
    "mulaw": ("pcm_mulaw", "wav", 8000, ()),
    "gsm": ("libgsm", "gsm", 8000, ()),
    "opus12": ("libopus", "ogg", 16000, ("-b:a", "12k")),
    "mp3_32": ("libmp3lame", "mp3", 16000, ("-b:a", "32k")),
}


def spectrum_filter(signal, gain):
    size = 1 << (len(signal) - 1).bit_length() if len(signal) > 1 else 2
    spectrum = np.fft.rfft(signal, size)
    return np.fft.irfft(spectrum * gain(np.fft.rfftfreq(size, 1 / RATE)), size)[: len(signal)]


def telephone(signal):
    return spectrum_filter(signal, lambda f: 1 / np.sqrt(1 + (300 / np.maximum(f, 1)) ** 8) / np.sqrt(1 + (f / 3400) ** 16))


def noise(rng, length):
    slope = rng.choice([0.0, 0.5, 1.0, rng.uniform(0, 1.2)])
    shaped = spectrum_filter(rng.standard_normal(length), lambda f: np.maximum(f, 20) ** -slope)
    return shaped / max(1e-9, np.sqrt(np.mean(shaped**2)))


def room(rng, signal):
    length = int(RATE * rng.uniform(0.1, 0.6))
    response = rng.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length) * rng.uniform(0.02, 0.12)
    response[0] = 1
    size = 1 << (len(signal) + length).bit_length()
    return np.fft.irfft(np.fft.rfft(signal, size) * np.fft.rfft(response, size), size)[: len(signal)]


def perturb(rng, clip, backgrounds):
    """A copy as it might be recorded, and the codec that it still has to pass."""
    if rng.random() < 0.3:
        clip = room(rng, clip)
    loudness = np.sqrt(np.mean(clip**2)) + 1e-9
    draw = rng.random()
    if draw < 0.35:
        clip = clip + noise(rng, len(clip)) * loudness * 10 ** (-rng.uniform(10, 25) / 20)
    elif draw < 0.45 and backgrounds:
        other = np.resize(backgrounds[rng.integers(len(backgrounds))], len(clip))
        clip = clip + other * loudness / (np.sqrt(np.mean(other**2)) + 1e-9) * 10 ** (-rng.uniform(12, 25) / 20)
    codec = rng.choice(["", "mulaw", "gsm", "opus12", "mp3_32"], p=[0.5, 0.2, 0.1, 0.1, 0.1])
    if codec in ("mulaw", "gsm"):
        clip = telephone(clip)
    peak = np.max(np.abs(clip)) + 1e-9
    clip = clip / peak * 10 ** (-rng.uniform(0, 30) / 20)
    if rng.random() < 0.05:
        clip = np.clip(clip * 3, -0.99, 0.99)
    return clip, codec


def excerpt(rng, signal):
    """A stretch of half a second to ten seconds that is not silent."""
    for _ in range(8):
        length = min(len(signal), int(RATE * np.exp(rng.uniform(np.log(0.5), np.log(10)))))
        start = rng.integers(0, len(signal) - length + 1)
        clip = signal[start : start + length]
        # As voice activity cuts: no silence at the ends.
        frames = np.abs(clip[: len(clip) // 400 * 400].reshape(-1, 400)).max(axis=1)
        loud = np.flatnonzero(frames > 0.03 * np.abs(signal).max())
        if len(loud) * 400 >= 0.25 * RATE:
            return clip[max(0, loud[0] * 400 - 1600) : (loud[-1] + 1) * 400 + 1600]
    return None


def write(path, samples):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def save(folder, clips, rng, backgrounds, clean=False):
    """Writes the clips of a source, perturbed unless they should stay clean."""
    todo = [(clip, "") if clean else perturb(rng, clip, backgrounds) for clip in clips]
    for codec in {each for _, each in todo if each}:
        which = [i for i, (_, each) in enumerate(todo) if each == codec]
        name, muxer, rate, extra = CODECS[codec]
        for i, coded in zip(which, through(name, muxer, [todo[i][0] for i in which], rate, extra)):
            todo[i] = (coded, codec)
    for i, (clip, codec) in enumerate(todo):
        write(folder / ("%04d%s.wav" % (i, "-" + codec if codec else "")), clip)
    print(folder, len(todo), flush=True)


def corpus(folder):
    speakers = {}
    with open(folder / "manifest.csv", newline="") as file:
        for row in csv.DictReader(file):
            speakers.setdefault(row["speaker"], []).append(decode(folder / row["path"]))
    return speakers


def packages(folder, names):
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        if not (folder / name).is_dir():
            subprocess.run(["apt-get", "download", "-q", name], cwd=folder, check=True)
            subprocess.run(["dpkg", "-x", next(folder.glob(name + "_*.deb")), folder / name], check=True)


def sounds(rng, folder, most):
    """Excerpts of the sounds of a package: more of long pieces."""
    files = sorted(each for each in folder.rglob("*") if each.suffix.lower() in SUFFIXES and each.is_file())
    # Spoken words, such as "front left".
    files = [each for each in files if not each.name.startswith("audio-channel-")]
    rng.shuffle(files)
    clips = []
    for file in files[:most]:
        signal = decode(file)
        if len(signal) < 0.3 * RATE or np.abs(signal).max() < 1e-3:
            continue
        wanted = 1 if len(signal) < 5 * RATE else max(3, min(12, most // max(1, len(files))))
        clips += [clip for clip in (excerpt(rng, signal) for _ in range(wanted)) if clip is not None]
    return clips[:most]


def midi(rng, path):
    """A random piece of one to three General MIDI instruments."""
    events = []
    for channel in range(rng.integers(1, 4)):
        drums = rng.random() < 0.1
        number = 9 if drums else channel
        events.append((0, bytes([0xC0 | number, int(rng.integers(0, 120))])))
        step = int(rng.choice([60, 120, 240, 480]))
        note, time = int(rng.integers(40, 80)), 0
        while time < 9600:
            chord = [0, 4, 7][: int(rng.choice([1, 1, 2, 3]))]
            length = int(step * rng.choice([0.5, 1, 1, 2]))
            for interval in chord:
                pitch = int(rng.integers(35, 60)) if drums else note + interval
                events.append((time, bytes([0x90 | number, pitch, int(rng.integers(50, 120))])))
                events.append((time + length, bytes([0x80 | number, pitch, 0])))
            note = int(np.clip(note + rng.choice([-5, -2, -1, 0, 1, 2, 3, 7]), 36, 88))
            time += length if rng.random() < 0.85 else 2 * length
    track, last = b"\x00\xff\x51\x03" + struct.pack(">I", int(rng.uniform(350_000, 900_000)))[1:], 0
    for time, event in sorted(events):
        delta, last = time - last, time
        number = bytes([delta & 0x7F])
        while delta := delta >> 7:
            number = bytes([0x80 | delta & 0x7F]) + number
        track += number + event
    track += b"\x00\xff\x2f\x00"
    path.write_bytes(b"MThd" + struct.pack(">IHHH", 6, 0, 1, 480) + b"MTrk" + struct.pack(">I", len(track)) + track)


def rendered(rng, count):
    clips = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(count):
            piece, sound = pathlib.Path(folder, "piece.mid"), pathlib.Path(folder, "piece.wav")
            midi(rng, piece)
            subprocess.run(
                ["fluidsynth", "-ni", "-q", "-r", str(RATE), "-F", sound, SOUNDFONT, piece], check=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            signal = decode(sound)
            clips += [clip for clip in (excerpt(rng, signal) for _ in range(4)) if clip is not None]
    return clips


def spoken(rng, count):
    clips = []
    for _ in range(count):
        command = ["espeak-ng", "--stdout", "-v", str(rng.choice(ESPEAK_VOICES)) + str(rng.choice(["", "+f2", "+f4", "+m3", "+m7"]))]
        command += ["-p", str(rng.integers(20, 90)), "-s", str(rng.integers(120, 210)), str(rng.choice(SENTENCES))]
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            file.write(subprocess.run(command, capture_output=True, check=True).stdout)
            file.flush()
            clip = excerpt(rng, decode(file.name))
        if clip is not None:
            clips.append(clip)
    return clips


def envelope(rng, length):
    """Swells, pulses or steps: what makes noise and tones vary as speech does."""
    t = np.arange(length) / RATE
    kind = rng.integers(5)
    if kind == 0:
        return 0.5 + 0.5 * np.sin(2 * np.pi * rng.uniform(0.2, 8) * t + rng.uniform(0, 6))
    if kind == 1:
        return ((t * rng.uniform(0.5, 6)) % 1 < rng.uniform(0.2, 0.8)).astype(float)
    if kind == 2:
        return np.exp(-((t * rng.uniform(0.5, 5)) % 1) * rng.uniform(2, 12))
    if kind == 3:
        return np.repeat(10 ** (-rng.uniform(0, 30, length // 1600 + 1) / 20), 1600)[:length]
    return np.ones(length)


def synthetic(rng, count):
    """Noise, hum, tones, sweeps, dialling and ringing, clicks: {name: clips}."""
    kinds = {name: [] for name in ("noise", "hum", "tones", "sweeps", "dtmf", "ringing", "clicks")}
    dtmf = [(a, b) for a in (697, 770, 852, 941) for b in (1209, 1336, 1477)]
    for _ in range(count):
        length = int(RATE * np.exp(rng.uniform(np.log(0.5), np.log(10))))
        t = np.arange(length) / RATE
        base = rng.choice([50, 60])
        kinds["hum"].append(sum(rng.random() / k * np.sin(2 * np.pi * base * k * t + k) for k in range(1, 12)) * envelope(rng, length))
        kinds["noise"].append(noise(rng, length) * envelope(rng, length))
        tone = sum(rng.random() * np.sin(2 * np.pi * f * t) for f in rng.uniform(100, 3400, rng.integers(1, 5)))
        kinds["tones"].append(tone * envelope(rng, length))
        low, high = np.sort(rng.uniform(60, 7000, 2))
        period = rng.uniform(0.2, 5)
        phase = np.cumsum(low * (high / low) ** ((t / period) % 1)) / RATE
        kinds["sweeps"].append(np.sin(2 * np.pi * phase) * envelope(rng, length))
        digits = np.zeros(length)
        on, off = rng.uniform(0.06, 0.2), rng.uniform(0.04, 0.2)
        for start in np.arange(0, length / RATE, on + off):
            a, b = dtmf[rng.integers(len(dtmf))]
            inside = (t >= start) & (t < start + on)
            digits += inside * (np.sin(2 * np.pi * a * t) + np.sin(2 * np.pi * b * t))
        kinds["dtmf"].append(digits)
        a, b, warble = rng.uniform(300, 600), rng.uniform(400, 1500), rng.uniform(10, 25)
        ring = np.where(np.sin(2 * np.pi * warble * t) > 0, np.sin(2 * np.pi * a * t), np.sin(2 * np.pi * b * t))
        steady = np.sin(2 * np.pi * a * t) + rng.integers(2) * np.sin(2 * np.pi * b * t)
        cadence = (t % rng.uniform(0.5, 4)) < rng.uniform(0.2, 1.2)
        kinds["ringing"].append((ring if rng.random() < 0.5 else steady) * cadence)
        clicks = np.zeros(length)
        for at in rng.integers(0, length, max(1, int(length / RATE * rng.uniform(0.5, 10)))):
            size = min(length - at, int(rng.integers(8, 1200)))
            clicks[at : at + size] += rng.standard_normal(size) * np.exp(-np.arange(size) * 5 / size)
        kinds["clicks"].append(clicks + 1e-3 * noise(rng, length))
    return kinds


def main(output, folder, emodb, speech):
    packages(folder, TRAIN_PACKAGES + TEST_PACKAGES + TEST_SPEECH)
    backgrounds = []
    for part, names, count in (("train", TRAIN_PACKAGES, 60), ("test", TEST_PACKAGES, 25)):
        for name in names:
            rng = np.random.default_rng(zlib.crc32(name.encode()))
            clips = sounds(rng, folder / name, 160)
            if part == "train":
                backgrounds += clips[:6]
            save(output / part / "other" / name, clips, rng, [])
        rng = np.random.default_rng(zlib.crc32(part.encode()))
        if part == "train":
            save(output / part / "other" / "midi", rendered(rng, 120), rng, [])
        for kind, clips in synthetic(rng, count).items():
            save(output / part / "other" / ("synthetic-" + kind), clips, rng, [])
    rng = np.random.default_rng(7)
    save(output / "train" / "speech" / "espeak", spoken(rng, 250), rng, backgrounds)
    for corpus_name, folder_of in (("emodb", emodb), ("cc0", speech)):
        for speaker, recordings in sorted(corpus(folder_of).items()):
            rng = np.random.default_rng(zlib.crc32(speaker.encode()))
            target = output / ("test" if speaker in TEST_SPEAKERS else "train") / "speech" / (corpus_name + "-" + speaker)
            copies = 4 if corpus_name == "emodb" else 8
            clips = [excerpt(rng, each) for each in recordings for _ in range(copies)]
            save(target, [clip for clip in clips if clip is not None], rng, backgrounds)
            if speaker in TEST_SPEAKERS:
                save(target.with_name(target.name + "-whole"), recordings, rng, [], clean=True)
    for name in TEST_SPEECH:
        rng = np.random.default_rng(zlib.crc32(name.encode()))
        files = sorted((folder / name).rglob("*.wav"))
        files = [each for each in files if not NOT_PROMPTS & {*each.parts, each.stem}]
        rng.shuffle(files)
        signals = [signal for signal in (decode(file) for file in files[:150]) if len(signal) > 0.6 * RATE]
        save(output / "test" / "speech" / name, signals, rng, [], clean=True)


if __name__ == "__main__":
    main(*(pathlib.Path(each) for each in sys.argv[1:5]))
