#!/usr/bin/env python3
"""Writes what transformers makes of variants of the tiny encoders that golden-speech.py and golden-text.py wrote.

Into the given file, as JSON:
  config      by encoder and by change to its config.json: the mean of the last hidden states of the first normalised
              clip, alone and unpadded; null where transformers refuses the change, or would start weights of the
              encoder afresh
  processor   for contents of processor_config.json and preprocessor_config.json (null: no such file), the
              do_normalize and sampling_rate that Wav2Vec2FeatureExtractor has
  raw         the mean for the first clip as it is, by encoder
  tokenizer   for contents of tokenizer_config.json, the ids of some texts

    pip install torch transformers safetensors numpy
    python3 oracle/checkpoint-variants.py integration-tests/src/test/resources/golden
"""

import itertools
import json
import pathlib
import shutil
import sys
import tempfile

import torch
from safetensors.torch import load_file
from transformers import (
    AutoTokenizer, Data2VecAudioModel, HubertModel, Wav2Vec2FeatureExtractor, Wav2Vec2Model, WavLMModel)

MODELS = {"wav2vec2": Wav2Vec2Model, "hubert": HubertModel, "wavlm": WavLMModel, "data2vec-audio": Data2VecAudioModel}
TRAINING_ONLY = {"masked_spec_embed"}
CHANGES = [
    {},
    {"do_stable_layer_norm": True}, {"do_stable_layer_norm": False},
    {"feat_extract_norm": "group"}, {"feat_extract_norm": "layer"}, {"feat_extract_norm": "batch"},
    {"feat_proj_layer_norm": True}, {"feat_proj_layer_norm": False},
    {"conv_pos_batch_norm": True},
    {"conv_bias": True}, {"conv_bias": False},
    {"conv_pos_kernel_size": 7}, {"num_conv_pos_embeddings": 5}, {"num_conv_pos_embedding_groups": 2},
    {"num_buckets": 16}, {"max_bucket_distance": 20},
    {"add_adapter": True}, {"adapter_attn_dim": 4}, {"num_adapter_layers": 1}, {"output_hidden_size": 9},
    {"num_feat_extract_layers": 9}, {"vocab_size": 99}, {"tie_word_embeddings": False},
    {"hidden_act": "relu"}, {"feat_extract_activation": "relu"},
    {"layer_norm_eps": 0.1}, {"hidden_dropout": 0.9}, {"layerdrop": 0.9},
    {"mask_time_prob": 0.0, "mask_feature_prob": 0.0}, {"mask_time_prob": 0.7}, {"mask_time_length": 3},
    {"num_attention_heads": 4}, {"num_hidden_layers": 1}, {"num_hidden_layers": 4}, {"intermediate_size": 30},
    {"position_embedding_type": "relative"}, {"is_decoder": True}, {"use_cache": True},
]
NESTED = [{"do_normalize": False, "sampling_rate": 16000}, {"do_normalize": True}, {"sampling_rate": 8000}, {}]
FLAT = [None, {"do_normalize": False}, {"do_normalize": True, "sampling_rate": 8000}, {"do_normalize": None}]
TOKENIZERS = [
    None, {}, {"add_prefix_space": True}, {"add_prefix_space": False},
    {"tokenizer_class": "RobertaTokenizer", "add_prefix_space": True},
    {"tokenizer_class": "RobertaTokenizerFast", "add_prefix_space": True},
    {"tokenizer_class": "PreTrainedTokenizerFast", "add_prefix_space": True},
    {"tokenizer_class": "RobertaTokenizer", "model_max_length": 4},
    {"tokenizer_class": "RobertaTokenizer", "do_lower_case": True},
]
TEXTS = ["calm", "Calm voice", " calm", "a <mask> voice"]


def mean(model, clip):
    with torch.no_grad():
        frames = model(clip[None]).last_hidden_state
    return [round(v, 7) for v in frames.mean(1)[0].tolist()]


def loaded(folder, family):
    """The model, or None if transformers refuses it or lacks weights for it."""
    try:
        model, info = MODELS[family].from_pretrained(folder, output_loading_info=True, attn_implementation="eager")
    except Exception as refusal:
        print("refused:", str(refusal).splitlines()[0][:100])
        return None
    missing = set(info["missing_keys"]) - TRAINING_ONLY
    return None if missing or info["mismatched_keys"] or info["error_msgs"] else model.eval()


def changed(source, target, changes):
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    config = json.loads((target / "config.json").read_text())
    (target / "config.json").write_text(json.dumps({**config, **changes}))


def configs(golden, scratch, clips):
    result, raw = {}, {}
    for family, size in itertools.product(MODELS, ("base", "large")):
        name = f"{family}-{size}"
        result[name] = []
        for change in CHANGES:
            changed(golden / "speech" / name, scratch / "model", change)
            model = loaded(scratch / "model", family)
            result[name].append({"change": change, "mean": model and mean(model, clips["normalized.0"])})
            if not change:
                raw[name] = mean(model, clips["raw.0"])
    return result, raw


def processors(scratch):
    wrapped = [None, {"processor_class": "Wav2Vec2Processor"}, {"do_normalize": False, "sampling_rate": 8000},
               {"feature_extractor": None}]
    wrapped += [{key: settings} for key in ("feature_extractor", "audio_processor") for settings in NESTED]
    wrapped += [{"feature_extractor": NESTED[0], "audio_processor": NESTED[2]}]
    result = []
    for processor, preprocessor in itertools.product(wrapped, FLAT):
        folder = scratch / "processor"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in (("processor_config", processor), ("preprocessor_config", preprocessor)):
            if content is not None:
                (folder / f"{name}.json").write_text(json.dumps(content))
        try:
            extractor = Wav2Vec2FeatureExtractor.from_pretrained(folder)
        except OSError:
            continue  # neither file has settings
        result.append({"processor": processor, "preprocessor": preprocessor,
                       "do_normalize": bool(extractor.do_normalize), "sampling_rate": extractor.sampling_rate})
    return result


def tokenizers(golden, scratch):
    result = []
    for config in TOKENIZERS:
        folder = scratch / "tokenizer"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(golden / "text/roberta", folder)
        if config is not None:
            (folder / "tokenizer_config.json").write_text(json.dumps(config))
        tokenizer = AutoTokenizer.from_pretrained(folder)
        result.append({"config": config, "ids": [tokenizer(text)["input_ids"] for text in TEXTS]})
    return result


def main():
    golden = pathlib.Path(sys.argv[1])
    clips = load_file(golden / "speech/clips.safetensors")
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        config, raw = configs(golden, scratch, clips)
        content = {"config": config, "raw": raw, "processor": processors(scratch), "texts": TEXTS,
                   "tokenizer": tokenizers(golden, scratch)}
    lines = json.dumps(content, indent=None).replace('{"change"', '\n{"change"').replace('{"processor"', '\n{"processor"')
    (golden / "variants.json").write_text(lines.replace('{"config": ', '\n{"config": ') + "\n")


if __name__ == "__main__":
    main()
