package io.gemoclap.training.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The audio files of a corpus whose labels stand in file names. Hidden files are passed over, among
 * them those that macOS leaves behind ({@code ._03a01Fa.wav}, {@code __MACOSX}).
 */
final class NamedFiles {
  private static final Pattern AUDIO = Pattern.compile("(?i).*\\.(wav|flac)");

  private NamedFiles() {}

  /** Files below a folder whose name ends in {@code .wav} or {@code .flac}, sorted by path. */
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
    List<Path> strangers = new java.util.ArrayList<>();
    for (Path file : audio(folder)) {
      Matcher matcher = name.matcher(stem(file));
      if (matcher.matches()) {
        any = true;
        each.accept(file, matcher);
      } else {
        strangers.add(file);
      }
    }
    if (!any) {
      throw new IOException(
          "No audio file named as in " + example + " (.wav or .flac) lies below '" + folder + "'");
    }
    strangers.forEach(
        file -> into.problem(file.toString(), 0, "the name is not of the form " + example));
  }

  static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[A-Za-z0-9]+$", "");
  }
}
