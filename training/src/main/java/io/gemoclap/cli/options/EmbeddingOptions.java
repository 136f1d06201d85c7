package io.gemoclap.cli.options;

import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.model.Precision;
import java.util.Map;
import picocli.CommandLine.Option;

/** On which device and in which numbers a model computes: a mixin. */
public final class EmbeddingOptions {
  private static final String NAME = "--precision";

  @Option(names = "--gpu", description = "Embed on the first GPU.")
  private boolean gpu;

  @Option(
      names = NAME,
      description = "Number format of the model: ${COMPLETION-CANDIDATES}. Default: FP32.")
  private Precision precision;

  /** Takes the number format of an earlier job, as {@code job.json} has it, if none is given. */
  public void inherit(Map<String, String> settings) {
    if (precision == null && settings.containsKey(NAME)) {
      precision = Precision.valueOf(settings.get(NAME));
    }
  }

  /** The same transform with these settings. */
  public EmbedSpeech configure(EmbedSpeech embed) {
    return embed.withGpu(gpu).withPrecision(precision());
  }

  /** The number format. */
  public Precision precision() {
    return precision == null ? Precision.FP32 : precision;
  }
}
