package io.gemoclap.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventTimePolicyTest {
  private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");
  private static final Duration DELAY = Duration.standardSeconds(10);

  private record Context(long backlog, Instant checked) {
    TimestampPolicy.PartitionContext asContext() {
      return new TimestampPolicy.PartitionContext() {
        @Override
        public long getMessageBacklog() {
          return backlog;
        }

        @Override
        public Instant getBacklogCheckTime() {
          return checked;
        }
      };
    }
  }

  private static final TimestampPolicy.PartitionContext BEHIND = new Context(5, NINE).asContext();

  private static EventTimePolicy policy(String header) {
    return new EventTimePolicy(header, DELAY, Optional.empty());
  }

  private static Instant read(EventTimePolicy policy, Instant own, String header) {
    RecordHeaders headers = new RecordHeaders();
    if (header != null) {
      headers.add("at", header.getBytes(StandardCharsets.UTF_8));
    }
    return policy.getTimestampForRecord(
        BEHIND, KafkaMetadataTest.record(own.getMillis(), headers, null));
  }

  @ParameterizedTest
  @CsvSource({
    "1767258000000, 2026-01-01T09:00:00Z",
    "2026-01-01T10:00:00+01:00, 2026-01-01T09:00:00Z",
    "yesterday, 1970-01-01T00:00:07Z",
    "999999999999999999, 1970-01-01T00:00:07Z",
    ", 1970-01-01T00:00:07Z"
  })
  void aHeaderThatIsATimeCountsAndAnotherDoesNot(String header, String expected) {
    assertEquals(Instant.parse(expected), read(policy("at"), Instant.ofEpochMilli(7_000), header));
  }

  @Test
  void withoutAHeaderTheRecordsTimeCounts() {
    assertEquals(NINE, read(policy(null), NINE, "1"));
  }

  @Test
  void theWatermarkIsBeforeTheNewestAndNeverDecreases() {
    EventTimePolicy policy = policy(null);
    assertEquals(BoundedWindow.TIMESTAMP_MIN_VALUE, policy.watermark(BEHIND, NINE));
    read(policy, NINE, null);
    assertEquals(NINE.minus(DELAY), policy.watermark(BEHIND, NINE.plus(DELAY)));
    read(policy, NINE.minus(DELAY), null);
    assertEquals(NINE.minus(DELAY), policy.watermark(BEHIND, NINE.plus(DELAY)));
  }

  @Test
  void aPartitionThatWasAlwaysEmptyFollowsTheClock() {
    assertEquals(
        NINE.minus(DELAY),
        policy(null).watermark(new Context(0, NINE).asContext(), NINE.plus(DELAY)));
  }

  @Test
  void aRecordFromTheFutureDoesNotPullTheWatermarkBeyondTheClock() {
    EventTimePolicy policy = policy(null);
    read(policy, NINE.plus(Duration.standardDays(365)), null);
    assertEquals(NINE.minus(DELAY), policy.watermark(BEHIND, NINE));
  }

  @Test
  void theCommitOfATransactionIsNotAMissingRecord() {
    EventTimePolicy policy = policy(null);
    read(policy, NINE, null);
    for (int second = 1; second < 31; second += 5) {
      assertEquals(NINE.minus(DELAY), oneShortAt(policy, second));
    }
    Instant later = NINE.plus(Duration.standardSeconds(31)).minus(DELAY);
    assertEquals(later, oneShortAt(policy, 31));
    // A record came after all, and the next one is waited for as long.
    read(policy, NINE, null);
    assertEquals(later, oneShortAt(policy, 36));
  }

  @Test
  void aReaderThatWasHeldUpWaitsAnew() {
    EventTimePolicy policy = policy(null);
    read(policy, NINE, null);
    assertEquals(NINE.minus(DELAY), oneShortAt(policy, 1));
    assertEquals(NINE.minus(DELAY), oneShortAt(policy, 60));
  }

  private static Instant oneShortAt(EventTimePolicy policy, int seconds) {
    Instant time = NINE.plus(Duration.standardSeconds(seconds));
    return policy.watermark(new Context(1, time).asContext(), time);
  }
}
