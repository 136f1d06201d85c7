package io.gemoclap.census;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Names of local files as text, byte for byte: the same text in every locale.
 *
 * <p>A file name is bytes. The name of a path is these bytes read as UTF-8; where they are no
 * UTF-8, it is a {@code file:} URI that percent-encodes them. {@code Path.toString()} and {@code
 * Path.of(String)} depend on the locale of the JVM instead and lose bytes, but URIs of paths are
 * exact, so this class goes through them. Thread-safe.
 *
 * @hidden
 */
@Internal
public final class LocalNames {
  private static final Pattern SCHEME =
      Pattern.compile("[a-zA-Z][-a-zA-Z0-9+.]*:/.*", Pattern.DOTALL);
  private static final Pattern FILE_URI =
      Pattern.compile("(?i)file:(?://(?<host>[^/]*))?(?<path>/.*)", Pattern.DOTALL);
  private static final Pattern FILE = Pattern.compile("(?i)file:.*", Pattern.DOTALL);
  private static final Path PROCESS_FOLDER = Path.of("/proc/self/cwd");
  private static final char REPLACEMENT = '\uFFFD';
  private static final boolean PLATFORM_IS_UTF8 =
      System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8");

  private LocalNames() {}

  /** Whether a name means a file of this machine: a path, or a {@code file:} URI. */
  public static boolean isLocal(String name) {
    return isFileUri(name) || !SCHEME.matcher(name).matches();
  }

  /** Whether a name begins with {@code file:}. */
  public static boolean isFileUri(String name) {
    return FILE.matcher(name).matches();
  }

  /**
   * The path that a name means, absolute and normalized. Links are not followed.
   *
   * @param name a path, absolute or relative to the working directory, whose characters stand for
   *     UTF-8 bytes or, where no such file exists, for bytes of the JVM's locale; or a {@code
   *     file:} URI, in which {@code %XX} is a byte
   * @throws IllegalArgumentException if it can be the name of no local file
   */
  public static Path path(String name) {
    if (isFileUri(name)) {
      return ofBytes(bytesOf(name)).normalize();
    }
    Path path = resolve(workingDirectory(), name);
    if (!PLATFORM_IS_UTF8 && !exists(path)) {
      try {
        Path other = workingDirectory().resolve(Path.of(name)).normalize();
        return exists(other) ? other : path;
      } catch (InvalidPathException e) {
        return path; // The name cannot be written in this locale.
      }
    }
    return path;
  }

  /**
   * The path that a name means in a folder, absolute and normalized.
   *
   * @param folder an absolute path
   * @param name a path whose characters stand for UTF-8 bytes
   */
  public static Path resolve(Path folder, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (name.startsWith("/")) {
      return ofBytes(bytes).normalize();
    }
    if (isWindows()) {
      return folder.resolve(name).normalize();
    }
    String above = folder.toUri().getRawPath();
    String uri = (above.endsWith("/") ? above : above + "/") + percentEncoded(bytes);
    return Path.of(URI.create("file://" + uri)).normalize();
  }

  /**
   * The name of a path: the text that {@link #path} leads back from.
   *
   * @param path an absolute path
   */
  public static String name(Path path) {
    String text = path.toString();
    if (isWindows() || isExact(text)) {
      return text;
    }
    String uri = rawPath(path);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(percentDecoded(uri)))
          .toString();
    } catch (CharacterCodingException e) {
      return "file://" + uri;
    }
  }

  /** A path as text without the steps {@code .} and, as far as it goes, {@code ..}. */
  public static String normalized(String path) {
    Deque<String> steps = new ArrayDeque<>();
    for (String step : path.split("/", -1)) {
      if (step.equals("..") && !steps.isEmpty() && !steps.getLast().equals("..")) {
        steps.removeLast();
      } else if (!step.equals(".") && !step.isEmpty()) {
        steps.addLast(step);
      }
    }
    return (path.startsWith("/") ? "/" : "") + String.join("/", steps);
  }

  /** A path's last name for patterns and people; bytes that are no UTF-8 become U+FFFD. */
  static String lastName(Path path) {
    Path last = path.getFileName();
    String text = last == null ? "" : last.toString();
    if (isWindows() || isExact(text)) {
      return text;
    }
    String uri = rawPath(path);
    byte[] bytes = percentDecoded(uri.substring(uri.lastIndexOf('/') + 1));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether there is a file, a folder, or a link, even one that leads nowhere. */
  public static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * The working directory. In a locale that cannot spell its name, the property {@code user.dir} is
   * wrong, and Linux tells the right one.
   */
  static Path workingDirectory() {
    String property = System.getProperty("user.dir", "");
    if (!isExact(property)) {
      try {
        return PROCESS_FOLDER.toRealPath();
      } catch (IOException e) {
        return Path.of("").toAbsolutePath(); // No Linux: the property is all there is.
      }
    }
    return Path.of("").toAbsolutePath();
  }

  /** Whether the JVM's own reading of a name lost nothing. */
  private static boolean isExact(String text) {
    if (PLATFORM_IS_UTF8) {
      return text.indexOf(REPLACEMENT) < 0;
    }
    return text.chars().allMatch(c -> c < 128);
  }

  private static boolean isWindows() {
    return File.separatorChar != '/';
  }

  private static String rawPath(Path path) {
    String uri = path.toUri().getRawPath();
    return uri.length() > 1 && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }

  private static byte[] bytesOf(String fileUri) {
    Matcher uri = FILE_URI.matcher(fileUri);
    String host = uri.matches() ? uri.group("host") : "";
    if (!uri.matches() || !(host == null || host.isEmpty() || host.equalsIgnoreCase("localhost"))) {
      throw new IllegalArgumentException(
          "'" + fileUri + "' is not the name of a file on this machine");
    }
    return percentDecoded(uri.group("path"));
  }

  private static Path ofBytes(byte[] absolute) {
    if (isWindows()) {
      return Path.of(new String(absolute, Charset.defaultCharset()));
    }
    return Path.of(URI.create("file://" + percentEncoded(absolute).replaceFirst("^/+", "/")));
  }

  private static String percentEncoded(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      boolean plain = b == '/' || b == '.' || b == '-' || b == '_' || isLetterOrDigit(b);
      if (plain) {
        text.append((char) b);
      } else {
        text.append('%').append(hex(b >> 4)).append(hex(b));
      }
    }
    return text.toString();
  }

  private static boolean isLetterOrDigit(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  private static char hex(int b) {
    return "0123456789ABCDEF".charAt(b & 15);
  }

  /** A URI as text, with its {@code %XX} decoded. */
  static String decoded(String uri) {
    try {
      return new String(percentDecoded(uri), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return uri; // It is not percent-encoded.
    }
  }

  private static byte[] percentDecoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int from = 0;
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', from)) {
      bytes.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
      int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(at + 2), 16);
      if (low < 0) {
        throw new IllegalArgumentException(
            "'" + text + "' has a % without two hexadecimal digits after it; write %25 for a %");
      }
      bytes.write(high * 16 + low);
      from = at + 3;
    }
    bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }
}
