package io.gemoclap.model.blocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.weights.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Reads the fields of a {@code config.json} and collects everything that is wrong with them, so
 * that one error can name it all. A field that is absent or null has its default. Not thread-safe.
 *
 * @hidden
 */
@Internal
public final class ConfigFields {
  /** The largest size that is read; real vocabularies have up to 250,002 entries. */
  private static final int MOST = 10_000_000;

  private static final int MOST_LAYERS = 1_000;
  private static final int MOST_PROBLEMS = 10;

  private final ObjectNode json;
  private final List<String> problems = new ArrayList<>();

  public ConfigFields(ObjectNode json) {
    this.json = json;
  }

  private JsonNode field(String name) {
    JsonNode node = json.path(name);
    return node.isNull() ? json.missingNode() : node;
  }

  private static String excerpt(JsonNode node) {
    return Excerpt.text(node.toString());
  }

  private static boolean within(JsonNode node, int least, int most) {
    return node.isIntegralNumber()
        && node.canConvertToInt()
        && node.asInt() >= least
        && node.asInt() <= most;
  }

  /** Notes a problem unless {@code holds}. */
  public void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  /** An integer of at least {@code least}, and no larger than any size of a real model. */
  public int integer(String name, int fallback, int least) {
    return integer(name, fallback, least, MOST);
  }

  /** A number of layers, each of which takes memory before any weight is read. */
  public int layers(String name, int fallback) {
    return integer(name, fallback, 1, MOST_LAYERS);
  }

  private int integer(String name, int fallback, int least, int most) {
    JsonNode node = field(name);
    if (node.isMissingNode()) {
      return fallback;
    }
    boolean fits = within(node, least, most);
    require(
        fits,
        "%s is %s, not a whole number from %s to %s".formatted(name, excerpt(node), least, most));
    return fits ? node.asInt() : fallback;
  }

  /** A probability, [0, 1]. */
  public double probability(String name, double fallback) {
    JsonNode node = field(name);
    if (node.isMissingNode()) {
      return fallback;
    }
    boolean fits = node.isNumber() && node.asDouble() >= 0 && node.asDouble() <= 1;
    require(fits, name + " is " + excerpt(node) + ", not within 0 and 1");
    return fits ? node.asDouble() : fallback;
  }

  public boolean flag(String name, boolean fallback) {
    JsonNode node = field(name);
    require(
        node.isMissingNode() || node.isBoolean(),
        name + " is " + excerpt(node) + ", not true or false");
    return node.asBoolean(fallback);
  }

  /** One of a few words. */
  public String word(String name, String fallback, List<String> supported) {
    String word = field(name).asText(fallback);
    require(
        supported.contains(word),
        name + " is '" + Excerpt.text(word) + "'; supported: " + supported);
    return word;
  }

  /** A list of at least one positive integer. */
  public List<Integer> integers(String name, List<Integer> fallback) {
    JsonNode node = field(name);
    if (node.isMissingNode()) {
      return fallback;
    }
    boolean fits =
        node.isArray()
            && !node.isEmpty()
            && node.size() <= MOST_LAYERS
            && StreamSupport.stream(node.spliterator(), false).allMatch(n -> within(n, 1, MOST));
    require(fits, name + " is " + excerpt(node) + ", not a list of positive whole numbers");
    return fits
        ? StreamSupport.stream(node.spliterator(), false).map(JsonNode::asInt).toList()
        : fallback;
  }

  /**
   * Ends the reading.
   *
   * @throws IllegalArgumentException naming the problems, if there was one
   */
  public void check(String what) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(what + " cannot be used: " + problems());
    }
  }

  private String problems() {
    int more = problems.size() - MOST_PROBLEMS;
    String first = String.join("; ", problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
    return more > 0 ? first + "; and " + more + " more" : first;
  }
}
