#!/usr/bin/env python3
"""Writes what transformers and tokenizers say about a tiny random RoBERTa and a tiny tokenizer.

Into the given folder:
  config.json, model.safetensors   a RobertaModel without pooler; every bias and norm is random too
  golden.safetensors               ids (padded with 1), lengths, and the first token's vectors
  bpe.json                         sentences and the number of merges learnt from them, and for each
                                   text the ids that the resulting tokenizer gives it

The merges are learnt here by a second implementation of what ByteLevelBpe does.

    pip install torch transformers safetensors tokenizers numpy
    python3 oracle/golden-roberta.py integration-tests/src/test/resources/golden/roberta
"""

import collections
import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import RobertaConfig, RobertaModel
from transformers.convert_slow_tokenizer import bytes_to_unicode

PAD = 1
LENGTHS = [3, 12, 7, 30, 2]
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
MERGES = 160
MAX_TOKENS = 64
SENTENCES = [
    "an angry voice", "a calm voice", "the speaker sounds happy", "someone sounds angry and bored",
    "die Stimme klingt wütend", "so klingt jemand: fröhlich", "müde, gelangweilt", "a sad person",
    "the emotion of this recording is fear", "neutral", "Überraschung", "ça va",
]
TEXTS = [
    "", " ", "   ", "\t\n", "angry", "Angry", "ANGRY", " angry", "angry ", "an angry voice",
    "an  angry   voice", "the speaker sounds happy", "the speaker sounds ecstatic",
    "die Stimme klingt wütend", "WÜTEND", "wu\u0308tend", "fröhlich", "Überraschung", "ça va?",
    "naïve café", "ﬁancé", "Straße", "STRASSE", "don't", "it's 25 o'clock", "a1b2c3", "12345",
    "hello, world!", "...", "(angry)", "very-angry_voice", "怒っている声", "生气的声音", "화난 목소리",
    "сердитый голос", "صوت غاضب", "😀", "👩‍👩‍👧 happy 🎉", "e\u0301", "\u00a0angry", "<s>", "a<pad>b",
    "a\u0000b", "angry " * 100,
]


def write_model(folder):
    torch.manual_seed(7)
    config = RobertaConfig(
        vocab_size=110, hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=48, max_position_embeddings=40, type_vocab_size=1, pad_token_id=PAD,
        layer_norm_eps=1e-5)
    model = RobertaModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            scale = 0.3 if parameter.dim() > 1 else 0.5
            parameter.copy_(scale * torch.randn_like(parameter))
            if name.endswith("LayerNorm.weight"):
                parameter.add_(1)
    model.config.save_pretrained(folder)
    save_file({k: v.contiguous() for k, v in model.named_parameters()}, folder / "model.safetensors")

    ids = torch.full((len(LENGTHS), max(LENGTHS)), PAD)
    for row, length in enumerate(LENGTHS):
        ids[row, :length] = torch.randint(5, 110, (length,))
        ids[row, 0] = 0
        ids[row, length - 1] = 2
    with torch.no_grad():
        vectors = model(input_ids=ids, attention_mask=(ids != PAD).long()).last_hidden_state[:, 0].contiguous()
    save_file(
        {"ids": ids.float(), "lengths": torch.tensor(LENGTHS).float(), "vectors": vectors},
        folder / "golden.safetensors")


def learn(sentences, limit):
    """Merges of distinct lower-cased words: the most frequent pair first, then by alphabet."""
    byte = bytes_to_unicode()
    words = sorted({word for sentence in sentences for word in sentence.lower().split()})
    words = [[byte[b] for b in (" " + word).encode()] for word in words]
    vocabulary = SPECIAL + [byte[b] for b in range(256)]
    merges = []
    while len(merges) < limit:
        counts = collections.Counter(pair for word in words for pair in zip(word, word[1:]))
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], " ".join(pair)))
        merges.append(best)
        if "".join(best) not in vocabulary:
            vocabulary.append("".join(best))
        for word in words:
            i = 0
            while i + 1 < len(word):
                if (word[i], word[i + 1]) == best:
                    word[i:i + 2] = ["".join(best)]
                i += 1
    return vocabulary, merges


def write_tokens(folder):
    vocabulary, merges = learn(SENTENCES, MERGES)
    tokenizer = Tokenizer(models.BPE(
        vocab={token: i for i, token in enumerate(vocabulary)}, merges=merges, unk_token="<unk>"))
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    tokenizer.enable_truncation(MAX_TOKENS)
    content = {
        "sentences": SENTENCES,
        "merges": MERGES,
        "vocabulary_size": len(vocabulary),
        "cases": [{"text": text, "ids": tokenizer.encode(text).ids} for text in TEXTS],
    }
    rows = ",\n".join(json.dumps(case) for case in content.pop("cases"))
    head = json.dumps(content, ensure_ascii=False)[:-1]
    (folder / "bpe.json").write_text(f'{head}, "cases": [\n{rows}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write_model(target)
    write_tokens(target)
