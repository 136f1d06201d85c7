#!/usr/bin/env python3
"""Writes what transformers says about tiny random text encoders and small tokenizers.

Into the given folder, for roberta and xlm-roberta:
  <kind>/config.json, model.safetensors   a base model without pooler; all parameters are random
  <kind>/golden.safetensors               ids (padded), lengths, and state.<l>: the embeddings and
                                          the output of each layer
  <kind>/tokenizer.json                   byte-level BPE, and unigram with sentencepiece's nmt_nfkc
                                          normalisation, both learnt here
  tokens.json                             200 strings and the ids that each tokenizer gives them,
                                          truncated to MAX_TOKENS

    pip install torch transformers safetensors tokenizers sentencepiece protobuf
    python3 oracle/golden-text.py integration-tests/src/test/resources/golden/text
"""

import io
import json
import pathlib
import random
import sys

import sentencepiece
import torch
from safetensors.torch import save_file
from sentencepiece import sentencepiece_model_pb2
from tokenizers import ByteLevelBPETokenizer
from transformers import (
    RobertaConfig, RobertaModel, RobertaTokenizerFast, XLMRobertaConfig, XLMRobertaModel,
    XLMRobertaTokenizerFast)

MAX_TOKENS = 32
STRINGS = 200
LENGTHS = [3, 26, 7, 17, 2]
TINY = dict(
    vocab_size=90, hidden_size=24, num_attention_heads=3, intermediate_size=40,
    attn_implementation="eager")
MODELS = {
    # A pad id other than the usual 1 shows whether positions follow it.
    "roberta": (RobertaModel, RobertaConfig(
        **TINY, num_hidden_layers=2, max_position_embeddings=34, type_vocab_size=2, pad_token_id=4,
        layer_norm_eps=1e-5)),
    "xlm-roberta": (XLMRobertaModel, XLMRobertaConfig(
        **TINY, num_hidden_layers=3, max_position_embeddings=30, type_vocab_size=1, pad_token_id=1,
        layer_norm_eps=1e-12)),
}
TEXTS = [
    "", " ", "   ", "\t", "\n", "\r\n", " \t \n ", "\u00a0", "\u3000", "\u200b", "\ufeff", "a", ".",
    "angry", "Angry", "ANGRY", " angry", "angry ", "  angry  ", "an  angry   voice", "don't", "it's",
    "a voice\nwith a\ttab", "the speaker sounds ecstatic", "hello, world!", "...", "(angry)",
    "very-angry_voice", "25 o'clock", "a1b2c3", "1234567890", "3.14159", "-7 °C", "50 %", "€ 9,99",
    "x² + y³ = ½", "http://example.org/a?b=c&d=1#e", "name@example.org", "C:\\temp", "<b>bold</b>",
    "WÜTEND", "wütend", "wu\u0308tend", "fröhlich", "Überraschung", "Straße", "STRASSE", "ça va?",
    "naïve café", "e\u0301", "\u00e9", "Łódź", "Ångström", "A\u030angstro\u0308m", "İstanbul", "ıI",
    "ﬁancé", "ﬀ", "ﬃ", "œuvre", "Ǆ", "Å", "Ω", "①②③", "Ⅷ", "㎏", "㍿", "ｆｕｌｌ　ｗｉｄｔｈ", "ﾊﾝｶｸ",
    "怒っている声", "生气的声音", "生氣的聲音", "한국어 화난 목소리", "한글", "ㅎㅏㄴ", "龘", "𠮷野家", "々〆〇",
    "сердитый голос", "Ёлка ё", "θυμωμένη φωνή", "Ὀδυσσεύς", "հայերեն", "ქართული",
    "صوت غاضب", "صَوْتٌ", "مرحبا بالعالم", "ﷺ", "שלום עולם", "שָׁלוֹם", "\u202eabc\u202c", "abc אבג 123",
    "हिन्दी में गुस्सा", "தமிழ்", "ภาษาไทย", "မြန်မာ", "አማርኛ", "বাংলা", "ខ្មែរ",
    "😀", "😡😡😡", "👩\u200d👩\u200d👧", "👍🏽", "🇩🇪🇫🇷", "❤️", "☺", "1️⃣", "happy 🎉 day", "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "<s>", "</s>", "<pad>", "<unk>", "<mask>", "a <mask> b", "a<mask>b", "<s>a</s>", "< s >", "▁", "a▁b",
    "Ġ", "aĠb", "\u0000", "a\u0000b", "\u0007", "\u001b[31m", "\u0085", "\u2028", "\ufffd", "a\u00adb",
    "\u200d", "o\u0336\u0337\u0338", "a" * 300, "angry " * 100, "怒" * 90, "😡" * 60, ". " * 80, " " * 200,
    "Donaudampfschifffahrtsgesellschaftskapitän", "the emotion of this recording is fear " * 9,
]


