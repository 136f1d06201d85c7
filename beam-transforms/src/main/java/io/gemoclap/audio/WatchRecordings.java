package io.gemoclap.audio;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import io.gemoclap.census.Census;
import io.gemoclap.census.CensusEntry;
import io.gemoclap.failure.SecretMask;
import java.io.IOException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.state.SetState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Watches a folder or a pattern for new recordings, without end. Unbounded.
 *
 * <p>It lists as {@link Census} does. A file is read once it has not been modified for the settling
 * time, so that a half-copied one is left alone; and once by its name and by where that leads, so
 * that one that is replaced later is not taken again. An entry that cannot be read, such as a link
 * that leads nowhere, is one recording that fails in {@link DecodeAudio}; if it becomes a file,
 * that file is taken. Event time is when the file was found, and the watermark follows the clock.
 * One worker looks, and keeps the names of all files that were taken in its state.
 *
 * <p>Not Beam's {@code Watch}: on Flink, results of that splittable function came late to every
 * window.
 */
@AutoValue
public abstract class WatchRecordings extends PTransform<PBegin, PCollection<Recording>> {

  WatchRecordings() {}

  abstract String pattern();

  abstract Duration interval();

  abstract Duration settling();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setPattern(String pattern);

    abstract Builder setInterval(Duration interval);

    abstract Builder setSettling(Duration settling);

    abstract WatchRecordings build();
  }

  /**
   * Looks every 10 seconds; a file settles in 5 seconds.
   *
   * @param pattern a folder, taken literally if it exists, or a pattern
   */
  public static WatchRecordings matching(String pattern) {
    return new AutoValue_WatchRecordings.Builder()
        .setPattern(pattern)
        .setInterval(Duration.standardSeconds(10))
        .setSettling(Duration.standardSeconds(5))
        .build();
  }

  /** Time from look to look, from 100 ms; default 10 s. */
  public WatchRecordings withInterval(Duration interval) {
    checkArgument(
        interval.getMillis() >= 100, "interval is %s, but must be 100 ms or more", interval);
    return toBuilder().setInterval(interval).build();
  }

  /** How long a file must have been left alone, 0 or more; default 5 s. */
  public WatchRecordings withSettling(Duration settling) {
    checkArgument(settling.getMillis() >= 0, "settling is %s, but must not be negative", settling);
    return toBuilder().setSettling(settling).build();
  }

  @Override
  public PCollection<Recording> expand(PBegin begin) {
    return begin
        .apply("Tick", GenerateSequence.from(0).withRate(1, interval()))
        .apply("Pattern", WithKeys.of(pattern()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()))
        .apply("NewFiles", newFiles())
        .setCoder(RecordingCoder.of());
  }

  /** Lists the pattern at each tick, and emits what it has not emitted before. */
  ParDo.SingleOutput<KV<String, Long>, Recording> newFiles() {
    return ParDo.of(new NewFilesFn(settling()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("pattern", SecretMask.of(pattern())).withLabel("File pattern"));
    builder.add(DisplayData.item("interval", interval()));
    builder.add(DisplayData.item("settling", settling()));
  }

  private static final class NewFilesFn extends DoFn<KV<String, Long>, Recording> {
    /** Before the names of problems: the same name may become a file. */
    private static final String PROBLEM = "problem:";

    private final Duration settling;

    @StateId("given")
    private final StateSpec<SetState<String>> givenState = StateSpecs.set(StringUtf8Coder.of());

    NewFilesFn(Duration settling) {
      this.settling = settling;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Long> tick,
        @StateId("given") SetState<String> given,
        OutputReceiver<Recording> out)
        throws IOException {
      long newest = Instant.now().minus(settling).getMillis();
      for (CensusEntry entry : Census.of(tick.getKey()).entries()) {
        if (entry.lastModifiedMillis() <= newest && isNew(entry, given)) {
          out.output(Recording.of(entry));
        }
      }
    }

    private static boolean isNew(CensusEntry entry, SetState<String> given) {
      if (!entry.isFile()) {
        return given.addIfAbsent(PROBLEM + entry.name()).read();
      }
      boolean newName = given.addIfAbsent(entry.name()).read();
      boolean sameName = entry.location().equals(entry.name());
      boolean newFile = sameName || given.addIfAbsent(entry.location()).read();
      return newName && newFile;
    }
  }
}
