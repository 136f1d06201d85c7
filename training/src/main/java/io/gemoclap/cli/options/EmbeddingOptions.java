package io.gemoclap.cli.options;

import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.model.Precision;
import picocli.CommandLine.Option;

/** On which device and in which numbers a model computes: a mixin. */
public final class EmbeddingOptions {
  @Option(names = "--gpu", description = "Embed on the first GPU.")
  private boolean gpu;

  @Option(
      names = "--precision",
      defaultValue = "FP32",
      description = "Number format of the model: ${COMPLETION-CANDIDATES}. Default: FP32.")
  private Precision precision = Precision.FP32;

  /** The same transform with these settings. */
  public EmbedSpeech configure(EmbedSpeech embed) {
    return embed.withGpu(gpu).withPrecision(precision);
  }

  /** The number format. */
  public Precision precision() {
    return precision;
  }
}
