package io.gemoclap.cli.train;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.prepare.FeaturePlan;
import io.gemoclap.training.prepare.PrepareCorpus;
import io.gemoclap.training.prepare.PreparedCorpus;
import io.gemoclap.training.robustness.RobustnessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gemoclap feature-robustness}. */
@Command(
    name = "feature-robustness",
    description = {
      "Lists which features of the compact encoder reflect how a recording was made, and not the voice.",
      "Compares the variance between emotions with what degradations of the recordings change."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class FeatureRobustnessCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  @Option(
      names = "--corpus",
      required = true,
      description = "<kind>:<folder or file>; kinds: " + Corpus.KINDS + ".")
  private String corpus;

  @Option(
      names = "--other",
      description = "Another corpus, whose neutral speech is compared with that of --corpus.")
  private String other;

  @Option(
      names = "--features",
      required = true,
      description = "Folder for the features; may be that of `gemoclap train --consistency`.")
  private String features;

  @Option(names = "--output", required = true, description = "CSV file for the table.")
  private Path output;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Override
  public Integer call() throws IOException {
    PipelineOptions options = Runs.options(beamOptions);
    FileSystems.setDefaultPipelineOptions(options);
    Runs.requirePlain(features);
    FeatureSpec spec = FeatureSpec.emotionFunctionals();
    FeaturePlan clean = new FeaturePlan(spec, 0, 0);
    Examples versions = prepare("--corpus", corpus, clean.forConditions(), options);
    Examples others = other == null ? null : prepare("--other", other, clean, options);
    RobustnessTable table = RobustnessTable.of(versions, spec.extractor().names(), others);
    Files.write(output, table.csv());
    table.csv().stream().limit(1 + SHOWN).forEach(System.out::println);
    System.out.println("All " + table.rows().size() + " features: " + output);
    return 0;
  }

  private Examples prepare(String option, String of, FeaturePlan plan, PipelineOptions options)
      throws IOException {
    Corpus read;
    try {
      read = Corpus.read(of);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(option + ": " + e.getMessage(), e);
    }
    PrepareCorpus prepare = PrepareCorpus.of(read.utterances(), plan, features);
    if (prepare.shardsFound() < prepare.shardNames().size()) {
      Runs.run(options, pipeline -> pipeline.apply("PrepareCorpus", prepare));
    }
    return PreparedCorpus.open(features, prepare.shardNames(), read.utterances())
        .examples(read.utterances());
  }
}
