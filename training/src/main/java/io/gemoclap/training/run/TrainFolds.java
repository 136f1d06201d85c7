package io.gemoclap.training.run;

import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Trains the folds of a run folder, as many at once as the runner has slots, each in a JVM of its
 * own: DJL allows one gradient collector in a process, and a fold that is killed, or runs out of
 * memory, then takes no other with it (docs/decisions/0009).
 *
 * <p>Takes the names of parts ({@code 1}, {@code 2}, … or {@code final}), emits those that are
 * done, and one failure for each that is not. A part that is done already is not trained again; one
 * that was killed goes on at its checkpoint.
 */
final class TrainFolds extends PTransform<PCollection<String>, Outcome<String>> {
  private static final String STAGE = "TrainFolds";
  private static final TupleTag<String> DONE = new TupleTag<>("done") {};
  private static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final String folder;
  private final String memory;

  private TrainFolds(String folder, String memory) {
    this.folder = folder;
    this.memory = memory;
  }

  /**
   * Trains folds of a run.
   *
   * @param memory largest heap of a fold's JVM, as of {@code -Xmx}
   */
  static TrainFolds of(RunFolder run, String memory) {
    return new TrainFolds(run.root().toString(), memory);
  }

  @Override
  public Outcome<String> expand(PCollection<String> parts) {
    return Outcome.of(
        parts
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply(
                "Train",
                ParDo.of(new TrainFn(folder, memory))
                    .withOutputTags(DONE, TupleTagList.of(FAILURES))),
        DONE,
        FAILURES);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("folder", folder).withLabel("Run folder"));
    builder.add(DisplayData.item("memory", memory).withLabel("Heap of a fold's JVM"));
  }

  static final class TrainFn extends DoFn<String, String> {
    private final String folder;
    private final String memory;
    private final Counter trained = Metrics.counter(STAGE, "folds");
    private final Counter failed = Metrics.counter(STAGE, "failures");

    TrainFn(String folder, String memory) {
      this.folder = folder;
      this.memory = memory;
    }

    @ProcessElement
    public void process(@Element String part, MultiOutputReceiver out)
        throws IOException, InterruptedException {
      Path own = new RunFolder(Path.of(folder)).part(part);
      if (FoldWorker.isDone(own)) {
        out.get(DONE).output(part);
        return;
      }
      Path log = own.resolve("log.txt");
      int status = new ChildJvm(FoldWorker.class, List.of(folder, part), memory, log).run();
      if (status == 0) {
        trained.inc();
        out.get(DONE).output(part);
      } else {
        failed.inc();
        out.get(FAILURES)
            .output(
                Failure.of(
                    STAGE,
                    FailureKind.MODEL,
                    part,
                    part,
                    status > 128
                        ? "Its process was killed by signal " + (status - 128)
                        : ChildJvm.lastWords(log)));
      }
    }
  }
}
