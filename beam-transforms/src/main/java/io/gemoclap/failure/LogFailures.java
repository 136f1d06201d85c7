package io.gemoclap.failure;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each failure into the workers' log, at level INFO, as one line that begins {@code job=...
 * stage=... recording=... segment=... kind=...}, and passes it on. A segment is named only where
 * the failure is one of a segment. A retried bundle logs again.
 */
public final class LogFailures extends PTransform<PCollection<Failure>, PCollection<Failure>> {
  private static final Logger LOG = LoggerFactory.getLogger(LogFailures.class);

  private LogFailures() {}

  /** The transform, which has no settings. */
  public static LogFailures create() {
    return new LogFailures();
  }

  @Override
  public PCollection<Failure> expand(PCollection<Failure> failures) {
    return failures.apply("Log", ParDo.of(new LogFn()));
  }

  /** The line of a failure; ids and messages come from outside and cannot begin another line. */
  static String line(String job, Failure failure) {
    String segment =
        failure.getItem().equals(failure.getRecording()) ? "" : " segment=" + failure.getItem();
    String line =
        "job=%s stage=%s recording=%s%s kind=%s: %s"
            .formatted(
                job,
                failure.getStage(),
                failure.getRecording(),
                segment,
                failure.getKindName(),
                failure.getMessage());
    return SecretMask.of(line).replaceAll("\\p{Cntrl}", " ");
  }

  private static final class LogFn extends DoFn<Failure, Failure> {
    @ProcessElement
    public void process(
        @Element Failure failure, OutputReceiver<Failure> out, PipelineOptions options) {
      if (LOG.isInfoEnabled()) {
        LOG.info("{}", line(options.getJobName(), failure));
      }
      out.output(failure);
    }
  }
}
