package io.gemoclap.model.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.util.Utils;
import io.gemoclap.cache.CacheFolders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Sentences to token ids by a {@code tokenizer.json}; longer ones are truncated. Pads with the
 * encoder's own pad id, which the native library does not know. Thread-safe.
 *
 * @hidden
 */
@Internal
public final class TextTokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final int pad;

  public TextTokenizer(String tokenizerJson, int maxTokens, int pad) throws IOException {
    this.pad = pad;
    CacheFolders.ofThisProcess().configureLibraries();
    TokenizerLibrary.repair(Utils.getEngineCacheDir("tokenizers"));
    this.tokenizer =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(tokenizerJson.getBytes(StandardCharsets.UTF_8)),
            Map.of(
                "truncation",
                "true",
                "maxLength",
                Integer.toString(maxTokens),
                "padding",
                "false"));
  }

  /** The tokenizer of an untrained compact model. */
  public static TextTokenizer of(ByteLevelBpe bpe) throws IOException {
    RobertaConfig config = RobertaConfig.tiny(bpe.vocabularySize());
    return new TextTokenizer(bpe.tokenizerJson(), config.maxTokens(), config.padTokenId());
  }

  /** The tokenizer in a {@code tokenizer.json}, for the encoder that the config describes. */
  public static TextTokenizer of(String json, RobertaConfig config) throws IOException {
    return new TextTokenizer(json, config.maxTokens(), config.padTokenId());
  }

  /** Tokenizes a batch of at least one sentence. */
  public TokenBatch encode(List<String> sentences) {
    Encoding[] encodings = tokenizer.batchEncode(sentences.toArray(String[]::new));
    int[] lengths = new int[encodings.length];
    int longest = 1;
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = encodings[i].getIds().length;
      longest = Math.max(longest, lengths[i]);
    }
    long[] ids = new long[lengths.length * longest];
    java.util.Arrays.fill(ids, pad);
    for (int i = 0; i < lengths.length; i++) {
      System.arraycopy(encodings[i].getIds(), 0, ids, i * longest, lengths[i]);
    }
    return new TokenBatch(ids, lengths, longest);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
