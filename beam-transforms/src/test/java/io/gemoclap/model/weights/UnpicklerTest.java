package io.gemoclap.model.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What a pickle describes in Java. */
final class UnpicklerTest {

  /** Training scripts store lists with None, beside the state dict, in one dictionary. */
  @Test
  void aListMayContainNone() {
    assertEquals(Collections.singletonList(null), load("]Na."));
    assertEquals(Arrays.asList(null, true), load("](N\u0088e."));
  }

  private static Object load(String opcodes) {
    return Unpickler.load(opcodes.getBytes(StandardCharsets.ISO_8859_1));
  }
}
