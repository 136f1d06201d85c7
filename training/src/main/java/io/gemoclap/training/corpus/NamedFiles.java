package io.gemoclap.training.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The audio files of a corpus, recognised by their suffixes. Hidden files are ignored, among them
 * macOS leftovers ({@code ._03a01Fa.wav}, {@code __MACOSX}).
 *
 * <p>Every other audio file below the folder of a corpus is an utterance, or is counted as left out
 * on purpose, or is a problem. Videos and archives are no audio files.
 */
final class NamedFiles {
  private static final Pattern AUDIO =
      Pattern.compile(
          "(?i).*\\.(wav|wave|w64|rf64|flac|mp3|mp2|ogg|oga|opus|spx|m4a|aac|aiff?|aifc|au|snd|caf"
              + "|wma|amr|3gp|mka|ape|sph)");

  private NamedFiles() {}

  /** Audio files below a folder, sorted by path. */
  static List<Path> audio(Path folder) throws IOException {
    try (Stream<Path> files = CorpusFiles.below(folder)) {
      return files
          .filter(file -> AUDIO.matcher(file.getFileName().toString()).matches())
          .filter(file -> !hidden(folder.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private static boolean hidden(Path relative) {
    for (Path step : relative) {
      String name = step.toString();
      if (name.startsWith(".") || name.equals("__MACOSX")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Matches every audio file's name without its extension.
   *
   * @param example of a name, for messages
   * @param each gets the path and the match of each name that fits; others are problems
   * @throws IOException when no file fits
   */
  static void match(
      Path folder, Pattern name, String example, Reading into, BiConsumer<Path, Matcher> each)
      throws IOException {
    boolean any = false;
    List<Path> others = new ArrayList<>();
    for (Path file : audio(folder)) {
      Matcher matcher = name.matcher(stem(file));
      if (matcher.matches()) {
        any = true;
        each.accept(file, matcher);
      } else {
        others.add(file);
      }
    }
    if (!any) {
      throw new IOException("No audio file named like " + example + " is below '" + folder + "'");
    }
    others.forEach(
        file -> into.problem(file.toString(), 0, "the name is not of the form " + example));
  }

  static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[A-Za-z0-9]+$", "");
  }
}
