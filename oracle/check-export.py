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
"""Loads exported corpora with Hugging Face's datasets, and decodes every clip.

Usage: check-export.py FOLDER
Needs: Python 3 with datasets 5.0 and soundfile.

FOLDER holds folders parquet, audiofolder and webdataset, each the output of
    gemoclap export RESULTS --to=FORMAT --output=FOLDER/FORMAT
Every row must have a clip that is as long as its start and end say, within 0.11 s, at the rate that
the corpus states. Exits with 1 if one has not.
"""

import io
import json
import sys
import types

import soundfile

# datasets imports torchcodec for the Audio feature, even where nothing is decoded by it.
for name in ("torchcodec", "torchcodec.encoders", "torchcodec.decoders"):
    if name not in sys.modules:
        module = types.ModuleType(name)
        module.AudioEncoder = module.AudioDecoder = module.VideoDecoder = type("Unused", (), {})
        module.__spec__ = types.SimpleNamespace(name=name, loader=None)
        sys.modules[name] = module

from datasets import Audio, load_dataset  # noqa: E402

root = sys.argv[1]
wrong = 0
for kind in ("parquet", "audiofolder", "webdataset"):
    report = json.load(open(f"{root}/{kind}/export.json"))
    loaded = load_dataset(f"{root}/{kind}")
    rows = 0
    for split, dataset in loaded.items():
        column = "flac" if kind == "webdataset" else "audio"
        assert isinstance(dataset.features[column], Audio), dataset.features
        dataset = dataset.cast_column(column, Audio(decode=False))
        assert len(dataset) == report["splits"][split]["segments"], (kind, split, len(dataset))
        for row in dataset:
            audio = row[column]
            encoded = audio["bytes"] or open(audio["path"], "rb").read()
            samples, rate = soundfile.read(io.BytesIO(encoded))
            told = row["json"] if kind == "webdataset" else row
            expected = told["end_s"] - told["start_s"]
            if abs(len(samples) / rate - expected) > 0.11 or rate != report["sample_rate"]:
                print(f"{told['id']}: {len(samples) / rate} s at {rate} Hz, not {expected} s")
                wrong += 1
            rows += 1
    print(f"{kind}: {rows} rows, features {sorted(dataset.features)}")
    assert rows == report["taken"]["segments"]
sys.exit(1 if wrong else 0)
