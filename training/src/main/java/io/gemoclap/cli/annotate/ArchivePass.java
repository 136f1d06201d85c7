package io.gemoclap.cli.annotate;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.EstimateArchive;
import io.gemoclap.audio.Recording;
import io.gemoclap.cli.archive.ArchiveStatisticsFile;
import io.gemoclap.cli.archive.RecordingSample;
import io.gemoclap.cli.console.Progress;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * The first pass over an archive, before its parts: a job that estimates the statistics that all
 * rows of an output folder rest on, and writes them into the folder once.
 */
record ArchivePass(PipelineOptions options, AnnotateSpeech annotate) {

  /**
   * The folder's statistics, estimated now if the folder has none.
   *
   * @param finished whether the folder has finished parts
   */
  ArchiveStatistics statistics(ResultFolder output, List<Recording> recordings, boolean finished)
      throws IOException {
    if (!ArchiveStatisticsFile.isIn(output)) {
      if (finished) {
        throw new WrongUsageException(
            ("%s is missing in '%s', but the rows there rest on it. Restore it, or estimate the"
                    + " statistics again with --resume --renew-statistics, which annotates everything"
                    + " again")
                .formatted(ArchiveStatisticsFile.FILE, output));
      }
      estimate(output, recordings);
      return ArchiveStatisticsFile.read(output).statistics();
    }
    ArchiveStatisticsFile file = ArchiveStatisticsFile.read(output);
    if (file.archiveRecordings() != recordings.size()) {
      System.err.println(
          ("The archive's statistics, version %s, stay those of %s recordings, so that all rows"
                  + " agree; the archive now has %s. To estimate them again and annotate everything"
                  + " again, add --renew-statistics.")
              .formatted(file.statistics().version(), file.archiveRecordings(), recordings.size()));
    }
    return file.statistics();
  }

  private void estimate(ResultFolder output, List<Recording> recordings) throws IOException {
    List<Recording> sample = RecordingSample.of(recordings);
    System.err.println(
        "Estimating the archive's statistics from %s of %s recordings ..."
            .formatted(sample.size(), recordings.size()));
    Pipeline pipeline = Pipeline.create(options);
    Inputs.read(pipeline, sample)
        .apply("EstimateArchive", EstimateArchive.of(annotate))
        .apply(
            "Write",
            ParDo.of(new WriteFn(output.uri(), annotate.bundle().id(), recordings.size())));
    Runs.run(pipeline, new Progress(System.err, sample.size()));
  }

  private static final class WriteFn extends DoFn<ArchiveStatistics, Void> {
    private final String folder;
    private final String modelId;
    private final long recordings;

    WriteFn(String folder, String modelId, long recordings) {
      this.folder = folder;
      this.modelId = modelId;
      this.recordings = recordings;
    }

    @ProcessElement
    public void process(@Element ArchiveStatistics statistics) throws IOException {
      new ArchiveStatisticsFile(modelId, recordings, statistics).write(new ResultFolder(folder));
    }
  }
}
