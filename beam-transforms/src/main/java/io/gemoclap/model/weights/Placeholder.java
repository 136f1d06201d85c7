package io.gemoclap.model.weights;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Recognises by its content what a failed or partial download leaves in place of a file: a pointer
 * of Git LFS, Xet or git-annex, a web page, an error message, or nothing. Stateless.
 *
 * @hidden
 */
@Internal
public final class Placeholder {
  private static final int START = 512;
  private static final Pattern SIZE = Pattern.compile("(?:size|filesize =) (\\d{1,15})");

  private static final Map<String, String> POINTERS =
      Map.of(
          "version https://git-lfs.github.com/spec/",
          "a Git LFS pointer%s, not the file itself; run 'git lfs pull' in its folder, or download"
              + " the file",
          "# xet version",
          "a Xet pointer%s, not the file itself; run 'git xet' or download the file",
          "/annex/objects/",
          "a git-annex pointer%s, not the file itself; run 'git annex get' in its folder");

  private Placeholder() {}

  /**
   * Returns if the file may be what its name says.
   *
   * @throws IOException naming the file, what it holds instead and what to do; or it cannot be read
   */
  public static void refuse(Path file) throws IOException {
    Optional<String> found = recognise(file);
    if (found.isPresent()) {
      throw new IOException(file + " is " + found.get());
    }
  }

  private static Optional<String> recognise(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(START);
    }
    if (bytes.length == 0) {
      return Optional.of("empty; download it again");
    }
    String start = new String(bytes, UTF_8).replace("\uFEFF", "").stripLeading();
    for (Map.Entry<String, String> pointer : POINTERS.entrySet()) {
      if (start.startsWith(pointer.getKey())) {
        Matcher size = SIZE.matcher(start);
        return Optional.of(
            pointer.getValue().formatted(size.find() ? " to " + size.group(1) + " bytes" : ""));
      }
    }
    if (start.isEmpty()) {
      return Optional.of("blank; download it again");
    }
    String lower = start.toLowerCase(Locale.ROOT);
    if (lower.startsWith("<")) {
      return Optional.of(
          "a web page or an XML message ('"
              + Excerpt.text(start)
              + "'), as a failed download leaves it; download the file again, with an access token"
              + " if the model asks for one");
    }
    if (bytes.length < START && isMessage(start)) {
      return Optional.of(
          "the text '" + Excerpt.text(start) + "', not a file of a model; download it again");
    }
    return Optional.empty();
  }

  /** Words alone: neither JSON nor the beginning of a binary format. */
  private static boolean isMessage(String text) {
    return Character.isLetter(text.charAt(0))
        && text.chars().allMatch(c -> c == '\n' || c == '\r' || !unprintable(c));
  }

  private static boolean unprintable(int c) {
    return c < ' ' || c == 0x7f || c == 0xfffd;
  }
}
