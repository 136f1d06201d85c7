package io.gemoclap.refresh;

import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.FaultPolicy;
import io.gemoclap.failure.SecretMask;
import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Tries texts that arrive while a job runs; the newest that passed counts. One that does not pass
 * becomes one failure of kind {@code REFUSED}, and the last good one stays. A fault of the worker
 * fails the bundle, so that the runner tries the text again. Newest is by event time. For unbounded
 * input in any windows. Counters {@code accepted} and {@code refused}.
 *
 * @param <T> what the texts are made into
 * @hidden
 */
@Internal
public final class Refresh<T extends Serializable>
    extends PTransform<PCollection<String>, Refreshed<T>> {
  private static final int SHOWN_CHARACTERS = 200;

  private final String stage;
  private final Class<T> type;
  private final UpdateParser<T> trial;

  private Refresh(String stage, Class<T> type, UpdateParser<T> trial) {
    this.stage = stage;
    this.type = type;
    this.trial = trial;
  }

  /** Tries each text; failures and counters name the stage. */
  public static <T extends Serializable> Refresh<T> of(
      String stage, Class<T> type, UpdateParser<T> trial) {
    return new Refresh<>(stage, type, trial);
  }

  @Override
  public Refreshed<T> expand(PCollection<String> texts) {
    TupleTag<T> passed = new TupleTag<>("passed");
    TupleTag<Failure> failures = new TupleTag<>("failures") {};
    PCollectionTuple tried =
        texts
            .apply("Global", Window.into(new GlobalWindows()))
            .apply(
                "Try",
                ParDo.of(new TryFn<>(stage, trial, passed, failures))
                    .withOutputTags(passed, TupleTagList.of(failures)));
    return new Refreshed<>(
        texts.getPipeline(),
        tried
            .get(passed)
            .setCoder(SerializableCoder.of(type))
            .apply("Newest", NewestValue.create()),
        tried.get(failures));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("stage", stage).withLabel("Stage that failures name"));
    builder.add(DisplayData.item("type", type).withLabel("What a text describes"));
  }

  private static final class TryFn<T> extends DoFn<String, T> {
    private final String stage;
    private final UpdateParser<T> trial;
    private final TupleTag<T> passed;
    private final TupleTag<Failure> failures;
    private final Counter accepted;
    private final Counter refused;

    TryFn(String stage, UpdateParser<T> trial, TupleTag<T> passed, TupleTag<Failure> failures) {
      this.stage = stage;
      this.trial = trial;
      this.passed = passed;
      this.failures = failures;
      this.accepted = Metrics.counter(stage, "accepted");
      this.refused = Metrics.counter(stage, "refused");
    }

    @ProcessElement
    public void process(@Element String text, MultiOutputReceiver out) throws IOException {
      T value;
      try {
        value = trial.attempt(text);
      } catch (RuntimeException e) {
        FaultPolicy.throwIfOfWorker(e);
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        out.get(failures).output(Failure.of(stage, FailureKind.REFUSED, shown(text), "", reason));
        refused.inc();
        return;
      }
      out.get(passed).output(value);
      accepted.inc();
    }

    private static String shown(String text) {
      String masked = SecretMask.of(text);
      return masked.length() > SHOWN_CHARACTERS
          ? masked.substring(0, SHOWN_CHARACTERS) + "…"
          : masked;
    }
  }
}
