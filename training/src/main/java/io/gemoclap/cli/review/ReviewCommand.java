package io.gemoclap.cli.review;

import com.google.common.collect.Iterables;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.archive.AnnotateJob;
import io.gemoclap.cli.archive.FinishedResults;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.cli.options.OpeningOptions;
import io.gemoclap.cli.options.SynonymsOption;
import io.gemoclap.corrections.Meanings;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.review.index.Answers;
import io.gemoclap.review.index.FinishedFiles;
import io.gemoclap.review.index.ResultsIndex;
import io.gemoclap.review.index.Segments;
import io.gemoclap.review.server.Ports;
import io.gemoclap.review.server.ReviewServer;
import io.gemoclap.review.sound.Sounds;
import io.gemoclap.training.transfer.Synonyms;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap review}. */
@Command(
    name = "review",
    description = {
      "Shows the results of 'gemoclap annotate' in a browser: lists, plays, searches and corrects"
          + " segments. Runs until Ctrl-C.",
      "The page is served on this machine alone, and opens with the printed address only."
          + " Corrections are appended to a file at once. Recordings and results are only read."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:stopped", "1:failed", "2:wrong usage; nothing was done"},
    sortOptions = false)
public final class ReviewCommand implements Callable<Integer> {
  private static final int MOST_EXAMPLES = 10;

  /** What is being answered when the user stops the program may be completed. */
  private static final int MOST_CLOSING_MS = 5_000;

  @Parameters(
      index = "0",
      paramLabel = "<results>",
      description =
          "Local output folder of a finished 'gemoclap annotate'. Copy results from elsewhere to"
              + " this machine first.")
  private String results;

  @Option(
      names = "--corrections",
      paramLabel = "<file>",
      description =
          "File that your corrections are appended to. Default: corrections.jsonl in the results; of"
              + " rescored results, in those that were annotated. Other files corrections*.jsonl"
              + " there are read and shown.")
  private Path corrections;

  @Option(
      names = "--by",
      paramLabel = "<name>",
      description = "Your name in the corrections. Default: your login name.")
  private String by = System.getProperty("user.name");

  @Mixin private final SynonymsOption synonyms = new SynonymsOption();

  @Option(
      names = "--model",
      defaultValue = Bundles.BUNDLED,
      description =
          "URI of the model bundle that made the results, for search. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--compare",
      paramLabel = "<folder>",
      description =
          "Results of another model for the same segments, for the order by disagreement. Default:"
              + " the newest rescored-* in the results.")
  private Path compare;

  @Mixin private final OpeningOptions opening = new OpeningOptions();

  @Option(
      names = "--index",
      paramLabel = "<folder>",
      description =
          "Folder for the index, which is derived from the results and may be deleted. Default:"
              + " review in the results.")
  private Path index;

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "Port of the page. Default: any that is free.")
  private int port;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    requireSettings();
    Synonyms words = synonyms.synonyms();
    Path folder = Path.of(results).toAbsolutePath().normalize();
    Ports.requireFree(port);
    FileSystems.setDefaultPipelineOptions(Runs.options(List.of()));
    FinishedResults finished = finished(folder);
    FinishedFiles files = files(finished);
    Path compared = compare == null ? files.newestRescored().orElse(null) : compare;
    BundleRef bundle = Bundles.resolve(model);
    ModelManifest manifest = Bundles.manifest(bundle);
    ResultsIndex.Source source =
        new ResultsIndex.Source(
            files,
            compared == null ? null : files(finished(compared)),
            index == null ? folder.resolve("review") : index.toAbsolutePath(),
            bundle.id(),
            manifest.dims(),
            manifest.speechDims());
    try (ResultsIndex opened =
        ResultsIndex.open(source, () -> say("Indexing the results, which is done once ..."))) {
      if (compared != null && !opened.isCompared()) {
        say("No order by disagreement of two results: " + opened.notCompared());
      }
      Segments segments = new Segments(opened);
      AnnotateJob job = AnnotateJob.of(new ResultFolder(folder.toString()));
      Meanings meanings = new Meanings(segments.labels(), words::meaning);
      try (Answers answers = answers(opened, finished, meanings);
          Sounds sounds = new Sounds(opening.allowedRoots(), job.decoder(opening.isolation()));
          SearchOfResults search =
              SearchOfResults.of(opened, segments, bundle, job, opening.isolation());
          ReviewServer server =
              new ReviewServer(
                  new ReviewServer.Served(
                      opened, segments, answers, sounds, search.search(), search.problem()),
                  port)) {
        serve(server, answers, segments);
      }
    }
    return 0;
  }

  private void requireSettings() {
    if (results.contains("://")) {
      throw new WrongUsageException(
          "'%s' is not a folder of this machine. Copy the results to one".formatted(results));
    }
    Runs.requirePlain(results);
    if (by == null || by.isBlank()) {
      throw new WrongUsageException("--by is empty, but must be your name in the corrections");
    }
    if (port < 0 || port > 65_535) {
      throw new WrongUsageException("--port is %s, but must be 0 to 65535".formatted(port));
    }
  }

  private static FinishedResults finished(Path folder) throws IOException {
    return FinishedResults.read(new ResultFolder(folder.toString()));
  }

  private static FinishedFiles files(FinishedResults results) {
    try {
      return FinishedFiles.in(Path.of(results.folder().uri()));
    } catch (IOException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
  }

  /** Answers about rescored results go where those about the first results are. */
  private Answers answers(ResultsIndex opened, FinishedResults finished, Meanings meanings)
      throws IOException {
    Path file =
        corrections == null
            ? Iterables.getLast(finished.answered()).resolve("corrections.jsonl")
            : corrections;
    try {
      return Answers.open(opened, file, finished.corrections(), by.strip(), meanings);
    } catch (AccessDeniedException | FileAlreadyExistsException e) {
      throw new IOException(
          "'%s' cannot be written. Name another file with --corrections=<file>".formatted(file), e);
    }
  }

  private void serve(ReviewServer server, Answers answers, Segments segments) {
    answers.skipped().forEach(this::say);
    List<String> unknown = answers.unknown();
    if (!unknown.isEmpty()) {
      say(
          "%s corrected segments are not in these results, such as %s"
              .formatted(
                  unknown.size(),
                  unknown.stream().limit(MOST_EXAMPLES).collect(Collectors.joining(", "))));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "%s segments. Corrections of %s go to %s"
            .formatted(segments.count(), answers.by(), answers.file()));
    out.println("Open " + server.url());
    out.println("Stop with Ctrl-C.");
    out.flush();
    Thread serving = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  serving.interrupt();
                  try {
                    serving.join(MOST_CLOSING_MS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    try {
      server.join();
    } catch (InterruptedException e) {
      // The user has stopped the program: what is open is closed next, undisturbed.
    }
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
