package io.gemoclap.cli.evaluate;

import io.gemoclap.training.corpus.Corpus;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Short, distinct names of models and corpora, by what the user gave. */
final class Names {
  private final Map<String, String> names = new HashMap<>();

  private Names() {}

  /** The name of each corpus; a manifest that is called so has the name of its folder. */
  static Names ofCorpora(Map<String, Corpus> corpora) {
    Names names = new Names();
    corpora.forEach(
        (spec, corpus) ->
            names.add(
                spec,
                corpus.name().toLowerCase(Locale.ROOT).equals("manifest")
                    ? folder(spec, corpus.name())
                    : corpus.name()));
    return names;
  }

  /** The last part of each URI; of the bundle that training writes, the folder of the run. */
  static Names ofModels(Collection<String> uris) {
    Names names = new Names();
    uris.forEach(
        uri ->
            names.add(
                uri,
                uri.replaceFirst("/+$", "")
                    .replaceFirst("/final/bundle$", "")
                    .replaceFirst(".*[/:]", "")));
    return names;
  }

  private static String folder(String spec, String otherwise) {
    String[] parts = spec.split("[/:]", -1);
    boolean named = parts.length > 2 && parts[parts.length - 2].matches(".*\\w.*");
    return named ? parts[parts.length - 2] : otherwise;
  }

  private void add(String given, String name) {
    Set<String> taken = new HashSet<>(names.values());
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = name + "-" + i;
    }
    names.putIfAbsent(given, free);
  }

  String of(String given) {
    return names.get(given);
  }
}
