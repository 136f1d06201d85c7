#!/usr/bin/env python3
"""Writes what transformers says about tiny random speech encoders.

Into the given folder:
  clips.safetensors                      raw.<i>: synthetic waveforms of different lengths; and
                                         normalized.<i>: as Wav2Vec2FeatureExtractor gives them
  <family>-<base|large>/config.json, model.safetensors
                                         a base model; every bias, norm and gate is random too
  <family>-<base|large>/golden.safetensors
                                         <i>.state.<l>: input of the first layer and output of each,
                                         <i>.last: the last hidden state, <i>.pooled: mean over time
                                         (of the weighted sum of layers where the config asks for it),
                                         each clip alone, without padding

    pip install torch transformers safetensors numpy
    python3 oracle/golden-speech.py integration-tests/src/test/resources/golden/speech
"""

import json
import pathlib
import sys

import numpy
import torch
from safetensors.torch import save_file
from transformers import (
    Data2VecAudioConfig, Data2VecAudioModel, HubertConfig, HubertModel, Wav2Vec2Config,
    Wav2Vec2FeatureExtractor, Wav2Vec2Model, WavLMConfig, WavLMModel)

SAMPLES = [1510, 640, 93, 1187]
WEIGHTED = {"wavlm-base", "hubert-large"}
TINY = dict(
    hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
    conv_dim=[12, 16, 14], conv_kernel=[10, 3, 2], conv_stride=[5, 2, 2],
    num_conv_pos_embedding_groups=4, attn_implementation="eager")
BASE = dict(TINY, feat_extract_norm="group", num_conv_pos_embeddings=8)
LARGE = dict(
    TINY, num_hidden_layers=3, feat_extract_norm="layer", do_stable_layer_norm=True, conv_bias=True,
    num_conv_pos_embeddings=9)
BUCKETS = dict(num_buckets=32, max_bucket_distance=48)
MODELS = {
    "wav2vec2-base": (Wav2Vec2Model, Wav2Vec2Config(**BASE)),
    "wav2vec2-large": (Wav2Vec2Model, Wav2Vec2Config(**LARGE)),
    "hubert-base": (HubertModel, HubertConfig(**BASE, feat_proj_layer_norm=False)),
    "hubert-large": (HubertModel, HubertConfig(**LARGE)),
    "wavlm-base": (WavLMModel, WavLMConfig(**BASE, **BUCKETS)),
    "wavlm-large": (WavLMModel, WavLMConfig(**LARGE, **BUCKETS)),
    "data2vec-audio-base": (
        Data2VecAudioModel,
        Data2VecAudioConfig(**TINY, num_conv_pos_embeddings=3, conv_pos_kernel_size=5)),
    "data2vec-audio-large": (
        Data2VecAudioModel,
        Data2VecAudioConfig(
            **dict(TINY, num_hidden_layers=3), num_conv_pos_embeddings=2, conv_pos_kernel_size=6,
            conv_bias=True)),
}


def waveforms():
    """Sums of tones under noise, off centre and not of unit variance."""
    random = numpy.random.default_rng(5)
    for samples in SAMPLES:
        time = numpy.arange(samples) / 16000
        tones = sum(numpy.sin(2 * numpy.pi * f * time + random.uniform(0, 6))
                    for f in random.uniform(100, 3000, 4))
        yield (0.05 * tones + 0.03 * random.standard_normal(samples) + 0.02).astype(numpy.float32)


def randomize(model):
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            fan_in = parameter[0].numel() if parameter.dim() > 1 else 9
            parameter.copy_(torch.randn_like(parameter) / fan_in ** 0.5)
            if name.endswith(("norm.weight", "original0", "gru_rel_pos_const")):
                parameter.mul_(0.3).add_(1)
            if name.endswith("rel_attn_embed.weight"):
                parameter.mul_(2)


def write(folder, kind, model, clips):
    folder.mkdir(parents=True, exist_ok=True)
    randomize(model)
    weights = {name: p.detach().contiguous() for name, p in model.named_parameters()}
    config = model.config.to_dict()
    if kind in WEIGHTED:
        config["use_weighted_layer_sum"] = True
        weights["layer_weights"] = torch.randn(model.config.num_hidden_layers + 1)
    kept = {k: v for k, v in sorted(config.items()) if not k.startswith(("_", "tdnn", "xvector"))}
    (folder / "config.json").write_text(json.dumps(kept, indent=1) + "\n")
    save_file(weights, folder / "model.safetensors")
    golden = {}
    for i, clip in enumerate(clips):
        with torch.no_grad():
            out = model(torch.from_numpy(clip)[None], output_hidden_states=True)
        frames = out.last_hidden_state
        if kind in WEIGHTED:
            share = weights["layer_weights"].softmax(-1).view(-1, 1, 1, 1)
            frames = (torch.stack(out.hidden_states) * share).sum(0)
        golden[f"{i}.last"] = out.last_hidden_state.contiguous()
        golden[f"{i}.pooled"] = frames.mean(1)
        for layer, state in enumerate(out.hidden_states):
            golden[f"{i}.state.{layer}"] = state.clone().contiguous()
    save_file(golden, folder / "golden.safetensors")


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    raw = list(waveforms())
    extract = Wav2Vec2FeatureExtractor(do_normalize=True)
    normalized = [extract(clip, sampling_rate=16000)["input_values"][0] for clip in raw]
    tensors = {f"raw.{i}": torch.from_numpy(clip) for i, clip in enumerate(raw)}
    tensors |= {f"normalized.{i}": torch.from_numpy(clip) for i, clip in enumerate(normalized)}
    save_file(tensors, target / "clips.safetensors")
    for index, (kind, (cls, config)) in enumerate(MODELS.items()):
        torch.manual_seed(100 + index)
        write(target / kind, kind, cls(config).eval(), normalized)
