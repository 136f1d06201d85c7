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
"""Writes tiny checkpoints, honest and hostile, and what they hold, for the tests of the checkpoint readers.

Into the given folder:
  expected.json      for each honest file: name -> [shape, values] of every tensor of real numbers
  *.safetensors, *.bin, sharded/   written by safetensors and torch
  hostile/           what a reader must refuse; nothing in them is dangerous even where it is run

    pip install torch==2.13.0 safetensors numpy
    python3 oracle/make-checkpoints.py beam-transforms/src/test/resources/io/gemoclap/model/weights \
        integration-tests/src/test/resources/golden/roberta

The second folder is the one that golden-roberta.py wrote; it gets its weights once more, as pytorch_model.bin.
"""

import collections
import json
import pathlib
import pickle
import shutil
import struct
import sys
import zipfile

import torch
from safetensors.torch import load_file, save_file

STAMP = (2020, 1, 1, 0, 0, 0)


def listing(tensors):
    return {name: [list(t.shape), t.double().flatten().tolist()]
            for name, t in tensors.items() if t.is_floating_point()}


def normalised(path, compression=zipfile.ZIP_STORED):
    """Writes a zip again with fixed times, so that equal tensors give equal files."""
    with zipfile.ZipFile(path) as old:
        content = [(info.filename, old.read(info)) for info in old.infolist()]
    archive(path, content, compression)


