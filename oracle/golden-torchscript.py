#!/usr/bin/env python3
"""Writes a tiny traced speech encoder of a family that has no Java implementation, and its answers.

Into the given folder:
  config.json, model.pt    a traced UniSpeech that takes waveforms (1, samples) and gives frame vectors
                           (1, frames, 24)
  golden.safetensors       clip.<i>: waveforms of different lengths, pooled.<i>: means over time

    pip install torch transformers safetensors
    python3 oracle/golden-torchscript.py integration-tests/src/test/resources/golden/torchscript
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import UniSpeechConfig, UniSpeechModel

SAMPLES = [900, 431, 1300]


class Frames(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, waveforms):
        return self.model(waveforms, return_dict=False)[0]


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(9)
    config = UniSpeechConfig(
        hidden_size=24, num_hidden_layers=1, num_attention_heads=3, intermediate_size=32,
        conv_dim=[12, 14], conv_kernel=[10, 4], conv_stride=[5, 4], num_conv_pos_embeddings=8,
        num_conv_pos_embedding_groups=4, codevector_dim=8, num_codevectors_per_group=4,
        attn_implementation="eager")
    encoder = Frames(UniSpeechModel(config).eval())
    golden = {}
    with torch.no_grad():
        traced = torch.jit.trace(encoder, torch.randn(1, 700), check_trace=False)
        for i, samples in enumerate(SAMPLES):
            clip = torch.randn(samples)
            golden |= {f"clip.{i}": clip, f"pooled.{i}": encoder(clip[None]).mean(1)}
            assert torch.allclose(golden[f"pooled.{i}"], traced(clip[None]).mean(1), atol=1e-5)
    traced.save(str(target / "model.pt"))
    save_file(golden, target / "golden.safetensors")
    declared = {"model_type": "torchscript", "output_size": 24, "min_samples": 25}
    (target / "config.json").write_text(json.dumps(declared, indent=1) + "\n")
