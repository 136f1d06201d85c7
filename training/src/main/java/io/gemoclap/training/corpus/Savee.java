package io.gemoclap.training.corpus;

import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SAVEE, the Surrey Audio-Visual Expressed Emotion database (Haq and Jackson 2009), for research
 * after registration: 480 acted English utterances of four men, seven emotions.
 *
 * <p>In the original, {@code DC/a01.wav} is speaker DC in anger; in flat copies it is {@code
 * DC_a01.wav}. Oddities: sadness and surprise have two letters ({@code sa}, {@code su}); neutral is
 * twice as frequent; there is no woman, so gender cannot be learnt.
 */
final class Savee {
  private static final Pattern NAME = Pattern.compile("(?:(DC|JE|JK|KL)_)?([a-z]{1,2})\\d\\d");

  private Savee() {}

  static Corpus read(Path folder) throws IOException {
    Reading reading = new Reading("savee", LabelMap.load("savee-7"));
    NamedFiles.match(
        folder,
        NAME,
        "DC_a01, or a01 in a folder DC",
        reading,
        (file, name) -> add(reading, file, name));
    return reading.corpus();
  }

  private static void add(Reading reading, Path file, Matcher name) {
    String speaker = name.group(1);
    String id = name.group();
    if (speaker == null) {
      speaker = file.toAbsolutePath().getParent().getFileName().toString();
      if (!speaker.matches("DC|JE|JK|KL")) {
        reading.problem(
            file.toString(), 0, "the speaker is neither in the name nor in the folder's");
        return;
      }
      id = speaker + "_" + id;
    }
    reading.add(
        Utterance.of(id, file.toString()).speaker(speaker).gender(Gender.MALE).language("en"),
        name.group(2),
        file.toString(),
        0);
  }
}
