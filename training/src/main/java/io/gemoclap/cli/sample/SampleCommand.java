package io.gemoclap.cli.sample;

import io.gemoclap.cli.archive.FinishedResults;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.cli.options.SynonymsOption;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.sample.Grouping;
import io.gemoclap.sample.Part;
import io.gemoclap.sample.Shares;
import io.gemoclap.sample.estimate.Estimates;
import io.gemoclap.table.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gemoclap sample}. */
@Command(
    name = "sample",
    description = {
      "Chooses segments to listen to. From people's answers, estimates what the archive holds.",
      "Writes sample.jsonl: random segments for unbiased estimates, segments of which the model is"
          + " least certain, and segments that are unlike all others chosen (these need"
          + " embeddings-*.parquet, written by 'annotate --embeddings'). Correct them with"
          + " 'gemoclap review'. Then, --estimate writes estimates.json: true shares of the labels"
          + " and the model's accuracy, with 95 %% intervals.",
      "Limits: results in a folder of this machine; up to 10,000 segments. The diverse part is"
          + " chosen among 20,000 segments at random. You can add options of Beam and its runners, but"
          + " not those of a cluster."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SampleCommand implements Callable<Integer> {
  /** Name of the file with the chosen segments. */
  static final String FILE = "sample.jsonl";

  /** More segments than anybody listens to; workers keep them in memory. */
  static final int MOST = 10_000;

  @Parameters(
      index = "0",
      paramLabel = "<results>",
      description = "Output folder of 'gemoclap annotate'.")
  private Path results;

  @Option(
      names = "--n",
      paramLabel = "<number>",
      description =
          "How many segments to choose, 1 to 10,000. Default: 50, or all if there are fewer.")
  private Integer n;

  @Option(
      names = "--by",
      paramLabel = "<group>",
      description =
          "Draw random segments from each group: emotion (as the model gives it), recording, or a"
              + " column of the metadata. With more groups than half of the random segments,"
              + " neighbours by name share them. Default: emotion.")
  private String by;

  @Option(
      names = "--shares",
      split = ",",
      paramLabel = "<part>=<share>",
      description =
          "Shares of the parts. Default: random=0.5,uncertain=0.25,diverse=0.25. Without"
              + " embeddings, the others get the share of the diverse part.")
  private Map<String, Double> shares;

  @Option(
      names = "--seed",
      paramLabel = "<number>",
      description = "Another seed chooses other random segments. Default: 1.")
  private Long seed;

  @Option(names = "--overwrite", description = "Replace an earlier sample.")
  private boolean overwrite;

  @Option(
      names = "--estimate",
      description = "Do not choose; estimate from the answers about an earlier sample.")
  private boolean estimate;

  @Option(
      names = "--corrections",
      split = ",",
      paramLabel = "<file>",
      description =
          "With --estimate: files of 'gemoclap review', of several people if need be. Default:"
              + " all corrections*.jsonl in the results.")
  private List<Path> corrections;

  @Mixin private final SynonymsOption synonyms = new SynonymsOption();

  @Option(
      names = "--sample",
      paramLabel = "<file>",
      description = "With --estimate: the sample. Default: sample.jsonl in the results.")
  private Path sample;

  @Option(
      names = "--output",
      paramLabel = "<file>",
      description =
          "File to write. Default: sample.jsonl in the results, with --estimate estimates.json.")
  private Path output;

  @Parameters(index = "1..*", arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Override
  public Integer call() throws IOException {
    requireLocal();
    refuseOptionsOfTheOtherUse();
    requireInRange();
    FinishedResults finished = FinishedResults.read(new ResultFolder(results.toString()));
    if (estimate) {
      estimate(finished);
    } else {
      choose(finished);
    }
    return 0;
  }

  private void choose(FinishedResults finished) throws IOException {
    SampleRequest request =
        new SampleRequest(
            n, new Grouping(by == null ? Grouping.EMOTION : by), shares(), seed == null ? 1 : seed);
    Path file = output == null ? results.resolve(FILE) : output;
    if (Files.exists(file) && !overwrite) {
      throw new WrongUsageException(
          "'%s' exists already. Answers about it need it for estimates: add --overwrite to replace it, or name another file with --output"
              .formatted(file));
    }
    Runs.requirePlain(file.toAbsolutePath().getParent().toString());
    SampleJob.Chosen chosen =
        new SampleJob(finished, Runs.optionsInProcess(beamOptions)).choose(request);
    JsonLines.writeRows(file.toAbsolutePath(), chosen.segments());
    SampleTable.print(chosen, System.out);
    System.out.println("Sample: " + file);
    System.out.println(
        "Next: gemoclap review %s, then gemoclap sample %s --estimate%s"
            .formatted(results, results, output == null ? "" : " --sample=" + file));
  }

  private void estimate(FinishedResults finished) throws IOException {
    Path file = sample == null ? results.resolve(FILE) : sample;
    Estimates estimates =
        new EstimateJob(finished, file, synonyms.synonyms())
            .estimate(corrections == null ? finished.corrections() : corrections, System.out);
    Path target = output == null ? results.resolve("estimates.json") : output;
    JsonLines.writeValue(target.toAbsolutePath(), estimates);
    EstimatesTable.print(estimates, System.out);
    System.out.println("Estimates: " + target);
  }

  private Shares shares() {
    if (shares == null) {
      return Shares.DEFAULT;
    }
    Map<Part, Double> parts = new HashMap<>();
    shares.forEach((name, share) -> parts.put(part(name), share));
    return WrongUsageException.ifRefused(() -> new Shares(parts));
  }

  private static Part part(String name) {
    for (Part part : Part.values()) {
      if (part.word().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return part;
      }
    }
    throw new WrongUsageException(
        "--shares has no part '" + name + "'; the parts are random, uncertain and diverse");
  }

  private void requireInRange() {
    if (n != null && (n < 1 || n > MOST)) {
      throw new WrongUsageException("--n=" + n + " is not in 1 to " + MOST);
    }
  }

  private void requireLocal() {
    if (!new ResultFolder(results.toString()).isLocal()
        || results.toString().matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")) {
      throw new WrongUsageException(
          "'%s' is not a folder of this machine: copy the results to one, as review needs them too"
              .formatted(results));
    }
  }

  private void refuseOptionsOfTheOtherUse() {
    boolean choosing = n != null || by != null || shares != null || seed != null || overwrite;
    boolean estimating = corrections != null || synonyms.isGiven() || sample != null;
    if (estimate && choosing) {
      throw new WrongUsageException(
          "--n, --by, --shares, --seed and --overwrite choose segments, but --estimate does not choose: leave one of them out");
    }
    if (!estimate && estimating) {
      throw new WrongUsageException(
          "--corrections, --synonyms and --sample are for estimates: add --estimate");
    }
  }
}
