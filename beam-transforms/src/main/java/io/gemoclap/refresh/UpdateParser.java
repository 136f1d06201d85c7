package io.gemoclap.refresh;

import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Makes of a text what a running job can use. Called from several threads at once.
 *
 * @param <T> what the job uses
 * @hidden
 */
@FunctionalInterface
@Internal
public interface UpdateParser<T> extends Serializable {
  /**
   * Parses a text and checks that its content can be used.
   *
   * @throws RuntimeException saying in a sentence why the text is refused
   * @throws IOException if it could not be tried; the runner tries again
   */
  T attempt(String text) throws IOException;
}
