package io.gemoclap.training.corpus;

import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CREMA-D, the Crowd-sourced Emotional Multimodal Actors Dataset (Cao et al. 2014), ODbL: 7,442
 * acted English clips of 91 actors (48 men, 43 women), twelve sentences, six emotions.
 *
 * <p>{@code 1001_DFA_ANG_XX} is actor 1001, sentence DFA, anger, level not given. The label is the
 * emotion that was asked for. Sex is not in the name: it comes from {@code VideoDemographics.csv}
 * in the folder; without that file gender is unknown. What most raters heard comes from {@code
 * processedResults/summaryTable.csv}, column {@code VoiceVote}, as votes: one for each winner, of
 * which ties have several, joined by a colon.
 *
 * <p>Oddities: one level is written {@code X}, not {@code XX}; the folder {@code AudioMP3} holds
 * copies of the WAV files, which are counted as left out.
 */
final class CremaD {
  private static final Pattern NAME =
      Pattern.compile("(1\\d{3})_([A-Z]{3})_([A-Z]{3})_(?:LO|MD|HI|XX?)");
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("IEO", "It's eleven o'clock"),
          Map.entry("TIE", "That is exactly what happened"),
          Map.entry("IOM", "I'm on my way to the meeting"),
          Map.entry("IWW", "I wonder what this is about"),
          Map.entry("TAI", "The airplane is almost full"),
          Map.entry("MTI", "Maybe tomorrow it will be cold"),
          Map.entry("IWL", "I would like a new alarm clock"),
          Map.entry("ITH", "I think I have a doctor's appointment"),
          Map.entry("DFA", "Don't forget a jacket"),
          Map.entry("ITS", "I think I've seen this before"),
          Map.entry("TSI", "The surface is slick"),
          Map.entry("WSI", "We'll stop in a couple of minutes"));

  private final Reading reading = new Reading("crema-d", LabelMap.load("crema-d-6"));
  private final Map<String, Gender> genders = new HashMap<>();
  private final Map<String, Map<String, Integer>> votes = new HashMap<>();

  private final Set<String> originals = new HashSet<>();

  private CremaD() {}

  private static boolean isMp3(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".mp3");
  }

  private boolean isCopy(Path file) {
    return isMp3(file) && originals.contains(NamedFiles.stem(file));
  }

  static Corpus read(Path folder) throws IOException {
    CremaD corpus = new CremaD();
    NamedFiles.audio(folder).stream()
        .filter(file -> !isMp3(file))
        .forEach(file -> corpus.originals.add(NamedFiles.stem(file)));
    corpus.readGenders(folder.resolve("VideoDemographics.csv"));
    corpus.readVotes(folder.resolve("processedResults").resolve("summaryTable.csv"));
    NamedFiles.match(
        folder, NAME, "1001_DFA_ANG_XX", corpus.reading, (file, name) -> corpus.add(file, name));
    return corpus.reading.corpus();
  }

  private void readGenders(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (CorpusCsv.Row row : CorpusCsv.read(file.toString(), reading, "ActorID", "Sex").rows()) {
      switch (row.get("Sex")) {
        case "Male" -> genders.put(row.get("ActorID"), Gender.MALE);
        case "Female" -> genders.put(row.get("ActorID"), Gender.FEMALE);
        default ->
            reading.problem(
                file.toString(),
                row.line(),
                "the sex is '" + row.get("Sex") + "', not Male or Female");
      }
    }
  }

  private void readVotes(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (CorpusCsv.Row row :
        CorpusCsv.read(file.toString(), reading, "fileName", "VoiceVote").rows()) {
      Map<String, Integer> winners = new TreeMap<>();
      for (String winner : row.get("VoiceVote").split(":", -1)) {
        if (!winner.isBlank()) {
          winners.put(winner.strip(), 1);
        }
      }
      votes.put(row.get("fileName").replaceFirst("\\.\\w+$", ""), winners);
    }
  }

  private void add(Path file, Matcher name) {
    if (isCopy(file)) {
      reading.leaveOut("MP3 copy of a WAV file");
      return;
    }
    reading.add(
        Utterance.of(name.group(), file.toString())
            .speaker(name.group(1))
            .gender(genders.getOrDefault(name.group(1), Gender.UNKNOWN))
            .language("en")
            .text(TEXTS.getOrDefault(name.group(2), ""))
            .votes(votes.getOrDefault(name.group(), Map.of())),
        name.group(3),
        file.toString(),
        0);
  }
}
