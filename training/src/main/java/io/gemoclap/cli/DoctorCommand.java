package io.gemoclap.cli;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.cache.CacheFolders;
import io.gemoclap.embed.SelfCheck;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.ReferenceClip;
import io.gemoclap.model.GEmoClap;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.TorchEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap doctor}. */
@Command(
    name = "doctor",
    description = {
      "Checks that a model bundle works here: verifies the digests of its files, loads it, runs"
          + "its self-check, and prints its identity and its speed.",
      "Exit status: 0 if it works, 1 if not, with the reason and the remedy."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
  private static final int CLIP_SECONDS = 3;
  private static final int[] BATCHES = {1, 8};

  @Parameters(
      paramLabel = "<bundle>",
      arity = "0..1",
      defaultValue = Bundles.BUNDLED,
      description = "A folder, a URI, or 'bundled'.")
  private String bundle;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "Seconds to measure each batch size; 0 measures one batch.")
  private double seconds;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    PrintWriter out = command.commandLine().getOut();
    CacheFolders caches = CacheFolders.ofThisProcess();
    caches.configureLibraries();
    new TreeMap<>(caches.describe())
        .forEach((what, where) -> row(out, "cache", what + ": " + where));
    row(out, "temporary", System.getProperty("java.io.tmpdir"));
    row(out, "engine", TorchEngine.describe());
    ModelBundle opened = Bundles.open(bundle);
    ModelManifest manifest = opened.manifest();
    row(out, "bundle", opened.id() + " (" + bundle + ")");
    row(out, "digests", manifest.files().size() + " files match the manifest");
    row(out, "encoders", manifest.audioEncoder() + " and " + manifest.textEncoder());
    row(out, "dimensions", manifest.dims());
    row(out, "labels", String.join(", ", manifest.labels()));
    row(out, "features", manifest.featureSpec());
    row(out, "on disk", megabytes(opened.bytesOnDisk()));
    long start = System.nanoTime();
    try (GEmoClap model = GEmoClap.load(opened)) {
      row(out, "loaded in", decimal((System.nanoTime() - start) / 1e9) + " s");
      SelfCheck.run(model);
      row(
          out,
          "self-check",
          opened.hasKnownAnswer() ? "passed" : "passed; the bundle has no known answer");
      row(out, "parameters", String.format(Locale.ROOT, "%,d", model.parameters()));
      row(out, "in memory", megabytes(model.bytes()));
      measure(out, model);
    }
    return 0;
  }

  private void measure(PrintWriter out, GEmoClap model) {
    ModelManifest manifest = model.manifest();
    FeatureMatrix clip =
        ReferenceClip.features(manifest.featureSpec(), manifest.normalization(), CLIP_SECONDS);
    for (int batch : BATCHES) {
      double speed = EmbeddingSpeed.measure(model, clip, batch, seconds).clipsPerSecond();
      row(
          out,
          "batches of " + batch,
          decimal(speed) + " clips/s, " + decimal(CLIP_SECONDS * speed) + " s of speech a second");
    }
    out.printf(
        Locale.ROOT,
        "Speed on this machine's CPU at this moment, with clips of %d s; without features.%n",
        CLIP_SECONDS);
  }

  private static void row(PrintWriter out, String what, Object value) {
    out.printf(Locale.ROOT, "%-13s %s%n", what, value);
  }

  private static String megabytes(long bytes) {
    return decimal(bytes / 1e6) + " MB";
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
