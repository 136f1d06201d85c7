package io.gemoclap.training.corpus;

import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * EmoDB, the Berlin Database of Emotional Speech (Burkhardt et al. 2005): 535 acted German
 * utterances of five women and five men, seven emotions, CC0 as audEERING publishes it.
 *
 * <p>Everything is in the file name: {@code 03a01Fa} is speaker 03, text a01, emotion F, version a.
 * The letters are German: Wut, Langeweile, Ekel, Angst, Freude, Trauer, neutral. Reads the original
 * {@code .wav} files and losslessly compressed {@code .flac} copies, anywhere below the folder.
 * Oddity: speaker 08 has no disgust.
 */
final class EmoDb {
  private static final Pattern NAME =
      Pattern.compile("(\\d\\d)([ab]\\d\\d)([WLEAFTN])([a-z])\\.(wav|flac)");
  private static final Map<String, String> EMOTIONS =
      Map.of(
          "W", "anger",
          "L", "boredom",
          "E", "disgust",
          "A", "fear",
          "F", "happiness",
          "N", "neutral",
          "T", "sadness");
  private static final Map<String, Gender> SPEAKERS =
      Map.of(
          "03", Gender.MALE,
          "08", Gender.FEMALE,
          "09", Gender.FEMALE,
          "10", Gender.MALE,
          "11", Gender.MALE,
          "12", Gender.MALE,
          "13", Gender.FEMALE,
          "14", Gender.FEMALE,
          "15", Gender.MALE,
          "16", Gender.FEMALE);

  private EmoDb() {}

  static Corpus read(Path folder) throws IOException {
    List<Utterance> utterances = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          utterances.add(utterance(file, name));
        }
      }
    }
    if (utterances.isEmpty()) {
      throw new IOException(
          "No EmoDB file (such as 03a01Fa.wav or 03a01Fa.flac) lies below '" + folder + "'");
    }
    return new Corpus("emodb", EMOTIONS.values().stream().sorted().toList(), utterances);
  }

  private static Utterance utterance(Path file, Matcher name) throws IOException {
    Gender gender = SPEAKERS.get(name.group(1));
    if (gender == null) {
      throw new IOException(file + " names speaker " + name.group(1) + ", whom EmoDB lacks");
    }
    String id = file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    return new Utterance(id, file, name.group(1), gender, EMOTIONS.get(name.group(3)));
  }
}
