package io.gemoclap.refresh;

import io.gemoclap.failure.WorkerFaultException;
import io.gemoclap.failure.WorkerFaults;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TestPipelineExtension.class)
final class RefreshTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static TimestampedValue<String> at(int second, String value) {
    return TimestampedValue.of(value, NOON.plus(Duration.standardSeconds(second)));
  }

  private static Refresh<String> upperCase() {
    return Refresh.of(
        "Upper",
        String.class,
        text -> {
          if (text.isBlank()) {
            throw new IllegalArgumentException("is blank");
          }
          if (text.equals("bug")) {
            throw new NullPointerException();
          }
          if (text.equals("fault")) {
            throw new WorkerFaultException("the engine is dead; restart the worker");
          }
          if (text.equals("full")) {
            throw new IllegalArgumentException(
                "is rejected", new IOException("No space left on device"));
          }
          return text.toUpperCase(Locale.ROOT);
        });
  }

  private static final class SeenFn extends DoFn<String, String> {
    private final PCollectionView<Optional<String>> newest;

    SeenFn(PCollectionView<Optional<String>> newest) {
      this.newest = newest;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      context.output(context.element() + " saw " + context.sideInput(newest).orElse("none"));
    }
  }

  /** Elements and updates in one stream, so that their order is given. */
  @Test
  void elementsSeeTheNewestThatPassedAndEachRefusalIsOneFailure(TestPipeline pipeline) {
    TestStream<String> stream =
        TestStream.create(StringUtf8Coder.of())
            .addElements(at(1, "first"))
            .addElements(at(10, "+one"))
            .addElements(at(2, "second"))
            .addElements(at(30, "+new"), at(20, "+late"))
            .addElements(at(40, "+"), at(50, "+bug"))
            .addElements(at(60, "third"))
            .advanceWatermarkToInfinity();
    PCollection<String> all = pipeline.apply(stream);
    Refreshed<String> refreshed =
        all.apply("Updates", Filter.by(text -> text.startsWith("+")))
            .apply(
                "Texts", MapElements.into(TypeDescriptors.strings()).via(text -> text.substring(1)))
            .apply("UpdateWindows", Window.into(FixedWindows.of(Duration.standardSeconds(7))))
            .apply("Refresh", upperCase());

    PAssert.that(
            all.apply("Elements", Filter.by(text -> !text.startsWith("+")))
                .apply("Windows", Window.into(FixedWindows.of(Duration.standardSeconds(10))))
                .apply(
                    "See",
                    ParDo.of(new SeenFn(refreshed.newest())).withSideInputs(refreshed.newest())))
        .containsInAnyOrder("first saw none", "second saw ONE", "third saw NEW");
    PAssert.that(
            refreshed
                .failures()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(f -> f.getStage() + " " + f.getKindName() + ": " + f.getMessage())))
        .containsInAnyOrder(
            "Upper REFUSED: is blank", "Upper REFUSED: java.lang.NullPointerException");
    pipeline.run().waitUntilFinish();
  }

  @ParameterizedTest
  @CsvSource({"fault, restart the worker", "full, free some space on the disk"})
  void aFaultOfTheWorkerRefusesNothingAndFailsThePipeline(String text, String remedy) {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(Create.of(text)).apply(upperCase());
    WorkerFaults.assertThrown(remedy, () -> pipeline.run().waitUntilFinish());
  }
}
