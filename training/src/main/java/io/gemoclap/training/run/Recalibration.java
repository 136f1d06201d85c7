package io.gemoclap.training.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.BundleWriter;
import io.gemoclap.model.ConfidenceSpec;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.training.report.ConfidenceFigures;
import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.report.RunInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Gives a bundle the confidence that another run measured. If the folds of that run saw less of
 * what they are judged on than the bundle did, such as no degraded copies, the bundle's confidence
 * holds for what is new to it as well. Immutable.
 */
public final class Recalibration {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Settings of the run that the provenance names. */
  private static final List<String> SETTINGS = List.of("folds", "copies", "degraded_copies");

  private final ModelBundle bundle;
  private final FinishedRun run;

  /**
   * Joins a bundle and a run; writes nothing.
   *
   * @throws IllegalArgumentException if the run measured no confidence, or one that does not fit
   *     the bundle
   */
  public Recalibration(ModelBundle bundle, FinishedRun run) throws IOException {
    this.bundle = bundle;
    this.run = run;
    requireAlike(bundle, run.info(), run.confidence());
  }

  /**
   * Writes a copy of the bundle with the temperature, the exponent and the threshold of the run.
   *
   * @param folder empty, or does not exist
   */
  public ModelBundle write(Path folder) throws IOException {
    ConfidenceFigures confidence = run.confidence();
    ModelManifest manifest =
        bundle.manifest().toBuilder()
            .setTemperature(confidence.temperature())
            .setConfidence(
                new ConfidenceSpec(confidence.distanceExponent(), confidence.abstainBelow()))
            .setProvenance(provenance())
            .build();
    return BundleWriter.copy(bundle, folder, manifest, card());
  }

  private ObjectNode provenance() {
    ObjectNode provenance =
        bundle.manifest().provenance() instanceof ObjectNode known
            ? known.deepCopy()
            : JSON.createObjectNode();
    RunInfo info = run.info();
    ConfidenceFigures confidence = run.confidence();
    ObjectNode measured = provenance.putObject("confidence");
    measured.put("corpus", info.corpus());
    SETTINGS.forEach(name -> measured.set(name, JSON.valueToTree(info.settings().get(name))));
    measured.put("conditions", confidence.conditions().size());
    measured.put("accuracy", confidence.accuracy());
    measured.put("mean_confidence", confidence.confidence());
    measured.put("ece", confidence.ece());
    return provenance;
  }

  private static void requireAlike(ModelBundle bundle, RunInfo info, ConfidenceFigures confidence)
      throws IOException {
    ModelManifest manifest = bundle.manifest();
    String run = "The run '" + info.id() + "' ";
    if (confidence == null) {
      throw new IllegalArgumentException(
          run + "measured no confidence; older runs and softmax regressions (--baseline) do not");
    }
    if (!info.labels().equals(manifest.labels())) {
      throw new IllegalArgumentException(
          run
              + "has the labels %s, but the bundle has %s"
                  .formatted(info.labels(), manifest.labels()));
    }
    Normalization normalize =
        manifest.normalization() == null ? Normalization.NONE : manifest.normalization().by();
    if (!info.normalize().equals(normalize.toString())) {
      throw new IllegalArgumentException(
          run
              + "normalises features by '%s', but the bundle by '%s'"
                  .formatted(info.normalize(), normalize));
    }
    if (confidence.distanceExponent() > 0 && bundle.familiarity().isEmpty()) {
      throw new IllegalArgumentException(
          run + "uses the distance from the training data, which the bundle does not measure");
    }
  }

  private String card() {
    return String.format(
        Locale.ROOT,
        """

        ## Confidence

        Measured afterwards by other models, of a cross-validation on %s with %s degraded copies in
        training, under %d conditions: accuracy %.1f %%, mean confidence %.1f %%, expected calibration
        error %.3f. A segment's temperature is %.3f · d^%.3f, where d is its distance from the training
        data. Emotions with a confidence below %.3f are uncertain.
        """,
        run.info().corpus(),
        run.info().settings().get("degraded_copies"),
        run.confidence().conditions().size(),
        100 * run.confidence().accuracy(),
        100 * run.confidence().confidence(),
        run.confidence().ece(),
        run.confidence().temperature(),
        run.confidence().distanceExponent(),
        run.confidence().abstainBelow());
  }
}
