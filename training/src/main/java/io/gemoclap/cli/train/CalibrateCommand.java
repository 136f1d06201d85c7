package io.gemoclap.cli.train;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.console.OutputFolder;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.run.Recalibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gemoclap calibrate}. */
@Command(
    name = "calibrate",
    description = {
      "Copies a model bundle with the confidence that another training run measured.",
      "If that run trained without degraded copies and was judged on them with --consistency, the"
          + " confidence is that for recordings of a kind that is new to a model."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class CalibrateCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      description = "Bundle to copy: a folder, a URI or 'bundled'.")
  private String model;

  @Option(
      names = "--run",
      required = true,
      description = "Output folder of 'gemoclap train --consistency', with the bundle's labels.")
  private Path run;

  @Option(names = "--output", required = true, description = "Folder for the copy.")
  private Path output;

  @Option(names = "--overwrite", description = "Empty the output folder first.")
  private boolean overwrite;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    ModelBundle bundle = Bundles.open(model);
    FinishedRun finished = WrongUsageException.ifRefused(() -> FinishedRun.read(run));
    Recalibration recalibration =
        WrongUsageException.ifRefused(() -> new Recalibration(bundle, finished));
    refuseToOverwrite(bundle.folder(), run);
    OutputFolder.prepare(output, overwrite);
    ModelBundle written = recalibration.write(output);
    ModelManifest manifest = written.manifest();
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "Bundle %s in %s: temperature %.3f, distance exponent %.3f, uncertain below %.3f%n",
            written.id(),
            output,
            manifest.temperature(),
            manifest.confidence().distanceExponent(),
            manifest.confidence().abstainBelow());
    return 0;
  }

  private void refuseToOverwrite(Path... sources) throws IOException {
    if (Files.exists(output)) {
      for (Path source : sources) {
        if (source.toRealPath().startsWith(output.toRealPath())) {
          throw new WrongUsageException(
              "The output '" + output + "' holds '" + source + "'; choose another output");
        }
      }
    }
  }
}
