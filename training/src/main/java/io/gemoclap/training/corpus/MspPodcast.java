package io.gemoclap.training.corpus;

import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * MSP-Podcast (Lotfian and Busso 2019), under a licence of the University of Texas at Dallas:
 * spontaneous English from podcasts, over 100,000 turns that several people rated; releases differ
 * in size.
 *
 * <p>Given is the folder of a release, or its {@code labels_consensus.csv} itself (in older
 * releases {@code labels_concensus.csv}): {@code FileName, EmoClass, SpkrID, Gender} and more.
 * Audio lies in {@code Audios} or {@code Audio} next to the folder of the table. The podcast in the
 * file name ({@code MSP-PODCAST_0001} of {@code MSP-PODCAST_0001_0008.wav}) is session and source
 * recording. Votes are the primary emotions of {@code labels_detailed.csv}, where that is next to
 * the table; transcripts are those of {@code Transcripts}.
 *
 * <p>Oddities: speakers may be {@code Unknown} and are then left empty, for they are many people;
 * class X (no majority) and O (other) are left out, and so is test set 3 where the table lacks it.
 * Any other audio file that the table lacks is a problem.
 */
final class MspPodcast {
  /** The second spelling is that of older releases. */
  private static final List<String> TABLES =
      List.of("labels_consensus.csv", "labels_concensus.csv");

  private static final String WITHHELD = "MSP-PODCAST_test3_";
  private static final Pattern NAME = Pattern.compile("(MSP-PODCAST_(?:test3_)?\\d+).*\\.\\w+");

  private final Reading reading = new Reading("msp-podcast", LabelMap.load("msp-podcast-8"));
  private final String table;
  private final Path audio;
  private final Path transcripts;
  private final Map<String, Map<String, Integer>> votes = new HashMap<>();

  private MspPodcast(Path table) {
    Path release = table.toAbsolutePath().getParent();
    if (!Files.isDirectory(release.resolve("Audios"))
        && !Files.isDirectory(release.resolve("Audio"))) {
      release = release.getParent();
    }
    this.table = table.toString();
    this.audio = release.resolve(Files.isDirectory(release.resolve("Audio")) ? "Audio" : "Audios");
    this.transcripts = release.resolve("Transcripts");
  }

  static Corpus read(String location) throws IOException {
    Path path = Path.of(location);
    List<Path> candidates =
        Files.isDirectory(path)
            ? Stream.of(path.resolve("Labels"), path)
                .flatMap(folder -> TABLES.stream().map(folder::resolve))
                .toList()
            : List.of(path);
    Path table =
        candidates.stream()
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Neither '%s' nor a folder Labels in it has %s"
                            .formatted(location, String.join(" or ", TABLES))));
    MspPodcast corpus = new MspPodcast(table);
    corpus.readVotes(table.resolveSibling("labels_detailed.csv"));
    for (CorpusCsv.Row row :
        CorpusCsv.read(table.toString(), corpus.reading, "FileName", "EmoClass", "SpkrID", "Gender")
            .rows()) {
      corpus.add(row);
    }
    corpus.requireAllAudio();
    return corpus.reading.corpus();
  }

  private void requireAllAudio() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path file : Files.isDirectory(audio) ? NamedFiles.audio(audio) : List.<Path>of()) {
      if (file.getFileName().toString().startsWith(WITHHELD) && !reading.describes(file)) {
        reading.leaveOut("test set 3, whose labels are withheld");
      } else {
        files.add(file);
      }
    }
    reading.requireDescribed(files, "the table has no row for this audio file");
  }

  private void readVotes(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (CorpusCsv.Row row :
        CorpusCsv.read(file.toString(), reading, "FileName", "EmoClass_Major").rows()) {
      votes
          .computeIfAbsent(row.get("FileName"), name -> new TreeMap<>())
          .merge(row.get("EmoClass_Major"), 1, Integer::sum);
    }
  }

  private void add(CorpusCsv.Row row) throws IOException {
    String file = row.get("FileName");
    Matcher name = NAME.matcher(file);
    if (!name.matches()) {
      reading.problem(
          table, row.line(), "'" + file + "' is not named like MSP-PODCAST_0001_0008.wav");
      return;
    }
    String id = file.replaceFirst("\\.\\w+$", "");
    Path transcript = transcripts.resolve(id + ".txt");
    String speaker = row.get("SpkrID");
    reading.add(
        Utterance.of(id, audio.resolve(file).toString())
            .speaker(speaker.equalsIgnoreCase("unknown") ? "" : speaker)
            .session(name.group(1))
            .recording(name.group(1))
            .gender(gender(row.get("Gender")))
            .language("en")
            .text(Files.exists(transcript) ? Location.text(transcript.toString()).strip() : "")
            .votes(votes.getOrDefault(file, Map.of())),
        row.get("EmoClass"),
        table,
        row.line());
  }

  private static Gender gender(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "female" -> Gender.FEMALE;
      case "male" -> Gender.MALE;
      default -> Gender.UNKNOWN;
    };
  }
}
