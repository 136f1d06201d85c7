package io.gemoclap.training.corpus;

import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TESS, the Toronto Emotional Speech Set (Dupuis and Pichora-Fuller 2010), CC BY-NC-ND 4.0: 2,800
 * acted English utterances of two women, one older ({@code OAF}) and one younger ({@code YAF}), 200
 * words each in seven emotions.
 *
 * <p>Everything is in the file name: {@code OAF_back_angry} is the older speaker saying "Say the
 * word back". Oddities: one file begins with {@code OA} only and is counted to {@code OAF}; {@code
 * ps} is pleasant surprise, mapped to surprise; the usual download holds every file twice, in a
 * folder inside the folder, which are reported as problems. Two speakers make weak folds.
 */
final class Tess {
  private static final Pattern NAME = Pattern.compile("(?i)(OAF?|YAF)_([a-z']+)_([a-z]+)");

  private Tess() {}

  static Corpus read(Path folder) throws IOException {
    Reading reading = new Reading("tess", LabelMap.load("tess-7"));
    NamedFiles.match(
        folder, NAME, "OAF_back_angry", reading, (file, name) -> add(reading, file, name));
    return reading.corpus();
  }

  private static void add(Reading reading, Path file, Matcher name) {
    String speaker = name.group(1).equalsIgnoreCase("YAF") ? "YAF" : "OAF";
    reading.add(
        Utterance.of(name.group(), file.toString())
            .speaker(speaker)
            .gender(Gender.FEMALE)
            .language("en")
            .text("Say the word " + name.group(2)),
        name.group(3),
        file.toString(),
        0);
  }
}
