package io.gemoclap.model.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A byte-level BPE tokenizer (Sennrich et al. 2016; Radford et al. 2019) learnt from some
 * sentences: frequent words become one token, all else falls apart into pieces and at worst into
 * bytes, so that every sentence in every script has tokens. Lower-cases. Immutable.
 *
 * @hidden
 */
@Internal
public final class ByteLevelBpe {
  private static final List<String> SPECIAL = List.of("<s>", "<pad>", "</s>", "<unk>", "<mask>");

  private final List<String> vocabulary;
  private final List<String[]> merges;

  private ByteLevelBpe(List<String> vocabulary, List<String[]> merges) {
    this.vocabulary = vocabulary;
    this.merges = merges;
  }

  /**
   * Learns from sentences, in which each distinct word counts once.
   *
   * @param limit number of merges at most
   */
  public static ByteLevelBpe learn(Collection<String> sentences, int limit) {
    Collection<String> distinct = new LinkedHashSet<>();
    for (String sentence : sentences) {
      distinct.addAll(List.of(sentence.toLowerCase(Locale.ROOT).strip().split("\\s+")));
    }
    List<List<String>> words = new ArrayList<>();
    distinct.forEach(word -> words.add(new ArrayList<>(symbols(" " + word))));
    List<String> vocabulary = new ArrayList<>(SPECIAL);
    for (int value = 0; value < 256; value++) {
      vocabulary.add(symbol(value));
    }
    List<String[]> merges = new ArrayList<>();
    while (merges.size() < limit) {
      Optional<String[]> found = mostFrequentPair(words);
      if (found.isEmpty()) {
        break;
      }
      String[] pair = found.get();
      merges.add(pair);
      if (!vocabulary.contains(pair[0] + pair[1])) {
        vocabulary.add(pair[0] + pair[1]);
      }
      words.forEach(word -> merge(word, pair));
    }
    return new ByteLevelBpe(List.copyOf(vocabulary), merges);
  }

  private static Optional<String[]> mostFrequentPair(List<List<String>> words) {
    Map<String, Integer> counts = new HashMap<>();
    for (List<String> word : words) {
      for (int i = 0; i + 1 < word.size(); i++) {
        counts.merge(word.get(i) + " " + word.get(i + 1), 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(
                    Map.Entry.<String, Integer>comparingByKey(Comparator.reverseOrder())))
        .map(best -> best.getKey().split(" ", -1));
  }

  private static void merge(List<String> word, String[] pair) {
    for (int i = 0; i + 1 < word.size(); i++) {
      if (word.get(i).equals(pair[0]) && word.get(i + 1).equals(pair[1])) {
        word.set(i, pair[0] + pair[1]);
        word.remove(i + 1);
      }
    }
  }

  private static List<String> symbols(String text) {
    List<String> symbols = new ArrayList<>();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      symbols.add(symbol(b & 0xff));
    }
    return symbols;
  }

  /** GPT-2's printable character for a byte; printable bytes keep their character. */
  private static String symbol(int value) {
    int next = 256;
    for (int b = 0; b <= value; b++) {
      boolean printable =
          (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
      if (b == value) {
        return Character.toString(printable ? b : next);
      }
      next += printable ? 0 : 1;
    }
    throw new IllegalArgumentException(value + " is no byte");
  }

  /** Number of tokens, special ones included. */
  public int vocabularySize() {
    return vocabulary.size();
  }

  /** {@code tokenizer.json} in the layout of Hugging Face's tokenizers library. */
  public String tokenizerJson() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
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
    ArrayNode steps = root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    steps.addObject().put("type", "NFC");
    steps.addObject().put("type", "Lowercase");
    byteLevel(root.putObject("pre_tokenizer"));
    ObjectNode post = root.putObject("post_processor").put("type", "RobertaProcessing");
    post.putArray("sep").add("</s>").add(SPECIAL.indexOf("</s>"));
    post.putArray("cls").add("<s>").add(SPECIAL.indexOf("<s>"));
    post.put("trim_offsets", true).put("add_prefix_space", true);
    byteLevel(root.putObject("decoder"));
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.putNull("dropout").put("unk_token", "<unk>").putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix").put("fuse_unk", false).put("byte_fallback", false);
    ObjectNode ids = model.putObject("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      ids.put(vocabulary.get(id), id);
    }
    ArrayNode pairs = model.putArray("merges");
    merges.forEach(pair -> pairs.add(pair[0] + " " + pair[1]));
    return root.toPrettyString();
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", "ByteLevel").put("add_prefix_space", true);
    node.put("trim_offsets", true).put("use_regex", true);
  }
}
