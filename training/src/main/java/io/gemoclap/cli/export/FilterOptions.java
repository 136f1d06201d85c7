package io.gemoclap.cli.export;

import io.gemoclap.export.SegmentFilter;
import picocli.CommandLine.Option;

/** Which segments a corpus takes: a mixin. */
final class FilterOptions {
  @Option(
      names = "--keep-uncertain",
      description = "Also take segments that the model was uncertain about.")
  private boolean keepUncertain;

  @Option(
      names = "--min-confidence",
      paramLabel = "<p>",
      defaultValue = "0",
      description = "Least confidence of labels that the model gave, 0 to 1. Default: 0.")
  private double minConfidence;

  @Option(
      names = "--min-speech",
      paramLabel = "<p>",
      defaultValue = "0",
      description = "Least speech probability, 0 to 1. Default: 0.")
  private double minSpeech;

  @Option(
      names = "--min-seconds",
      paramLabel = "<s>",
      defaultValue = "0",
      description = "Least length of a segment. Default: 0.")
  private double minSeconds;

  @Option(
      names = "--max-seconds",
      paramLabel = "<s>",
      defaultValue = "Infinity",
      description = "Greatest length of a segment. Default: no limit.")
  private double maxSeconds;

  @Option(
      names = "--min-snr",
      paramLabel = "<dB>",
      defaultValue = "-Infinity",
      description = "Least estimated signal-to-noise ratio (WADA-SNR). Default: no limit.")
  private double minSnr;

  @Option(
      names = "--max-clipping",
      paramLabel = "<share>",
      defaultValue = "1",
      description = "Greatest share of clipped samples, 0 to 1. Default: 1.")
  private double maxClipping;

  @Option(
      names = "--min-bandwidth",
      paramLabel = "<Hz>",
      defaultValue = "0",
      description =
          "Least bandwidth. 3800 drops telephone speech. Needs twice as much in --sample-rate."
              + " Default: 0.")
  private double minBandwidth;

  @Option(
      names = "--min-level",
      paramLabel = "<dBFS>",
      defaultValue = "-Infinity",
      description = "Least level. Default: no limit.")
  private double minLevel;

  @Option(
      names = "--min-speech-share",
      paramLabel = "<share>",
      defaultValue = "0",
      description = "Least share of the time in which someone speaks, 0 to 1. Default: 0.")
  private double minSpeechShare;

  /**
   * The filter.
   *
   * @throws IllegalArgumentException if a limit lies outside its range
   */
  SegmentFilter filter() {
    return SegmentFilter.certain()
        .withUncertain(keepUncertain)
        .withLeastConfidence(minConfidence)
        .withLeastSpeechProbability(minSpeech)
        .withSeconds(minSeconds, maxSeconds)
        .withLeastSnrDb(minSnr)
        .withMostClipping(maxClipping)
        .withLeastBandwidthHz(minBandwidth)
        .withLeastLevelDbfs(minLevel)
        .withLeastSpeechShare(minSpeechShare);
  }
}
