package io.gemoclap.cli.train;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.console.OutputFolder;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.PretrainedTowers;
import io.gemoclap.training.pretrained.BundleImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gemoclap import}. */
@Command(
    name = "import",
    description = {
      "Makes a model bundle from a pretrained speech and text encoder in Hugging Face folders.",
      "A folder has config.json, model.safetensors or pytorch_model.bin (whole or in shards),"
          + " and for text tokenizer.json. Nothing in it is executed.",
      "Without --heads the projection heads are untrained: train them before use."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ImportCommand implements Callable<Integer> {
  private static final int DEFAULT_DIMS = 512;

  @Option(names = "--audio", required = true, description = "Folder of the speech encoder.")
  private Path audio;

  @Option(names = "--text", required = true, description = "Folder of the text encoder.")
  private Path text;

  @Option(names = "--output", required = true, description = "Folder for the bundle.")
  private Path output;

  @Option(
      names = "--heads",
      description =
          "Bundle that provides trained heads, calibration and prompts: a folder, a URI or"
              + " 'bundled'.")
  private String heads;

  @Option(
      names = "--labels",
      split = ",",
      description =
          "Default labels. Default: those of --heads, else anger,happiness,neutral,sadness.")
  private List<String> labels;

  @Option(
      names = "--dims",
      description = "Size of the shared space. Default: 512. Not with --heads.")
  private Integer dims;

  @Option(
      names = "--seed",
      description = "Seed of the untrained heads. Default: 1. Not with --heads.")
  private Long seed;

  @Option(
      names = "--weighted-layers",
      description =
          "Use a weighted sum of all layers of the speech encoder, with trained weights, instead"
              + " of the last layer.")
  private boolean weightedLayers;

  @Option(names = "--overwrite", description = "Empty the output folder first.")
  private boolean overwrite;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    refuseContradictions();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    ModelBundle trained = heads == null ? null : Bundles.open(heads);
    Path headsFolder = trained == null ? null : trained.folder();
    refuseToOverwrite(audio, text, headsFolder);
    try (PretrainedTowers towers = PretrainedTowers.open(audio, text, weightedLayers)) {
      OutputFolder.prepare(output, overwrite);
      BundleImport bundle = new BundleImport(towers);
      ModelBundle written =
          trained == null
              ? bundle.withFreshHeads(
                  output,
                  labels == null ? BundleImport.DEFAULT_LABELS : labels,
                  dims == null ? DEFAULT_DIMS : dims,
                  seed == null ? 1 : seed)
              : bundle.withHeadsOf(output, labels, trained);
      command
          .commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "Bundle %s in %s: %s and %s, %d dimensions, heads %s%n",
              written.id(),
              output,
              written.manifest().audioEncoder(),
              written.manifest().textEncoder(),
              written.manifest().dims(),
              written.manifest().provenance().at("/imported/heads").asText());
    }
    return 0;
  }

  private void refuseContradictions() {
    if (heads != null && (dims != null || seed != null)) {
      throw new WrongUsageException(
          "--heads sets size and weights of the heads; remove --dims and --seed");
    }
    if (dims != null && dims < 1) {
      throw new WrongUsageException("--dims must be at least 1, not " + dims);
    }
    if (labels != null && labels.stream().anyMatch(String::isBlank)) {
      throw new WrongUsageException("--labels has an empty label; write --labels=anger,sadness");
    }
  }

  private void refuseToOverwrite(Path... sources) throws IOException {
    if (Files.exists(output)) {
      Path target = output.toRealPath();
      for (Path source : sources) {
        if (source != null && Files.exists(source) && source.toRealPath().startsWith(target)) {
          throw new WrongUsageException(
              "The output '" + output + "' holds '" + source + "'; choose another output");
        }
      }
    }
  }
}
