package io.gemoclap.training.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A table of utterances: CSV with a header. Columns are separated by commas, semicolons or tabs;
 * where it is not by commas, {@code start_s} and {@code end_s} may have decimal commas.
 *
 * <p>Columns {@code path} and {@code emotion} are needed; {@code id}, {@code speaker}, {@code
 * gender}, {@code session}, {@code language}, {@code text}, {@code start_s}, {@code end_s} and
 * {@code recording} are known; others are passed over. Paths are relative to the file. Labels are
 * the plain English words of {@code labels/common.json}, or those of a {@code labels.json} next to
 * the file.
 */
final class CsvManifest {
  private static final List<String> KNOWN =
      List.of(
          "id",
          "path",
          "emotion",
          "speaker",
          "gender",
          "session",
          "language",
          "text",
          "start_s",
          "end_s",
          "recording");

  private CsvManifest() {}

  static Corpus read(String uri) throws IOException {
    Reading reading = new Reading(name(uri), LabelMap.beside(uri));
    CorpusCsv table = CorpusCsv.read(uri, reading, "path", "emotion");
    for (CorpusCsv.Row row : table.rows()) {
      ManifestEntry entry = new ManifestEntry(uri, row.line());
      entry.withDecimalCommas(table.decimalCommas());
      KNOWN.forEach(column -> entry.with(column, row.get(column)));
      entry.addTo(reading);
    }
    return reading.corpusOfLabelsThatOccur();
  }

  /** A manifest's name without folder and endings. */
  static String name(String uri) {
    String file = Location.isLocal(uri) ? Path.of(uri).getFileName().toString() : uri;
    return file.substring(file.lastIndexOf('/') + 1).replaceFirst("(?<=.)\\..*$", "");
  }
}
