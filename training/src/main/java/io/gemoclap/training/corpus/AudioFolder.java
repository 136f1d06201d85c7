package io.gemoclap.training.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder as Hugging Face's {@code audiofolder} reads it.
 *
 * <p>With files {@code metadata.csv} or {@code metadata.jsonl}, one a split and all with the same
 * ending: the audio is {@code file_name} or, if that is absent, the one column {@code
 * <x>_file_name}, relative to the metadata file; the label is {@code emotion}, else {@code label};
 * {@code recording} names what a file was cut from; names of folders are then ignored, and an audio
 * file without a row is a problem. Without metadata, the label is the folder that holds a file,
 * provided that all files lie equally deep and there are at least two labels. Not read: {@code
 * metadata.parquet}, {@code .zip} archives, lists of files in one row; each is reported.
 */
final class AudioFolder {
  private AudioFolder() {}

  static Corpus read(Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    String beside = root.resolve("metadata").toString();
    Reading reading = new Reading(String.valueOf(root.getFileName()), LabelMap.beside(beside));
    List<Path> metadata = new ArrayList<>();
    try (Stream<Path> files = CorpusFiles.below(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.matches("metadata\\.(csv|jsonl)")) {
          metadata.add(file);
        } else if (name.equals("metadata.parquet") || name.endsWith(".zip")) {
          reading.problem(file.toString(), 0, "is not read; unpack it, or write metadata.csv");
        }
      }
    }
    if (metadata.isEmpty()) {
      byFolderNames(folder, reading);
    } else {
      byMetadata(folder, metadata, reading);
      reading.requireDescribed(
          NamedFiles.audio(folder), "the metadata have no row for this audio file");
    }
    return reading.corpusOfLabelsThatOccur();
  }

  private static void byMetadata(Path folder, List<Path> files, Reading reading)
      throws IOException {
    Set<String> endings =
        files.stream()
            .map(file -> file.getFileName().toString())
            .collect(Collectors.toCollection(TreeSet::new));
    if (endings.size() > 1) {
      throw new IOException(
          "Metadata must be all of one type, not " + endings + ": " + files.get(0).getParent());
    }
    for (Path file : files) {
      String uri = file.toString();
      String split = folder.relativize(file).toString().replaceFirst("metadata\\.\\w+$", "");
      if (uri.endsWith(".csv")) {
        CorpusCsv table = CorpusCsv.read(uri, reading);
        for (CorpusCsv.Row row : table.rows()) {
          add(reading, split, uri, row.line(), table.columns(), row::get);
        }
      } else {
        reading.jsonLines(
            uri,
            (object, line) ->
                add(
                    reading,
                    split,
                    uri,
                    line,
                    names(object),
                    field -> ManifestEntry.text(object, field)));
      }
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Splits may use the same names, so the id begins with the folder of the metadata. */
  private static void add(
      Reading reading,
      String split,
      String uri,
      long line,
      List<String> columns,
      UnaryOperator<String> get) {
    List<String> links =
        columns.stream()
            .filter(c -> c.toLowerCase(Locale.ROOT).matches("(.*_)?file_names?"))
            .toList();
    String link = links.contains("file_name") || links.isEmpty() ? "file_name" : links.get(0);
    if (link.endsWith("s") || (links.size() > 1 && !link.equals("file_name"))) {
      reading.problem(uri, line, "which file is meant? " + links);
      return;
    }
    new ManifestEntry(uri, line)
        .with("path", get.apply(link))
        .with("id", split + get.apply(link))
        .with("emotion", first(get, "emotion", "label"))
        .with("speaker", first(get, "speaker", "speaker_id"))
        .with("gender", get.apply("gender"))
        .with("session", get.apply("session"))
        .with("language", get.apply("language"))
        .with("text", first(get, "text", "transcription", "sentence"))
        .with("recording", get.apply("recording"))
        .addTo(reading);
  }

  private static String first(UnaryOperator<String> get, String... fields) {
    return Stream.of(fields).map(get).filter(v -> !v.isEmpty()).findFirst().orElse("");
  }

  private static void byFolderNames(Path folder, Reading reading) throws IOException {
    List<Path> files = NamedFiles.audio(folder);
    Set<Integer> depths = new TreeSet<>();
    Set<String> labels = new TreeSet<>();
    for (Path file : files) {
      depths.add(folder.relativize(file).getNameCount());
      labels.add(file.toAbsolutePath().getParent().getFileName().toString());
    }
    if (depths.size() != 1 || depths.contains(1) || labels.size() < 2) {
      throw new IOException(
          "The folder '"
              + folder
              + "' has no metadata.csv or metadata.jsonl, and its audio files are not in at"
              + " least two folders, equally deep, that are named by emotions");
    }
    for (Path file : files) {
      String id = folder.relativize(file).toString();
      reading.add(
          Utterance.of(id, file.toString()),
          file.toAbsolutePath().getParent().getFileName().toString(),
          file.toString(),
          0);
    }
  }
}
