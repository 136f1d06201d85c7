package io.gemoclap.training.corpus;

import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RAVDESS, the Ryerson Audio-Visual Database of Emotional Speech and Song (Livingstone and Russo
 * 2018), CC BY-NC-SA 4.0: 1,440 acted English utterances of 24 actors, eight emotions, 48 kHz.
 *
 * <p>Everything is in the file name: {@code 03-01-06-01-02-01-12} is modality 03 (audio only),
 * channel 01 (speech), emotion 06, normal intensity, second sentence, first repetition, actor 12.
 * Odd actors are men, even ones women. Oddities: song (channel 02) and sound tracks of video
 * (modality 01) are left out; neutral has no strong intensity, so it is half as frequent; copies of
 * the archive that hold every file twice are reported as problems.
 */
final class Ravdess {
  private static final Pattern NAME =
      Pattern.compile("(0[1-3])-(0[12])-(\\d\\d)-0[12]-(0[12])-0[12]-(\\d\\d)");
  private static final List<String> TEXTS =
      List.of("Kids are talking by the door", "Dogs are sitting by the door");
  private static final int ACTORS = 24;

  private Ravdess() {}

  static Corpus read(Path folder) throws IOException {
    Reading reading = new Reading("ravdess", LabelMap.load("ravdess-8"));
    NamedFiles.match(
        folder,
        NAME,
        "03-01-06-01-02-01-12",
        reading,
        (file, name) -> add(reading, file.toString(), name));
    return reading.corpus();
  }

  private static void add(Reading reading, String file, Matcher name) {
    int actor = Integer.parseInt(name.group(5));
    if (actor < 1 || actor > ACTORS) {
      reading.problem(file, 0, "names actor " + actor + ", who is not in RAVDESS");
    } else if (name.group(2).equals("02")) {
      reading.leaveOut("song");
    } else if (!name.group(1).equals("03")) {
      reading.leaveOut("sound track of a video");
    } else {
      reading.add(
          Utterance.of(name.group(), file)
              .speaker(name.group(5))
              .gender(actor % 2 == 1 ? Gender.MALE : Gender.FEMALE)
              .language("en")
              .text(TEXTS.get(Integer.parseInt(name.group(4)) - 1)),
          name.group(3),
          file,
          0);
    }
  }
}
