package io.gemoclap.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.checkpoint.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Reads the fields of a {@code config.json} and collects everything that is wrong with them, so
 * that one error can name it all. A field that is absent or null has its default. Not thread-safe.
 */
final class ConfigFields {
  private final ObjectNode json;
  private final List<String> problems = new ArrayList<>();

  ConfigFields(ObjectNode json) {
    this.json = json;
  }

  private JsonNode field(String name) {
    JsonNode node = json.path(name);
    return node.isNull() ? json.missingNode() : node;
  }

  private static String excerpt(JsonNode node) {
    return Excerpt.text(node.toString());
  }

  /** Notes a problem unless {@code holds}. */
  void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  /** An integer of at least {@code least}. */
  int integer(String name, int fallback, int least) {
    JsonNode node = field(name);
    if (node.isMissingNode()) {
      return fallback;
    }
    boolean fits = node.isIntegralNumber() && node.canConvertToInt() && node.asInt() >= least;
    require(fits, name + " is " + node + ", not a whole number of at least " + least);
    return fits ? node.asInt() : fallback;
  }

  /** A probability, [0, 1]. */
  double probability(String name, double fallback) {
    JsonNode node = field(name);
    if (node.isMissingNode()) {
      return fallback;
    }
    boolean fits = node.isNumber() && node.asDouble() >= 0 && node.asDouble() <= 1;
    require(fits, name + " is " + node + ", not within 0 and 1");
    return fits ? node.asDouble() : fallback;
  }

  boolean flag(String name, boolean fallback) {
    JsonNode node = field(name);
    require(node.isMissingNode() || node.isBoolean(), name + " is " + node + ", not true or false");
    return node.asBoolean(fallback);
  }

  /** One of a few words. */
  String word(String name, String fallback, List<String> supported) {
    String word = field(name).asText(fallback);
    require(
        supported.contains(word),
        name + " is '" + Excerpt.text(word) + "'; supported: " + supported);
    return word;
  }

  /** A list of at least one positive integer. */
  List<Integer> integers(String name, List<Integer> fallback) {
    JsonNode node = field(name);
    if (node.isMissingNode()) {
      return fallback;
    }
    boolean fits =
        node.isArray()
            && !node.isEmpty()
            && StreamSupport.stream(node.spliterator(), false)
                .allMatch(n -> n.isIntegralNumber() && n.canConvertToInt() && n.asInt() > 0);
    require(fits, name + " is " + node + ", not a list of positive whole numbers");
    return fits
        ? StreamSupport.stream(node.spliterator(), false).map(JsonNode::asInt).toList()
        : fallback;
  }

  /**
   * Ends the reading.
   *
   * @throws IllegalArgumentException naming all problems, if there was one
   */
  void check(String what) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(what + " cannot be used: " + String.join("; ", problems));
    }
  }
}
