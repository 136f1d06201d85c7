package io.gemoclap.training.corpus;

import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * EmoDB, the Berlin Database of Emotional Speech (Burkhardt et al. 2005): 535 acted German
 * utterances of five women and five men, seven emotions, CC0 as audEERING publishes it.
 *
 * <p>Everything is in the file name: {@code 03a01Fa} is speaker 03, text a01, emotion F, version a.
 * The letters are German: Wut, Langeweile, Ekel, Angst, Freude, Trauer, neutral. Reads the original
 * {@code .wav} files and copies in other audio formats, anywhere below the folder. An audio file of
 * another name, such as {@code 03a01Fa (1).wav}, is a problem. Oddity: speaker 08 has no disgust.
 */
final class EmoDb {
  private static final Pattern NAME = Pattern.compile("(\\d\\d)([ab]\\d\\d)([A-Z])[a-z]");
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
    Reading reading = new Reading("emodb", LabelMap.load("emodb-7"));
    NamedFiles.match(
        folder, NAME, "03a01Fa.wav", reading, (file, name) -> add(reading, file, name));
    return reading.corpus();
  }

  private static void add(Reading reading, Path file, Matcher name) {
    Gender gender = SPEAKERS.get(name.group(1));
    if (gender == null) {
      reading.problem(
          file.toString(), 0, "names speaker " + name.group(1) + ", who is not in EmoDB");
      return;
    }
    reading.add(
        Utterance.of(name.group(), file.toString())
            .speaker(name.group(1))
            .gender(gender)
            .language("de"),
        name.group(3),
        file.toString(),
        0);
  }
}
