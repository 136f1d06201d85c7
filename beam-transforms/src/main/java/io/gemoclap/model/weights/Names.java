package io.gemoclap.model.weights;

import java.util.Map;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Look-ups by a tensor's name.
 *
 * @hidden
 */
@Internal
public final class Names {
  private Names() {}

  /**
   * The entry of a tensor.
   *
   * @throws IllegalArgumentException naming a tensor that is not there
   */
  public static <T> T require(Map<String, T> entries, String name) {
    T entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("There is no tensor " + name + " in this checkpoint");
    }
    return entry;
  }
}
