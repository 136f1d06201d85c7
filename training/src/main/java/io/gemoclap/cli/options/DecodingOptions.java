package io.gemoclap.cli.options;

import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.cli.console.WrongUsageException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How recordings are opened and decoded: a mixin of every command that decodes. */
public final class DecodingOptions {
  @Option(
      names = "--stream",
      defaultValue = "all",
      description =
          "Audio streams to decode from a file with several: all (default), each as separate"
              + " channels; first; loudest; or a number from 1.")
  private String stream = "all";

  @Mixin private final OpeningOptions opening = new OpeningOptions();

  @Option(
      names = "--speech-threshold",
      defaultValue = "" + DecodeAudio.SPEECH_THRESHOLD,
      description =
          "Segments whose speech probability is lower, such as music, get the failure NO_SPEECH"
              + " instead of an emotion; 0 accepts all. Default: ${DEFAULT-VALUE}.")
  private double speechThreshold;

  /** The same transform with these settings. */
  public DecodeAudio configure(DecodeAudio decode) {
    return decode
        .withStream(stream())
        .withIsolation(opening.isolation())
        .withAllowedRoots(allowedRoots())
        .withSpeechThreshold(speechThreshold());
  }

  /** The least speech probability of a segment. */
  public double speechThreshold() {
    if (!(speechThreshold >= 0 && speechThreshold <= 1)) {
      throw new WrongUsageException(
          "--speech-threshold must be a number from 0 to 1, not " + speechThreshold);
    }
    return speechThreshold;
  }

  /** Which audio streams of a file are decoded. */
  public StreamChoice stream() {
    try {
      return StreamChoice.parse(stream);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(
          "--stream must be first, loudest, all or a number from 1, not '" + stream + "'", e);
    }
  }

  /** Where what is named by others may lie. */
  public AllowedRoots allowedRoots() {
    return opening.allowedRoots();
  }
}
