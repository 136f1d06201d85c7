package io.gemoclap.cli.annotate;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.spans.SpanChoices;
import io.gemoclap.spans.SpanFormat;
import io.gemoclap.spans.SpeakerSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Segments and speakers that other tools have found: a mixin. */
final class SegmentsOptions {
  /** Where a speaker's name means the same person. */
  enum SpeakerNames {
    RECORDING,
    ARCHIVE
  }

  @Option(
      names = "--segments",
      paramLabel = "<format>[:<path>]",
      description =
          "Segments and speakers from rttm, textgrid, audacity, webvtt, lhotse or csv: a file beside"
              + " each recording with its name (call.rttm of call.wav), or a file, folder or"
              + " pattern. Default: none.")
  private String segments;

  @Option(
      names = "--tier",
      description = "Name of the only tier of TextGrids to read. Default: all interval tiers.")
  private String tier;

  @Option(
      names = "--speaker-from",
      description =
          "What names the speakers in textgrid and audacity: tier, label or none. Default: tier if"
              + " several tiers are read, label of audacity, otherwise none.")
  private SpeakerSource speakerFrom;

  @Option(
      names = "--speaker-names",
      description =
          "Where a speaker's name in --segments means the same person: in its recording alone"
              + " (recording, default) or everywhere (archive).")
  private SpeakerNames speakerNames;

  /** Whether segments are given. */
  boolean given() {
    return segments != null;
  }

  /** Checks what cannot stand together. */
  void check() {
    if (!given() && (tier != null || speakerFrom != null || speakerNames != null)) {
      throw new WrongUsageException(
          "--tier, --speaker-from and --speaker-names need --segments=<format>");
    }
    if (!given()) {
      return;
    }
    SpanFormat format = format();
    if (tier != null && format != SpanFormat.TEXTGRID) {
      throw new WrongUsageException("--tier is for --segments=textgrid, not " + format);
    }
    if (speakerFrom != null
        && !EnumSet.of(SpanFormat.TEXTGRID, SpanFormat.AUDACITY).contains(format)) {
      throw new WrongUsageException(
          "--speaker-from is for --segments=textgrid and audacity: %s names speakers itself"
              .formatted(format));
    }
    if (speakerFrom == SpeakerSource.TIER && format == SpanFormat.AUDACITY) {
      throw new WrongUsageException("--speaker-from=tier is for --segments=textgrid");
    }
  }

  /** Continuous input has no place for them. */
  void requireUnused() {
    if (given() || tier != null || speakerFrom != null || speakerNames != null) {
      throw new WrongUsageException(
          "--segments, --tier, --speaker-from and --speaker-names are for batch input, not for"
              + " kafka:<topic> or --watch");
    }
  }

  SpanFormat format() {
    String name = segments.contains(":") ? segments.substring(0, segments.indexOf(':')) : segments;
    return WrongUsageException.ifRefused(
        () -> {
          try {
            return SpanFormat.parse(name);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--segments: " + e.getMessage(), e);
          }
        });
  }

  /** A file, folder or pattern; null for files beside the recordings. */
  @Nullable String path() {
    return segments.contains(":") ? segments.substring(segments.indexOf(':') + 1) : null;
  }

  SpanChoices choices() {
    return new SpanChoices(tier, speakerFrom);
  }

  /** Whether a name means the same person in all recordings. */
  boolean namesAreOfArchive() {
    return speakerNames == SpeakerNames.ARCHIVE;
  }

  /** Adds what decides rows to the settings of a job, where something is given. */
  void putInto(Map<String, String> settings) {
    if (given()) {
      settings.put("--segments", format().toString());
    }
    if (tier != null) {
      settings.put("--tier", tier);
    }
    if (speakerFrom != null) {
      settings.put("--speaker-from", speakerFrom.name().toLowerCase(Locale.ROOT));
    }
    if (speakerNames != null) {
      settings.put("--speaker-names", speakerNames.name().toLowerCase(Locale.ROOT));
    }
  }
}
