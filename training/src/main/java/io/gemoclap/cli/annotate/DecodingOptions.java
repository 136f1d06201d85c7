package io.gemoclap.cli.annotate;

import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.cli.console.WrongUsageException;
import java.util.List;
import picocli.CommandLine.Option;

/** How recordings are opened and decoded. */
final class DecodingOptions {
  @Option(
      names = "--stream",
      defaultValue = "all",
      description =
          "Which audio streams of a file with several are decoded: all (default), each as channels"
              + " of its own; first; loudest; or a number from 1.")
  private String stream = "all";

  @Option(
      names = "--decoder",
      defaultValue = "in-process",
      description =
          "in-process (default), or isolated: native decoders in child processes, so that a file"
              + " that makes one crash costs that file alone.")
  private String decoder = "in-process";

  @Option(
      names = "--allowed-roots",
      split = ",",
      description =
          "Folders, as in /data/calls,s3://bucket/calls: recordings, and models of --live-model,"
              + " elsewhere are not opened, but become failures. Default: everywhere.")
  private List<String> allowedRoots = List.of();

  /** The same transform with these settings. */
  DecodeAudio configure(DecodeAudio decode) {
    return decode.withStream(stream()).withIsolation(isolation()).withAllowedRoots(allowedRoots());
  }

  /** Which audio streams of a file are decoded. */
  StreamChoice stream() {
    try {
      return StreamChoice.parse(stream);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(
          "--stream is first, loudest, all or a number from 1, not '" + stream + "'", e);
    }
  }

  /** Where what is named by others may lie. */
  AllowedRoots allowedRoots() {
    try {
      return allowedRoots.isEmpty() ? AllowedRoots.everywhere() : AllowedRoots.of(allowedRoots);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException("--allowed-roots: " + e.getMessage(), e);
    }
  }

  private DecoderIsolation isolation() {
    return switch (decoder) {
      case "in-process" -> DecoderIsolation.inProcess();
      case "isolated" -> DecoderIsolation.isolated();
      default ->
          throw new WrongUsageException(
              "--decoder is in-process or isolated, not '" + decoder + "'");
    };
  }
}
