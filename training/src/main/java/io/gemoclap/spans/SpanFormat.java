package io.gemoclap.spans;

import com.google.common.collect.ImmutableList;
import io.gemoclap.census.StoredFile;
import io.gemoclap.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * The formats of segments that can be read. Texts are UTF-8 with or without a byte order mark,
 * UTF-16 with one, or Latin-1, and may be compressed by gzip if the name ends in {@code .gz}.
 */
public enum SpanFormat {
  /** Diarisation as NIST and pyannote write it. */
  RTTM(ImmutableList.of(".rttm"), true),
  /** Annotation with Praat. */
  TEXTGRID(ImmutableList.of(".TextGrid", ".textgrid"), false),
  /** Label tracks of Audacity. */
  AUDACITY(ImmutableList.of(".txt"), false),
  /** Subtitles. */
  WEBVTT(ImmutableList.of(".vtt"), false),
  /** Supervisions of Lhotse. */
  LHOTSE(ImmutableList.of(".jsonl", ".jsonl.gz"), true),
  /** A table. */
  CSV(ImmutableList.of(".csv"), true);

  private final ImmutableList<String> suffixes;
  private final boolean ofRecordings;

  SpanFormat(ImmutableList<String> suffixes, boolean ofRecordings) {
    this.suffixes = suffixes;
    this.ofRecordings = ofRecordings;
  }

  /** How names of such files end. */
  public List<String> suffixes() {
    return suffixes;
  }

  /** Whether a file may hold segments of several recordings, which it names. */
  public boolean namesRecordings() {
    return ofRecordings;
  }

  /** Whether a file has such a name. */
  public boolean fits(String name) {
    return suffixes.stream().anyMatch(suffix -> name.endsWith(suffix));
  }

  /** A name without the ending of such files. */
  public String stem(String name) {
    return suffixes.stream()
        .filter(name::endsWith)
        .map(suffix -> name.substring(0, name.length() - suffix.length()))
        .findFirst()
        .orElse(name);
  }

  /**
   * The format of a name.
   *
   * @throws IllegalArgumentException if there is none, naming all
   */
  public static SpanFormat parse(String name) {
    return Arrays.stream(values())
        .filter(format -> format.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no format of segments; these are: %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(SpanFormat::toString)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * Reads a file.
   *
   * @throws java.io.FileNotFoundException if it does not exist
   * @throws IOException if it cannot be read, or is not of the format, naming file and line
   */
  public SpanFile read(String name, SpanChoices choices) throws IOException {
    byte[] bytes;
    try (InputStream stored = Channels.newInputStream(StoredFile.of(name).open());
        InputStream in = name.endsWith(".gz") ? new GZIPInputStream(stored) : stored) {
      bytes = in.readAllBytes();
    }
    return read(name, Table.text(bytes), choices);
  }

  /** Reads a text, which has a name for messages. */
  SpanFile read(String name, String text, SpanChoices choices) throws IOException {
    SpanCollector spans = new SpanCollector();
    switch (this) {
      case RTTM -> RttmReader.read(name, text, spans);
      case TEXTGRID -> TextGridReader.read(name, text, choices, spans);
      case AUDACITY -> AudacityReader.read(text, choices, spans);
      case WEBVTT -> WebVttReader.read(name, text, spans);
      case LHOTSE -> LhotseReader.read(name, text, spans);
      case CSV -> CsvSpanReader.read(name, text, spans);
    }
    return spans.file();
  }

  /** Its name as users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
