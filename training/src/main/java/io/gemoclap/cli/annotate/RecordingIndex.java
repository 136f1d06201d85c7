package io.gemoclap.cli.annotate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds recordings by the names that other tools give them: their path, the end of it, or the last
 * name, each with or without the ending of the file.
 */
final class RecordingIndex {
  private final Map<String, List<String>> byName = new HashMap<>();
  private final Map<String, List<String>> byStem = new HashMap<>();

  RecordingIndex(Collection<String> ids) {
    for (String id : ids) {
      String name = lastName(id);
      byName.computeIfAbsent(name, key -> new ArrayList<>()).add(id);
      byStem.computeIfAbsent(stem(name), key -> new ArrayList<>()).add(id);
    }
  }

  /** Ids of the recordings that a name fits: those that it fits with their ending, if any. */
  List<String> find(String name) {
    List<String> exact =
        byName.getOrDefault(lastName(name), List.of()).stream()
            .filter(id -> endsWith(id, name))
            .toList();
    return !exact.isEmpty()
        ? exact
        : byStem.getOrDefault(lastName(name), List.of()).stream()
            .filter(id -> endsWith(stem(id), name))
            .toList();
  }

  /**
   * The same for the path of a file that belongs to one recording: of recordings with its last
   * name, those that agree with it in the folders above too.
   */
  List<String> findByPath(String path) {
    int from = path.lastIndexOf('/');
    List<String> found = find(path.substring(from + 1));
    while (found.size() > 1 && from > 0) {
      from = path.lastIndexOf('/', from - 1);
      List<String> fewer = find(path.substring(from + 1));
      if (fewer.isEmpty()) {
        break;
      }
      found = fewer;
    }
    return found;
  }

  private static boolean endsWith(String id, String name) {
    return id.equals(name) || id.endsWith(name.startsWith("/") ? name : "/" + name);
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A path without the ending of its last name. */
  static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }
}
