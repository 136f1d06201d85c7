package io.gemoclap.training.report;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Copies short audio files into a page as {@code data:} URIs, until the page has enough of them.
 * Not thread-safe.
 */
final class AudioClips {
  private static final long LONGEST = 1 << 20;
  private static final long ALL = 8 << 20;
  private static final Map<String, String> TYPES =
      Map.of(
          "wav", "audio/wav",
          "mp3", "audio/mpeg",
          "flac", "audio/flac",
          "ogg", "audio/ogg",
          "opus", "audio/ogg",
          "m4a", "audio/mp4",
          "webm", "audio/webm");

  private long left = ALL;

  /**
   * The file as a {@code data:} URI: local, of a format that browsers play, at most 1 MiB, and
   * within 8 MiB of all clips together; otherwise empty.
   */
  Optional<String> embed(String uri) {
    String type = TYPES.get(extension(uri));
    if (type == null) {
      return Optional.empty();
    }
    try {
      Path file = path(uri);
      if (!Files.isRegularFile(file) || Files.size(file) > Math.min(LONGEST, left)) {
        return Optional.empty();
      }
      byte[] content = Files.readAllBytes(file);
      left -= content.length;
      return Optional.of("data:" + type + ";base64," + Base64.getEncoder().encodeToString(content));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // unreadable, or no path of this machine: the page names it instead
    }
  }

  private static String extension(String uri) {
    return uri == null ? "" : uri.substring(uri.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static Path path(String uri) throws InvalidPathException {
    return uri.startsWith("file:") ? Path.of(URI.create(uri)) : Path.of(uri);
  }
}
