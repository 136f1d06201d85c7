package io.gemoclap.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the {@code tokenizer.json} of the small text tower: byte-level BPE without merges, so that
 * every sentence in every script has tokens, behind RoBERTa's special tokens.
 */
final class ByteTokenizerFile {
  private static final List<String> SPECIAL = List.of("<s>", "<pad>", "</s>", "<unk>", "<mask>");

  /** Special tokens and 256 bytes. */
  static final int VOCABULARY = SPECIAL.size() + 256;

  private ByteTokenizerFile() {}

  /** The file's content in the layout of Hugging Face's tokenizers library. */
  static String content() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    var added = root.putArray("added_tokens");
    for (int id = 0; id < SPECIAL.size(); id++) {
      added
          .addObject()
          .put("id", id)
          .put("content", SPECIAL.get(id))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    ObjectNode normalizer = root.putObject("normalizer").put("type", "Sequence");
    var steps = normalizer.putArray("normalizers");
    steps.addObject().put("type", "NFC");
    steps.addObject().put("type", "Lowercase");
    byteLevel(root.putObject("pre_tokenizer"));
    ObjectNode post = root.putObject("post_processor").put("type", "RobertaProcessing");
    post.putArray("sep").add("</s>").add(2);
    post.putArray("cls").add("<s>").add(0);
    post.put("trim_offsets", true).put("add_prefix_space", false);
    byteLevel(root.putObject("decoder"));
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.putNull("dropout").put("unk_token", "<unk>").putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix").put("fuse_unk", false).put("byte_fallback", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < SPECIAL.size(); id++) {
      vocabulary.put(SPECIAL.get(id), id);
    }
    for (String symbol : byteSymbols()) {
      vocabulary.put(symbol, vocabulary.size());
    }
    model.putArray("merges");
    return root.toPrettyString();
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", "ByteLevel").put("add_prefix_space", false);
    node.put("trim_offsets", true).put("use_regex", false);
  }

  /** GPT-2's printable stand-ins for the 256 byte values: printable bytes as themselves. */
  private static List<String> byteSymbols() {
    List<String> symbols = new ArrayList<>();
    int next = 256;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      symbols.add(Character.toString(printable ? value : next++));
    }
    return symbols;
  }
}
