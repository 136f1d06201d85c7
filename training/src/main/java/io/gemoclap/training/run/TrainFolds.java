package io.gemoclap.training.run;

import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Trains parts of a run folder ({@code 1}, {@code 2}, … or {@code final}), as many at once as the
 * runner has slots, each in its own JVM: DJL allows one gradient collector in a process, and a fold
 * that is killed, or runs out of memory, then takes no other with it (docs/decisions/0009).
 *
 * <p>Emits the parts that are done, and one failure for each that is not. A part that is done
 * already is not trained again; one that was killed continues from its checkpoint.
 *
 * <p>The folds come from a source without a shuffle: a source's splits go to all slots evenly,
 * whereas random keys put three folds on the same one of two slots every fourth time.
 */
final class TrainFolds extends PTransform<PBegin, Outcome<String>> {
  private static final String STAGE = "TrainFolds";
  private static final TupleTag<String> DONE = new TupleTag<>("done") {};
  private static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final String folder;
  private final List<String> parts;
  private final String memory;

  private TrainFolds(String folder, List<String> parts, String memory) {
    this.folder = folder;
    this.parts = parts;
    this.memory = memory;
  }

  /**
   * Trains folds of a run.
   *
   * @param parts names of the parts, at least one
   * @param memory largest heap of a fold's JVM, as of {@code -Xmx}
   */
  static TrainFolds of(RunFolder run, List<String> parts, String memory) {
    return new TrainFolds(run.root().toString(), List.copyOf(parts), memory);
  }

  @Override
  public Outcome<String> expand(PBegin begin) {
    return Outcome.of(
        begin
            .apply("Parts", Create.of(parts))
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
      RunFolder run = new RunFolder(Path.of(folder));
      Path own = run.part(part);
      if (FoldWorker.isDone(own)) {
        out.get(DONE).output(part);
        return;
      }
      Path log = own.resolve("log.txt");
      FoldMetrics metrics = new FoldMetrics(STAGE, run, part);
      int status = new FoldProcess(List.of(folder, part), memory, log).run(metrics::update);
      metrics.update();
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
                        : FoldProcess.lastWords(log)));
      }
    }
  }
}