def archive(path, content, compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w") as new:
        for name, data in content:
            new.writestr(zipfile.ZipInfo(name, STAMP), data, compression)


def save(tensors, path, **options):
    torch.save(tensors, path, **options)
    normalised(path)


def numbers(*shape):
    return torch.randn(*shape)


def honest(folder):
    torch.manual_seed(4)
    expected = {}
    floats = {"encoder.weight": numbers(3, 5), "encoder.bias": numbers(5), "scale": torch.tensor(2.5),
              "empty": torch.zeros(0, 4), "embeddings.position_ids": torch.arange(6).reshape(1, 6)}
    halves = {"f16": numbers(2, 3).half(), "bf16": numbers(2, 3).bfloat16(), "f64": numbers(4).double(),
              "tiny": torch.tensor([6e-8, -6e-8, 65504, -65504]).half()}
    save_file(floats, folder / "floats.safetensors")
    save_file(halves, folder / "halves.safetensors")
    save(collections.OrderedDict(floats), folder / "floats.bin")
    save(halves, folder / "halves.bin")
    expected["floats.safetensors"] = expected["floats.bin"] = listing(floats)
    expected["halves.safetensors"] = expected["halves.bin"] = listing(halves)

    optimizer = {"state": {0: {"step": torch.tensor(7.0), "exp_avg": numbers(2), "exp_avg_sq": numbers(2)}},
                 "param_groups": [{"lr": 1e-3, "betas": (0.9, 0.999), "amsgrad": False, "params": [0, 1]}]}
    save({"epoch": 3, "loss": 0.25, "best": None, "model": floats, "optimizer": optimizer}, folder / "nested.bin")
    save({"epoch": 3, "global_step": 900, "state_dict": collections.OrderedDict(floats), "callbacks": {},
          "optimizer_states": [optimizer], "lr_schedulers": [], "note": "best so far"}, folder / "lightning.bin")
    expected["nested.bin"] = expected["lightning.bin"] = listing(floats)

    base = numbers(6, 4)
    views = {"whole": base, "transposed": base.t(), "row": base[2], "column": base[:, 1], "block": base[1:5, 1:3],
             "steps": base[::2, ::3], "permuted": base.reshape(2, 3, 4).permute(2, 0, 1), "last": base[5, 3],
             "tied": base, "one": base[:, :1]}
    save(views, folder / "views.bin")
    expected["views.bin"] = listing(views)
    shutil.copy(folder / "views.bin", folder / "deflated.bin")
    normalised(folder / "deflated.bin", zipfile.ZIP_DEFLATED)
    expected["deflated.bin"] = listing(views)

    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    save(model.state_dict(), folder / "module.bin")
    save({name: torch.nn.Parameter(t) for name, t in model.named_parameters()}, folder / "parameters.bin")
    expected["module.bin"] = listing(model.state_dict())
    expected["parameters.bin"] = listing(dict(model.named_parameters()))

    for style, make in (("old", torch.nn.utils.weight_norm), ("new", torch.nn.utils.parametrizations.weight_norm)):
        torch.manual_seed(5)
        conv = make(torch.nn.Conv1d(4, 4, 3, groups=2), dim=2)
        prefix = "wavlm." if style == "old" else ""
        tensors = {f"{prefix}encoder.pos_conv_embed.conv.{name}": t for name, t in conv.state_dict().items()}
        tensors[prefix + "masked_spec_embed"] = numbers(4)
        if style == "old":
            tensors["lm_head.weight"] = numbers(2, 4)
        save_file(tensors, folder / f"weight-norm-{style}.safetensors")
        expected[f"weight-norm-{style}.safetensors"] = listing(tensors)

    shards = folder / "sharded"
    shards.mkdir()
    parts = [{"encoder.weight": floats["encoder.weight"]},
             {n: floats[n] for n in ("encoder.bias", "scale")}]
    for ending, write in (("safetensors", save_file), ("bin", save)):
        stem = "model" if ending == "safetensors" else "pytorch_model"
        names = [f"{stem}-{i + 1:05}-of-00002.{ending}" for i in range(2)]
        for part, name in zip(parts, names):
            write(part, shards / name)
        index = {"metadata": {"total_size": 84},
                 "weight_map": {n: name for part, name in zip(parts, names) for n in part}}
        (shards / f"{stem}.{ending}.index.json").write_text(json.dumps(index, indent=1) + "\n")
        expected[f"sharded/{stem}.{ending}.index.json"] = listing({**parts[0], **parts[1]})
    (folder / "expected.json").write_text(json.dumps(expected) + "\n")


class Call:
    """Pickles as a call of any function."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def state_dict(folder, name, pickle_bytes, storage=bytes(16), **more):
    archive(folder / f"{name}.bin", [("a/data.pkl", pickle_bytes), ("a/data/0", storage)] + list(more.items()))


def tensor_pickle(storage_count=4, offset=0, size=(2, 2), stride=(2, 1), key="0"):
    """The pickle of {"w": tensor}, by hand, so that it can lie."""
    def integer(value):
        raw = value.to_bytes(8, "little", signed=True)
        return b"\x8a\x08" + raw

    def text(value):
        return b"X" + struct.pack("<I", len(value)) + value.encode()

    def ints(values):
        return b"(" + b"".join(map(integer, values)) + b"t"

    storage = (b"(" + text("storage") + b"ctorch\nFloatStorage\n" + text(key) + text("cpu")
               + integer(storage_count) + b"tQ")
    tensor = (b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + integer(offset) + ints(size) + ints(stride)
              + b"\x89ccollections\nOrderedDict\n)RtR")
    return b"\x80\x02}" + text("w") + tensor + b"s."


def hostile(folder):
    folder.mkdir()
    # What files of torch before 1.6 begin with: a number, the protocol, the machine.
    (folder / "legacy.bin").write_bytes(b"".join(pickle.dumps(part, protocol=2) for part in (
        0x1950a86a20f9469cfc6c, 1001, {"little_endian": True})))
    # Harmless where it is run: it would print a line.
    state_dict(folder, "code", pickle.dumps({"w": Call(print, "code ran")}, protocol=2))
    state_dict(folder, "system", b"\x80\x02cposix\nsystem\nX\x04\x00\x00\x00true\x85R.")
    state_dict(folder, "newobj", b"\x80\x02ccollections\nOrderedDict\n)\x81.")
    state_dict(folder, "protocol-4", pickle.dumps({"epoch": "three"}, protocol=4))
    state_dict(folder, "no-tensor", pickle.dumps({"epoch": 3}, protocol=2))
    state_dict(folder, "cut-pickle", tensor_pickle()[:-40])
    state_dict(folder, "hundred-gigabytes", tensor_pickle(25_000_000_000, 0, (250_000, 100_000), (100_000, 1)))
    state_dict(folder, "large-storage", tensor_pickle(2_000_000_000))
    state_dict(folder, "small-storage", tensor_pickle(), bytes(12))
    state_dict(folder, "beyond", tensor_pickle(offset=1))
    state_dict(folder, "stretched", tensor_pickle(size=(1_000_000, 1_000), stride=(0, 0)))
    state_dict(folder, "backwards", tensor_pickle(offset=3, stride=(-2, -1)))
    state_dict(folder, "overflow", tensor_pickle(size=(2**62, 4)))
    state_dict(folder, "elsewhere", tensor_pickle(key="../../etc/passwd"))
    state_dict(folder, "big-endian", tensor_pickle(), **{"a/byteorder": b"big"})
    archive(folder / "torchscript.bin", [("m/constants.pkl", b""), ("m/data.pkl", b"")])
    archive(folder / "two-pickles.bin", [("a/data.pkl", tensor_pickle()), ("b/data.pkl", tensor_pickle())])
    archive(folder / "bomb.bin", [("a/data.pkl", b"\x80\x02" + b"}" * (3 << 20))], zipfile.ZIP_DEFLATED)
    whole = (folder.parent / "floats.bin").read_bytes()
    (folder / "cut.bin").write_bytes(whole[:len(whole) // 2])
    (folder / "no-archive.bin").write_bytes(bytes(range(1, 100)))
    two = {"w": torch.ones(2)}
    save({"step": 3, "student": two, "teacher": two}, folder / "two-state-dicts.bin")
    save({"w": torch.ones(2), "model": two}, folder / "tensor-beside-dict.bin")


def task_model(folder):
    """The tiny RoBERTa beside golden.safetensors, as a masked language model of 2019 would have been saved."""
    tensors = {"roberta." + name: t for name, t in load_file(folder / "model.safetensors").items()}
    tensors["roberta.embeddings.position_ids"] = torch.arange(40).expand((1, -1))
    tensors["roberta.pooler.dense.weight"] = tensors["lm_head.dense.weight"] = torch.zeros(2, 2)
    save(collections.OrderedDict(tensors), folder / "pytorch_model.bin")


def main():
    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    honest(folder)
    hostile(folder / "hostile")
    task_model(pathlib.Path(sys.argv[2]))


if __name__ == "__main__":
    main()
