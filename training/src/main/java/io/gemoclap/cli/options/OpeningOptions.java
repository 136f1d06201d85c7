package io.gemoclap.cli.options;

import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.cli.console.WrongUsageException;
import java.util.List;
import picocli.CommandLine.Option;

/** Which recordings may be opened, and where they are decoded: a mixin. */
public final class OpeningOptions {
  @Option(
      names = "--decoder",
      defaultValue = "in-process",
      description =
          "in-process (default), or isolated: native decoders run in child processes, and a crash"
              + " affects only one file.")
  private String decoder = "in-process";

  @Option(
      names = "--allowed-roots",
      split = ",",
      description =
          "Folders, such as /data/calls,s3://bucket/calls. Recordings, and models of --live-model,"
              + " outside them are not opened. Default: all folders.")
  private List<String> allowedRoots = List.of();

  /** Where what is named by others may lie. */
  public AllowedRoots allowedRoots() {
    try {
      return allowedRoots.isEmpty() ? AllowedRoots.everywhere() : AllowedRoots.of(allowedRoots);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException("--allowed-roots: " + e.getMessage(), e);
    }
  }

  /** Whether native decoders run in this process. */
  public DecoderIsolation isolation() {
    return switch (decoder) {
      case "in-process" -> DecoderIsolation.inProcess();
      case "isolated" -> DecoderIsolation.isolated();
      default ->
          throw new WrongUsageException(
              "--decoder must be in-process or isolated, not '" + decoder + "'");
    };
  }
}
