package io.gemoclap.training.prompts;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Words and phrases for feelings, each with the direction that a large sentence encoder, the
 * teacher, gives it. The resource {@code taught.tsv} holds a text a line, a tab, and the components
 * of its unit vector times 127 as signed bytes in Base64; {@code oracle/teacher} writes it. It
 * holds no held-out word. Immutable.
 */
public final class TaughtTexts {
  /** The name of the teacher. */
  public static final String TEACHER = "all-MiniLM-L6-v2";

  static final String RESOURCE = "taught.tsv";

  private final List<String> texts = new ArrayList<>();
  private final List<float[]> vectors = new ArrayList<>();
  private final Map<String, float[]> byText = new HashMap<>();

  private TaughtTexts(List<String> lines) {
    for (String line : lines) {
      int tab = line.indexOf('\t');
      if (tab < 1) {
        throw new IllegalArgumentException("The line '" + line + "' has no text before a tab");
      }
      float[] vector = unit(Base64.getDecoder().decode(line.substring(tab + 1)));
      if (!vectors.isEmpty() && vector.length != vectors.get(0).length) {
        throw new IllegalArgumentException(
            "The line '%s' has %s components, but the first line has %s"
                .formatted(line, vector.length, vectors.get(0).length));
      }
      texts.add(line.substring(0, tab));
      vectors.add(vector);
      byText.put(line.substring(0, tab).toLowerCase(Locale.ROOT), vector);
    }
  }

  /** Loads the resource. */
  public static TaughtTexts load() {
    try {
      return parse(
          Resources.readLines(
              Resources.getResource(TaughtTexts.class, RESOURCE), StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("The resource " + RESOURCE + " is broken", e);
    }
  }

  /**
   * Reads lines of the format above.
   *
   * @throws IllegalArgumentException naming the line that does not follow it
   */
  static TaughtTexts parse(List<String> lines) {
    return new TaughtTexts(lines);
  }

  /** Number of texts. */
  public int size() {
    return texts.size();
  }

  /** The text with a number from 0. */
  public String text(int index) {
    return texts.get(index);
  }

  /** The unit vector of the text with a number. */
  public float[] vector(int index) {
    return vectors.get(index).clone();
  }

  /** All texts. */
  public List<String> texts() {
    return List.copyOf(texts);
  }

  /**
   * The direction of the mean of the vectors of some texts, in any case of letters.
   *
   * @throws IllegalArgumentException when none of them has a vector
   */
  public float[] direction(List<String> of) {
    float[] sum = new float[vectors.isEmpty() ? 0 : vectors.get(0).length];
    for (String text : of) {
      float[] vector = byText.get(text.toLowerCase(Locale.ROOT));
      for (int i = 0; vector != null && i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    float[] direction = unit(sum);
    if (direction.length == 0 || Float.isNaN(direction[0])) {
      throw new IllegalArgumentException("The teacher knows none of " + of);
    }
    return direction;
  }

  private static float[] unit(byte[] bytes) {
    float[] vector = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      vector[i] = bytes[i];
    }
    return unit(vector);
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / Math.sqrt(squares));
    }
    return unit;
  }
}
