package io.gemoclap.refresh;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.OptionalCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

final class NewestFnTest {
  private static final NewestFn<String> NEWEST =
      new NewestFn<>(OptionalCoder.of(StringUtf8Coder.of()));

  private static TimestampedValue<Optional<String>> at(long millis, String value) {
    return TimestampedValue.of(Optional.of(value), Instant.ofEpochMilli(millis));
  }

  @Test
  void theNewestIsUsedInAnyOrderOfArrival() {
    CombineFnTester.testCombineFn(
        NEWEST, Arrays.asList(at(7, "old"), at(9, "new"), at(8, "late")), Optional.of("new"));
  }

  @Test
  void emptyWithoutUpdates() {
    CombineFnTester.testCombineFn(NEWEST, List.of(), Optional.empty());
  }
}
