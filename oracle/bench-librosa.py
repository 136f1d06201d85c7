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
"""Times librosa's log-mel or MFCC for `gemoclap benchmark`, which writes the samples and starts this script.

The file of samples holds, for each clip, a 32-bit count and as many 32-bit floats at 16 kHz, little endian.
Prints two numbers: seconds of audio worked through, and processor seconds that this took.
"""

import argparse
import time

import librosa
import numpy as np

RATE = 16000
FFT = dict(n_fft=512, win_length=400, hop_length=160)


def clips(path):
    words = np.fromfile(path, dtype="<i4")
    position = 0
    while position < len(words):
        count = int(words[position])
        yield words[position + 1 : position + 1 + count].view("<f4")
        position += 1 + count


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("samples")
    parser.add_argument("--seconds", type=float, default=1.0, help="processor time to spend")
    parser.add_argument("--feature", choices=["log-mel", "mfcc"], default="log-mel")
    parser.add_argument("--keep-filters", action="store_true", help="make the mel filters once, not for each clip")
    args = parser.parse_args()
    audio = list(clips(args.samples))
    filters = librosa.filters.mel(sr=RATE, n_fft=512, n_mels=80)

    def mel(samples):
        if args.keep_filters:
            return filters @ np.abs(librosa.stft(samples, **FFT)) ** 2
        return librosa.feature.melspectrogram(y=samples, sr=RATE, n_mels=80, **FFT)

    def log_mel(samples):
        return np.log(np.maximum(mel(samples), 1e-10))

    def mfcc(samples):
        if args.keep_filters:
            return librosa.feature.mfcc(S=librosa.power_to_db(mel(samples)), n_mfcc=20)
        return librosa.feature.mfcc(y=samples, sr=RATE, n_mfcc=20, n_mels=80, **FFT)

    compute = {"log-mel": log_mel, "mfcc": mfcc}[args.feature]
    for samples in audio:
        compute(samples)
    start = time.process_time()
    done = 0.0
    spent = 0.0
    while spent < args.seconds:
        for samples in audio:
            compute(samples)
            done += len(samples) / RATE
        spent = time.process_time() - start
    print(done, spent)


if __name__ == "__main__":
    main()
