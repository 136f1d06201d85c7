#!/usr/bin/env python3
"""Writes WavLM-base, WavLM-large and RoBERTa-base with random weights, and what transformers says of them.

Into the given folder (about 2.1 GB; never commit it):
  wavlm/config.json, model.safetensors     94.4 million parameters
  wavlm/golden.safetensors                 clip.<i>: waveforms of 5, 3.1 and 1 s; <i>.state.<l>: input
                                           of the first layer and output of each; <i>.pooled: the mean
  wavlm-large/                             the same, 315.5 million parameters
  roberta/config.json, model.safetensors   124.6 million parameters, without pooler
  roberta/golden.safetensors               ids (padded), lengths, state.<l>

    pip install torch transformers safetensors
    python3 oracle/full-size.py /tmp/full-size
"""

import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import RobertaConfig, RobertaModel, WavLMConfig, WavLMModel

SAMPLES = [80_000, 49_600, 16_000]
LENGTHS = [64, 12, 200]


def randomized(model):
    """As initialised, but with random biases and norms."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter.add_(0.1 * torch.randn_like(parameter))
    return model.eval()


def write(folder, model, golden):
    folder.mkdir(parents=True, exist_ok=True)
    model.config.save_pretrained(folder)
    save_file({k: v.detach().contiguous() for k, v in model.named_parameters()}, folder / "model.safetensors")
    save_file({k: v.detach().clone().contiguous() for k, v in golden.items()}, folder / "golden.safetensors")


LARGE = {
    "hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16, "intermediate_size": 4096,
    "do_stable_layer_norm": True, "feat_extract_norm": "layer"}


def wavlm(folder, shape):
    torch.manual_seed(1)
    model = randomized(WavLMModel(WavLMConfig(attn_implementation="eager", **shape)))
    golden = {}
    for i, samples in enumerate(SAMPLES):
        clip = torch.randn(samples)
        out = model(clip[None], output_hidden_states=True)
        golden |= {f"clip.{i}": clip, f"{i}.pooled": out.last_hidden_state.mean(1)}
        golden |= {f"{i}.state.{layer}": state for layer, state in enumerate(out.hidden_states)}
    write(folder, model, golden)


def roberta(folder):
    torch.manual_seed(2)
    config = RobertaConfig(
        vocab_size=50265, max_position_embeddings=514, type_vocab_size=1, layer_norm_eps=1e-5,
        attn_implementation="eager")
    model = randomized(RobertaModel(config, add_pooling_layer=False))
    ids = torch.full((len(LENGTHS), max(LENGTHS)), config.pad_token_id)
    for row, length in enumerate(LENGTHS):
        ids[row, :length] = torch.randint(5, config.vocab_size, (length,))
    out = model(ids, attention_mask=(ids != config.pad_token_id).long(), output_hidden_states=True)
    golden = {"ids": ids.float(), "lengths": torch.tensor(LENGTHS).float()}
    golden |= {f"state.{layer}": state for layer, state in enumerate(out.hidden_states)}
    write(folder, model, golden)


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    with torch.no_grad():
        wavlm(target / "wavlm", {})
        wavlm(target / "wavlm-large", LARGE)
        roberta(target / "roberta")
