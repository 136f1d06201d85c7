package io.gemoclap.score;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

final class NewestFnTest {
  private static TimestampedValue<Optional<EmotionPrompts>> at(long millis, String... labels) {
    return TimestampedValue.of(
        Optional.of(new EmotionPrompts(new LabelSet(List.of(labels)), null)),
        Instant.ofEpochMilli(millis));
  }

  @Test
  void theNewestCountsInWhateverOrderTheyCome() {
    CombineFnTester.testCombineFn(
        new NewestFn(),
        Arrays.asList(at(7, "old", "sets"), at(9, "new", "sets"), at(8, "late", "sets")),
        at(9, "new", "sets").getValue());
  }

  @Test
  void withoutAnyThereIsNone() {
    CombineFnTester.testCombineFn(new NewestFn(), List.of(), Optional.empty());
  }
}
