package io.gemoclap.review.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.review.index.SegmentFilter;
import io.gemoclap.review.index.SegmentFilter.Range;
import io.gemoclap.review.index.SegmentOrder;
import java.util.Map;
import org.eclipse.jetty.util.Fields;
import org.junit.jupiter.api.Test;

final class ParametersTest {
  private static Parameters of(String... namesAndValues) {
    Fields fields = new Fields();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Parameters(fields);
  }

  private static void refused(String message, Runnable reading) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, reading::run).getMessage());
  }

  @Test
  void aFilterHoldsWhatIsGivenAndNothingElse() {
    assertEquals(SegmentFilter.ALL, of().filter());
    assertEquals(SegmentFilter.ALL, of("emotion", " ", "metadata.city", "").filter());
    assertEquals(
        new SegmentFilter(
            "fear",
            new Range(0.25, null),
            false,
            new Range(null, .5),
            "call",
            Map.of("city", "Oslo"),
            true,
            null),
        of(
                "emotion", "fear",
                "min_confidence", "0.25",
                "abstained", "no",
                "max_speech", ".5",
                "recording", "call",
                "metadata.city", "Oslo",
                "answered", "yes")
            .filter());
  }

  @Test
  void valuesThatCannotBeReadAreNamed() {
    refused("'NaN' is no value of 'x'", () -> of("x", "NaN").decimal("x"));
    refused("'true' is no value of 'x'", () -> of("x", "true").flag("x"));
    refused("'1.5' is no value of 'x'", () -> of("x", "1.5").number("x"));
    refused("The parameter 'x' is missing", () -> of().number("x"));
    refused("'x' is 0, but must be 1 to 9", () -> of("x", "0").number("x", 1, 9, 5));
    refused(
        "'RANDOM' is no value of 'x'", () -> of("x", "RANDOM").choice("x", SegmentOrder.ARCHIVE));
  }

  @Test
  void missingValuesAreTheDefaults() {
    assertNull(of().decimal("x"));
    assertNull(of().flag("x"));
    assertEquals(5, of().number("x", 1, 9, 5));
    assertEquals(SegmentOrder.ARCHIVE, of().choice("x", SegmentOrder.ARCHIVE));
    assertEquals(
        SegmentOrder.LEAST_CERTAIN, of("x", "least-certain").choice("x", SegmentOrder.ARCHIVE));
  }
}
