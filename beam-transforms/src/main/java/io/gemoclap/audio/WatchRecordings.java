package io.gemoclap.audio;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.Watch;
import org.apache.beam.sdk.transforms.Watch.Growth.PollFn;
import org.apache.beam.sdk.transforms.Watch.Growth.PollResult;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Watches a file pattern for new recordings, without end. Unbounded.
 *
 * <p>A file is taken once nobody has written to it for the settling time, so that a half-copied one
 * is left alone; and once by its name, so that one that is replaced later is not taken again. Event
 * time is when the file was found, and the watermark follows the clock. The names of all files that
 * were taken are kept in state, as digests.
 */
public final class WatchRecordings extends PTransform<PBegin, PCollection<Recording>> {
  private final String pattern;
  private final Duration interval;
  private final Duration settling;

  private WatchRecordings(String pattern, Duration interval, Duration settling) {
    this.pattern = pattern;
    this.interval = interval;
    this.settling = settling;
  }

  /** Looks every 10 seconds for files that match; a file settles in 5 seconds. */
  public static WatchRecordings matching(String pattern) {
    return new WatchRecordings(pattern, Duration.standardSeconds(10), Duration.standardSeconds(5));
  }

  /** Time from look to look, from 100 ms; default 10 s. */
  public WatchRecordings withInterval(Duration interval) {
    checkArgument(
        interval.getMillis() >= 100, "interval is %s, but must be 100 ms or more", interval);
    return new WatchRecordings(pattern, interval, settling);
  }

  /** How long a file must have been left alone, 0 or more; default 5 s. */
  public WatchRecordings withSettling(Duration settling) {
    checkArgument(settling.getMillis() >= 0, "settling is %s, but must not be negative", settling);
    return new WatchRecordings(pattern, interval, settling);
  }

  @Override
  public PCollection<Recording> expand(PBegin begin) {
    return begin
        .apply("Pattern", Create.of(pattern))
        .apply(
            "Watch",
            Watch.growthOf(new SettledFiles(settling))
                .withPollInterval(interval)
                .withOutputCoder(StringUtf8Coder.of()))
        .apply("Files", Values.create())
        .apply("Name", MapElements.into(TypeDescriptor.of(Recording.class)).via(Recording::file));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("pattern", pattern).withLabel("File pattern"));
    builder.add(DisplayData.item("interval", interval));
    builder.add(DisplayData.item("settling", settling));
  }

  private static final class SettledFiles extends PollFn<String, String> {
    private final Duration settling;

    SettledFiles(Duration settling) {
      this.settling = settling;
    }

    @Override
    public PollResult<String> apply(String pattern, Context context) throws IOException {
      Instant now = Instant.now();
      long newest = now.minus(settling).getMillis();
      List<TimestampedValue<String>> files = new ArrayList<>();
      for (MatchResult.Metadata file :
          FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata()) {
        if (file.lastModifiedMillis() <= newest) {
          files.add(TimestampedValue.of(file.resourceId().toString(), now));
        }
      }
      return PollResult.incomplete(files).withWatermark(now);
    }
  }
}
