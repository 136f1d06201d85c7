package io.gemoclap.teacher;

import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import io.gemoclap.training.prompts.HeldOutWords;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes the file of the text tower's teacher: {@code Teacher <WordNet folder> <german.tsv> <output
 * file>}.
 *
 * <p>The English vocabulary is WordNet's words for feelings, our own wordings, and the English side
 * of the German list. all-MiniLM-L6-v2 gives each a vector; a German phrase inherits that of its
 * English one. Held-out words, their inflections and texts that contain them are left out. The
 * vectors are reduced to their principal components, scaled to unit length, and rounded to bytes.
 */
public final class Teacher {
  private static final int DIMENSIONS = 64;
  private static final int STEPS = 2;

  private Teacher() {}

  /** Writes the file. */
  public static void main(String[] args) throws IOException {
    Wordings wordings = Wordings.load();
    List<String> held = new ArrayList<>();
    wordings.labels().forEach(label -> held.addAll(wordings.heldOut(label)));
    HeldOutWords heldOut = new HeldOutWords(held);

    Map<String, String> englishOf = new TreeMap<>();
    WordNet.feelings(Path.of(args[0]), STEPS).forEach(word -> englishOf.put(word, word));
    for (String label : wordings.labels()) {
      wordings.known(label, "en").forEach(word -> englishOf.put(word, word));
    }
    for (String line : Files.readAllLines(Path.of(args[1]))) {
      String[] pair = line.split("\t");
      englishOf.put(pair[1], pair[1]);
      englishOf.put(pair[0], pair[1]);
    }
    Set<String> labels = Set.copyOf(wordings.labels());
    englishOf
        .entrySet()
        .removeIf(
            entry ->
                !labels.contains(entry.getKey())
                    && (heldOut.touchedBy(entry.getKey()) || heldOut.touchedBy(entry.getValue())));

    AllMiniLmL6V2EmbeddingModel model = new AllMiniLmL6V2EmbeddingModel();
    Map<String, float[]> vectors = new LinkedHashMap<>();
    for (String english : englishOf.values()) {
      vectors.computeIfAbsent(english, text -> model.embed(text).content().vector());
    }
    Map<String, Integer> places = new HashMap<>();
    vectors.keySet().forEach(text -> places.put(text, places.size()));
    byte[][] reduced = Components.reduce(List.copyOf(vectors.values()), DIMENSIONS);

    List<String> lines = new ArrayList<>();
    englishOf.forEach(
        (text, english) ->
            lines.add(
                text
                    + "\t"
                    + Base64.getEncoder().encodeToString(reduced[places.get(english)])));
    Files.write(Path.of(args[2]), lines);
    System.out.println(lines.size() + " texts, " + places.size() + " vectors");
  }
}
