package io.gemoclap.cli.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.cli.archive.AnnotateJob;
import io.gemoclap.cli.archive.FinishedResults;
import io.gemoclap.cli.console.Progress;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.cli.options.OpeningOptions;
import io.gemoclap.overview.ArchiveReport;
import io.gemoclap.overview.OverviewPage;
import io.gemoclap.overview.SegmentClips;
import io.gemoclap.overview.SummarizeResults;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.review.sound.Sounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Makes the report of a folder of results: a mixin with its options. */
final class ResultsReport {
  private static final String FILE = "report.json";

  private static final String PAGE = "report.html";
  private static final long MEGABYTE = 1 << 20;

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "<column>",
      description =
          "Also group by these columns of the metadata. Speakers and channels are always shown.")
  private List<String> by = List.of();

  @Option(
      names = "--date",
      paramLabel = "<column>",
      description =
          "Column of the metadata that holds the date, such as 2021-03-14, 2021-03 or 2021."
              + " Default: the column with the most dates, if its name says so.")
  private String date;

  @Option(
      names = "--clips",
      paramLabel = "<MiB>",
      defaultValue = "8",
      description = "How much audio the page may hold, in MiB; 0 for none. Default: 8.")
  private double clips;

  @Mixin private final OpeningOptions opening = new OpeningOptions();

  /** Refuses options that a training run has no use for. */
  void requireUnused(ParseResult given) {
    for (String option : List.of("--by", "--date", "--clips", "--allowed-roots", "--decoder")) {
      if (given.hasMatchedOption(option)) {
        throw new WrongUsageException(option + " is for results of 'gemoclap annotate'");
      }
    }
  }

  void write(ResultFolder folder, PipelineOptions options, PrintWriter out) throws IOException {
    FinishedResults results = FinishedResults.read(folder);
    // Where the job puts the figures, until the options have proved to fit them.
    String made = ResultFolder.temporary(FILE);
    ArchiveReport report;
    try {
      summarize(folder, results, made, options);
      try (BufferedReader reader = folder.read(made)) {
        report = new ObjectMapper().readValue(reader, ArchiveReport.class);
      }
    } finally {
      folder.delete(List.of(made));
    }
    requireColumns(report);
    String page = page(folder, report);
    folder.replace(
        FILE,
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
    folder.replace(PAGE, page);
    print(report, out);
    out.println("Report: " + folder + "/" + PAGE);
  }

  private void summarize(
      ResultFolder folder, FinishedResults results, String made, PipelineOptions options)
      throws IOException {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(
            "SummarizeResults",
            new SummarizeResults(
                folder.uri(), results.summary().toString(), by, date == null ? "" : date))
        .apply("Write", ParDo.of(new WriteFn(folder.uri(), made)));
    Runs.run(pipeline, Progress.ofSegments(System.err, results.segments()));
  }

  private String page(ResultFolder folder, ArchiveReport report) throws IOException {
    try (Sounds sounds =
        new Sounds(opening.allowedRoots(), AnnotateJob.of(folder).decoder(opening.isolation()))) {
      return OverviewPage.render(report, new SegmentClips(sounds, (long) (clips * MEGABYTE)));
    }
  }

  private void requireColumns(ArchiveReport report) {
    for (String column : by) {
      if (report.groups().stream().noneMatch(group -> group.column().equals(column))) {
        throw new WrongUsageException(
            "No segment has a value in the column '%s' of --by. The metadata has %s"
                .formatted(column, columns(report)));
      }
    }
    if (date != null && report.calendar().isEmpty()) {
      throw new WrongUsageException(
          "No segment has a date in the column '%s' of --date. The metadata has %s"
              .formatted(date, columns(report)));
    }
  }

  private static String columns(ArchiveReport report) {
    return report.columns().isEmpty() ? "no columns" : String.join(", ", report.columns());
  }

  private static void print(ArchiveReport report, PrintWriter out) {
    out.printf(Locale.ROOT, "%-14s %8s %8s  %s%n", "emotion", "hours", "share %", "95 %");
    for (ArchiveReport.Emotion emotion : report.emotions()) {
      out.printf(
          Locale.ROOT,
          "%-14s %8.2f %8.1f  %s%n",
          emotion.label().isEmpty() ? "uncertain" : emotion.label(),
          emotion.seconds() / 3600,
          100 * emotion.share(),
          emotion.low() == null
              ? "–"
              : String.format(
                  Locale.ROOT, "%.1f to %.1f", 100 * emotion.low(), 100 * emotion.high()));
    }
  }

  private static final class WriteFn extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;

    private final String folder;
    private final String name;

    WriteFn(String folder, String name) {
      this.folder = folder;
      this.name = name;
    }

    @ProcessElement
    public void process(@Element String report) throws IOException {
      new ResultFolder(folder).replace(name, report);
    }
  }
}
