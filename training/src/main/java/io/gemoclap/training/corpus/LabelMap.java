package io.gemoclap.training.corpus;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The meaning of a corpus's labels: a versioned file, so that results can name it. Raw labels are
 * compared without regard to case.
 *
 * @param name as {@code iemocap-4}
 * @param version raised with every change
 * @param source where the meaning of the raw labels is defined
 * @param labels raw label to the noun that prompts know
 * @param leftOut raw labels that are not used on purpose, with the reason
 */
public record LabelMap(
    String name,
    int version,
    String source,
    Map<String, String> labels,
    @JsonProperty("left_out") Map<String, String> leftOut) {

  /** Copies the maps; refuses a map without name, version or labels, or with a label twice. */
  public LabelMap {
    labels = folded(labels);
    leftOut = folded(leftOut);
    if (name == null || version < 1 || labels.isEmpty()) {
      throw new IllegalArgumentException("A label map needs name, version and labels");
    }
    for (String raw : leftOut.keySet()) {
      if (labels.containsKey(raw)) {
        throw new IllegalArgumentException("'" + raw + "' is both mapped and left out");
      }
    }
  }

  private static Map<String, String> folded(Map<String, String> map) {
    Map<String, String> folded = new TreeMap<>();
    if (map != null) {
      map.forEach((raw, value) -> folded.put(fold(raw), value));
    }
    return Map.copyOf(folded);
  }

  private static String fold(String raw) {
    return raw.strip().toLowerCase(Locale.ROOT);
  }

  /** Plain English words for emotions: {@code labels/common.json}. */
  public static LabelMap common() {
    return load("common");
  }

  /** Loads the resource {@code labels/<name>.json}. */
  static LabelMap load(String name) {
    String resource = "labels/" + name + ".json";
    try (InputStream in = LabelMap.class.getResourceAsStream(resource)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("The resource " + resource + " is broken", e);
    }
  }

  /**
   * The map for a manifest: a file {@code labels.json} next to it, otherwise the common one.
   *
   * @throws IOException when the file is not a label map
   */
  static LabelMap beside(String manifest) throws IOException {
    String own = Location.beside(manifest, "labels.json");
    if (!Location.isLocal(own) || !Location.maybeExists(own)) {
      return load("common");
    }
    try {
      return parse(Location.text(own));
    } catch (IllegalArgumentException e) {
      throw new IOException("The label map '" + own + "': " + e.getMessage(), e);
    }
  }

  private static LabelMap parse(String json) {
    try {
      return new ObjectMapper().readValue(json, LabelMap.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** The noun for a raw label, or null if the map does not use it. */
  public String map(String raw) {
    return labels.get(fold(raw));
  }

  boolean leavesOut(String raw) {
    return leftOut.containsKey(fold(raw));
  }

  /** All mapped labels, sorted. */
  public List<String> mapped() {
    return labels.values().stream().distinct().sorted().toList();
  }
}
