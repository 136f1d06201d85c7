package io.gemoclap.kafka;

import java.time.DateTimeException;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Event time of a partition's records: a header, or else the record's own timestamp. The watermark
 * is the newest event time minus the out-of-orderness; that of a partition that has been read to
 * its end, or was always empty, follows the clock. It never goes back, and no timestamp in the
 * future pulls it beyond the clock.
 *
 * <p>A transaction's commit takes an offset, but is not a record: after it, a partition seems to be
 * one record short of its end. When that one does not come for half a minute in which the reader
 * was not held up, the end is reached.
 */
final class EventTimePolicy extends TimestampPolicy<byte[], byte[]> {
  private static final Duration PATIENCE = Duration.standardSeconds(30);

  /**
   * A reader that has not polled for longer than this was busy, so the gap says nothing of traffic.
   */
  private static final Duration ATTENTION = Duration.standardSeconds(10);

  private final @Nullable String header;
  private final Duration outOfOrderness;
  private Instant newest = BoundedWindow.TIMESTAMP_MIN_VALUE;
  private Instant watermark;
  private @Nullable Instant oneShort;
  private Instant lastChecked = BoundedWindow.TIMESTAMP_MIN_VALUE;

  EventTimePolicy(
      @Nullable String header, Duration outOfOrderness, Optional<Instant> previousWatermark) {
    this.header = header;
    this.outOfOrderness = outOfOrderness;
    this.watermark = previousWatermark.orElse(BoundedWindow.TIMESTAMP_MIN_VALUE);
  }

  @Override
  public Instant getTimestampForRecord(
      PartitionContext context, KafkaRecord<byte[], byte[]> record) {
    oneShort = null;
    Instant time = eventTime(record);
    newest = newest.isAfter(time) ? newest : time;
    return time;
  }

  @Override
  public Instant getWatermark(PartitionContext context) {
    return watermark(context, Instant.now());
  }

  Instant watermark(PartitionContext context, Instant now) {
    Instant mark =
        isReadToItsEnd(context) && context.getBacklogCheckTime().isAfter(newest)
            ? context.getBacklogCheckTime()
            : newest;
    mark = mark.isAfter(now) ? now : mark;
    if (mark.isAfter(BoundedWindow.TIMESTAMP_MIN_VALUE.plus(outOfOrderness))) {
      mark = mark.minus(outOfOrderness);
      watermark = mark.isAfter(watermark) ? mark : watermark;
    }
    return watermark;
  }

  private boolean isReadToItsEnd(PartitionContext context) {
    Instant checked = context.getBacklogCheckTime();
    boolean attentive = checked.isBefore(lastChecked.plus(ATTENTION));
    lastChecked = checked;
    if (context.getMessageBacklog() != 1) {
      oneShort = null;
      return context.getMessageBacklog() == 0;
    }
    oneShort = oneShort == null || !attentive ? checked : oneShort;
    return !checked.isBefore(oneShort.plus(PATIENCE));
  }

  private Instant eventTime(KafkaRecord<byte[], byte[]> record) {
    Instant own = Instant.ofEpochMilli(record.getTimestamp());
    return header == null
        ? own
        : KafkaMetadata.header(record, header).flatMap(EventTimePolicy::parse).orElse(own);
  }

  /** Milliseconds since 1970, or ISO 8601. */
  private static Optional<Instant> parse(String text) {
    try {
      long millis =
          text.matches("-?\\d{1,18}")
              ? Long.parseLong(text)
              : java.time.OffsetDateTime.parse(text).toInstant().toEpochMilli();
      Instant time = Instant.ofEpochMilli(millis);
      boolean inRange =
          time.isAfter(BoundedWindow.TIMESTAMP_MIN_VALUE)
              && time.isBefore(BoundedWindow.TIMESTAMP_MAX_VALUE.minus(Duration.standardDays(2)));
      return inRange ? Optional.of(time) : Optional.empty();
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
