#!/usr/bin/env python3
"""Trains a tiny WavLM and a tiny RoBERTa for 20 steps and writes the losses, for Emo, ML and SL.

Starts from the encoders that golden-speech.py and golden-text.py wrote. Into the given folder:
  start.safetensors    heads and logit scales at the start; <b>.clip.<i>: waveforms of batch b, and
                       <b>.ids, <b>.lengths: its tokens
  losses.json          emotions and genders of each batch, and for each variant the losses

    pip install torch transformers safetensors
    python3 oracle/golden-training.py integration-tests/src/test/resources/golden
"""

import json
import math
import pathlib
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from transformers import RobertaConfig, RobertaModel, WavLMConfig, WavLMModel

BATCHES, N, STEPS, DIMS, ALPHA = 4, 6, 20, 16, 0.8
RATE, DECAY, CLIP = 2e-3, 0.05, 1.0


def start():
    tensors = {}
    for tower in ("audio", "text"):
        for layer, size in (("0", 24), ("2", DIMS)):
            tensors[f"heads.{tower}.{layer}.weight"] = torch.randn(DIMS, size) / size ** 0.5
            tensors[f"heads.{tower}.{layer}.bias"] = 0.1 * torch.randn(DIMS)
    for tower in ("audio", "text"):
        tensors[f"logit_scale_{tower}"] = torch.tensor(math.log(1 / 0.07))
    for b in range(BATCHES):
        lengths = torch.randint(2, 12, (N,))
        ids = torch.full((N, int(lengths.max())), 4)
        for i in range(N):
            tensors[f"{b}.clip.{i}"] = torch.randn(int(torch.randint(200, 900, ())))
            ids[i, :lengths[i]] = torch.randint(5, 90, (int(lengths[i]),))
        tensors |= {f"{b}.ids": ids.float(), f"{b}.lengths": lengths.float()}
    return tensors


def model(folder, cls, config, **options):
    built = cls(config.from_json_file(folder / "config.json"), **options).eval()
    built.load_state_dict(load_file(folder / "model.safetensors"), strict=False)
    return built


def head(x, weights, tower):
    hidden = F.relu(F.linear(x, weights[f"heads.{tower}.0.weight"], weights[f"heads.{tower}.0.bias"]))
    return F.normalize(F.linear(hidden, weights[f"heads.{tower}.2.weight"], weights[f"heads.{tower}.2.bias"]))


def divergence(match, logits):
    """KL of softmaxed rows, target first, mean over rows."""
    return F.kl_div(logits.log_softmax(1), match.softmax(1), reduction="batchmean")


def loss_of(variant, audio, text, weights, emotions, genders):
    ours = [audio @ text.T * weights["logit_scale_audio"].exp(), text @ audio.T * weights["logit_scale_text"].exp()]
    emotion, gender = ((row[:, None] == row[None]).float() for row in (emotions, genders))
    both = lambda match: sum(divergence(match, logits) for logits in ours) / 2
    return {
        "EMO": lambda: both(emotion),
        "ML": lambda: ALPHA * both(emotion) + (1 - ALPHA) * both(gender),
        "SL": lambda: both(ALPHA * emotion + (1 - ALPHA) * gender),
    }[variant]()


def train(variant, folder, tensors, labels):
    speech = model(folder / "speech/wavlm-large", WavLMModel, WavLMConfig)
    words = model(folder / "text/roberta", RobertaModel, RobertaConfig, add_pooling_layer=False)
    weights = {k: torch.nn.Parameter(v.clone()) for k, v in tensors.items() if k.startswith(("heads", "logit"))}
    parameters = [*speech.parameters(), *words.parameters(), *weights.values()]
    optimizer = torch.optim.AdamW([
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": DECAY},
        {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0}], lr=RATE)
    losses = []
    for step in range(STEPS):
        b = step % BATCHES
        frames = [speech(tensors[f"{b}.clip.{i}"][None]).last_hidden_state.mean(1) for i in range(N)]
        ids = tensors[f"{b}.ids"].long()
        first = words(ids, attention_mask=(ids != 4).long()).last_hidden_state[:, 0]
        loss = loss_of(
            variant, head(torch.cat(frames), weights, "audio"), head(first, weights, "text"), weights, *labels[b])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, CLIP)
        optimizer.step()
        losses.append(loss.item())
    return losses


if __name__ == "__main__":
    golden = pathlib.Path(sys.argv[1])
    (golden / "training").mkdir(exist_ok=True)
    torch.manual_seed(17)
    values = start()
    classes = [(torch.randint(0, 3, (N,)), torch.randint(0, 2, (N,))) for _ in range(BATCHES)]
    save_file(values, golden / "training/start.safetensors")
    report = {
        "emotions": [row.tolist() for row, _ in classes],
        "genders": [row.tolist() for _, row in classes],
        "losses": {v: train(v, golden, values, classes) for v in ("EMO", "ML", "SL")},
    }
    (golden / "training/losses.json").write_text(json.dumps(report, indent=1) + "\n")
