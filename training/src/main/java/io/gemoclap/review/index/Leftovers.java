package io.gemoclap.review.index;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What killed processes have left of databases and indexes that they were building. Stateless. */
final class Leftovers {
  private static final Pattern UNFINISHED =
      Pattern.compile("segments-\\w+\\.(?:duckdb|nearest)\\.(\\d{1,18})\\.new(?:\\.tmp|\\.wal)?");

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private Leftovers() {}

  /** Deletes them from a folder, which need not exist. What cannot be deleted stays. */
  static void deleteFrom(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.toList();
    }
    for (Path path : all) {
      Matcher name = UNFINISHED.matcher(path.getFileName().toString());
      if (name.matches() && !isAlive(Long.parseLong(name.group(1)))) {
        try {
          MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
          LOG.warn(
              "'{}' was left by a killed process and cannot be deleted: {}", path, e.toString());
        }
      }
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
