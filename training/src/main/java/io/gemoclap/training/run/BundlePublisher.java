package io.gemoclap.training.run;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.features.ReferenceClip;
import io.gemoclap.model.BundleWriter;
import io.gemoclap.model.Exemplars;
import io.gemoclap.model.Familiarity;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.training.fit.Initialization;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Turns trained towers into a bundle: manifest, provenance, model card, known answer. */
record BundlePublisher(RunJob job, Wordings wordings, Initialization initialization) {
  /**
   * Writes the bundle, replacing what an interrupted attempt left.
   *
   * @param normalization how features were standardised, or null
   * @param familiarity measures the distance from the training data; null if it is not known
   * @param exemplars examples of the training data; null if none are kept
   * @param calibrated what the folds say of it; null for a fold, which is not calibrated
   */
  ModelBundle publish(
      Path folder,
      TwoTowers towers,
      NormalizationSpec normalization,
      Familiarity familiarity,
      Exemplars exemplars,
      Calibrated calibrated)
      throws IOException {
    if (Files.exists(folder)) {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    ModelManifest.Builder builder =
        ModelManifest.builder()
            .setFeatureSpec(job.identity().features().spec())
            .setNormalization(normalization)
            .setAudioEncoder(initialization.audioEncoder(job.config()))
            .setTextEncoder(initialization.textEncoder())
            .setDims(initialization.dims(job.config()))
            .setLogitScaleAudio(towers.scaleAudio())
            .setLogitScaleText(towers.scaleText())
            .setLabels(job.labels())
            .setTemplates(wordings.defaultTemplates())
            .setGenderPrompts(wordings.genderPrompts(job.labels()))
            .setProvenance(Provenance.of(job.identity(), calibrated))
            .setLicence(initialization.licence());
    if (calibrated != null) {
      builder
          .setTemperature(calibrated.temperature())
          .setGenderTemperature(calibrated.genderTemperature())
          .setConfidence(calibrated.confidence());
    }
    ModelManifest manifest = builder.build();
    FeatureMatrix clip = ReferenceClip.features(job.identity().features().spec(), normalization, 1);
    String card =
        calibrated == null
            ? "# A fold's model\n\nTrained on a part of "
                + job.identity().corpus().name()
                + " for cross-validation; not calibrated.\n"
            : new ModelCard(job.identity(), manifest, calibrated).text();
    ModelBundle bundle = initialization.write(folder, towers, job.config(), manifest, clip, card);
    return BundleWriter.add(bundle, familiarity, exemplars);
  }
}
