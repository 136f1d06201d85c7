package io.gemoclap.teacher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the words for feelings from the data files of Princeton WordNet 3.0 (see wndb(5WN)). */
final class WordNet {
  private static final Map<String, String> FILES =
      Map.of("n", "data.noun", "v", "data.verb", "a", "data.adj", "r", "data.adv");

  /** Lexicographer files whose synsets are all feelings: noun.feeling and verb.emotion. */
  private static final Set<String> FEELINGS = Set.of("12", "37");

  /** Derivationally related, similar to, pertainym (adverb to adjective), attribute, see also. */
  private static final Set<String> LINKS = Set.of("+", "&", "\\", "=", "^");

  private static final int LONGEST = 3;

  private final Map<String, Synset> synsets = new HashMap<>();

  private record Synset(String file, Set<String> words, Set<String> linked) {}

  private WordNet() {}

  /**
   * Lists words and phrases of up to three words in alphabetical order: the members of all synsets
   * of feelings, and of the synsets that at most {@code steps} links separate from them.
   */
  static Set<String> feelings(Path folder, int steps) throws IOException {
    WordNet net = new WordNet();
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      net.read(file.getKey(), folder.resolve(file.getValue()));
    }
    return net.near(steps);
  }

  private void read(String part, Path file) throws IOException {
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      if (line.startsWith(" ")) {
        continue;
      }
      String[] fields = line.substring(0, line.indexOf('|')).split(" ");
      int count = Integer.parseInt(fields[3], 16);
      Set<String> words = new TreeSet<>();
      for (int i = 0; i < count; i++) {
        words.add(fields[4 + 2 * i].replaceAll("\\(.*\\)", "").replace('_', ' '));
      }
      Set<String> linked = new TreeSet<>();
      int at = 4 + 2 * count;
      int pointers = Integer.parseInt(fields[at]);
      for (int i = 0; i < pointers; i++) {
        if (LINKS.contains(fields[at + 1 + 4 * i])) {
          String target = fields[at + 3 + 4 * i];
          linked.add((target.equals("s") ? "a" : target) + fields[at + 2 + 4 * i]);
        }
      }
      synsets.put(part + fields[0], new Synset(fields[1], words, linked));
    }
  }

  private Set<String> near(int steps) {
    Map<String, Set<String>> neighbours = new HashMap<>();
    synsets.forEach(
        (id, synset) ->
            synset.linked.forEach(
                other -> {
                  neighbours.computeIfAbsent(id, k -> new TreeSet<>()).add(other);
                  neighbours.computeIfAbsent(other, k -> new TreeSet<>()).add(id);
                }));
    Map<String, Integer> distance = new HashMap<>();
    Deque<String> queue = new ArrayDeque<>();
    synsets.forEach(
        (id, synset) -> {
          if (FEELINGS.contains(synset.file)) {
            distance.put(id, 0);
            queue.add(id);
          }
        });
    while (!queue.isEmpty()) {
      String id = queue.remove();
      if (distance.get(id) == steps) {
        continue;
      }
      for (String other : neighbours.getOrDefault(id, Set.of())) {
        if (distance.putIfAbsent(other, distance.get(id) + 1) == null) {
          queue.add(other);
        }
      }
    }
    Set<String> words = new TreeSet<>();
    for (String id : distance.keySet()) {
      for (String word : synsets.get(id).words) {
        if (List.of(word.split(" ")).size() <= LONGEST && word.matches("[A-Za-z' -]{3,}")) {
          words.add(word.toLowerCase(Locale.ROOT));
        }
      }
    }
    return words;
  }
}