def strings():
    """The texts above, and mixtures of them."""
    draw = random.Random(3)
    made = list(TEXTS)
    while len(made) < STRINGS:
        parts = draw.choices([text for text in TEXTS if 0 < len(text) < 40], k=draw.randint(2, 6))
        made.append(draw.choice(["", " ", "  ", "\n"]).join(parts))
    assert len(made) == STRINGS and len(set(made)) == STRINGS
    return made


def byte_level():
    bpe = ByteLevelBPETokenizer()
    bpe.train_from_iterator(
        TEXTS * 2, vocab_size=600, min_frequency=2,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"], show_progress=False)
    state = json.loads(bpe.to_str())["model"]
    return RobertaTokenizerFast(
        vocab=state["vocab"], merges=[tuple(pair) for pair in state["merges"]])


def unigram():
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([t for t in TEXTS if t.strip() and "\u0000" not in t] * 3),
        model_writer=model, vocab_size=600, model_type="unigram",
        character_coverage=0.98, hard_vocab_limit=False, normalization_rule_name="nmt_nfkc",
        minloglevel=2)
    proto = sentencepiece_model_pb2.ModelProto.FromString(model.getvalue())
    vocabulary = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    vocabulary += [(piece.piece, piece.score) for piece in proto.pieces[3:]]
    vocabulary += [("<mask>", 0.0)]
    return XLMRobertaTokenizerFast(
        vocab=vocabulary, _spm_precompiled_charsmap=proto.normalizer_spec.precompiled_charsmap)


def write_model(folder, model):
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            scale = 0.3 if parameter.dim() > 1 else 0.4
            parameter.copy_(scale * torch.randn_like(parameter))
            if name.endswith("LayerNorm.weight"):
                parameter.add_(1)
    config = {k: v for k, v in sorted(model.config.to_dict().items()) if not k.startswith("_")}
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    save_file(
        {k: v.detach().contiguous() for k, v in model.named_parameters()}, folder / "model.safetensors")
    pad = model.config.pad_token_id
    ids = torch.full((len(LENGTHS), max(LENGTHS)), pad)
    for row, length in enumerate(LENGTHS):
        ids[row, :length] = torch.randint(5, model.config.vocab_size, (length,))
    with torch.no_grad():
        out = model(ids, attention_mask=(ids != pad).long(), output_hidden_states=True)
    golden = {f"state.{i}": state.clone().contiguous() for i, state in enumerate(out.hidden_states)}
    golden |= {"ids": ids.float(), "lengths": torch.tensor(LENGTHS).float()}
    save_file(golden, folder / "golden.safetensors")


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    tokenizers = {"roberta": byte_level(), "xlm-roberta": unigram()}
    for index, (kind, (cls, config)) in enumerate(MODELS.items()):
        (target / kind).mkdir(parents=True, exist_ok=True)
        torch.manual_seed(index)
        write_model(target / kind, cls(config, add_pooling_layer=False).eval())
        tokenizers[kind].backend_tokenizer.save(str(target / kind / "tokenizer.json"), pretty=False)
    rows = []
    for text in strings():
        row = {"text": text}
        for kind, tokenizer in tokenizers.items():
            row[kind] = tokenizer(text, truncation=True, max_length=MAX_TOKENS)["input_ids"]
        rows.append(json.dumps(row))
    (target / "tokens.json").write_text(
        f'{{"max_tokens": {MAX_TOKENS}, "cases": [\n' + ",\n".join(rows) + "\n]}\n")
