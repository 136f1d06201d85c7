package io.gemoclap.training.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.AudioConfig;
import io.gemoclap.model.BundleWriter;
import io.gemoclap.model.ByteLevelBpe;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Turns trained towers into a bundle: manifest, provenance, model card, known answer. */
final class BundlePublisher {
  private static final double MAX_SCALE = 100;

  private final Corpus corpus;
  private final TrainConfig config;
  private final FeatureSpec spec;
  private final Wordings wordings;
  private final ByteLevelBpe bpe;

  BundlePublisher(
      Corpus corpus, TrainConfig config, FeatureSpec spec, Wordings wordings, ByteLevelBpe bpe) {
    this.corpus = corpus;
    this.config = config;
    this.spec = spec;
    this.wordings = wordings;
    this.bpe = bpe;
  }

  /** Writes the bundle; {@code report} is null for a fold, which is not calibrated. */
  ModelBundle publish(Path folder, TwoTowers towers, AudioConfig audio, RunReport report)
      throws IOException {
    ObjectNode provenance = new ObjectMapper().createObjectNode();
    provenance.put("corpus", corpus.name());
    provenance.put("utterances", corpus.utterances().size());
    provenance.set("settings", new ObjectMapper().valueToTree(config));
    if (report != null) {
      provenance.put("cross_validation_war", report.war());
      provenance.put("cross_validation_uar", report.uar());
      provenance.put("cross_validation_gender_accuracy", report.genderAccuracy());
    }
    ModelManifest manifest =
        new ModelManifest(
            ModelManifest.FORMAT_VERSION,
            spec,
            null,
            config.encoder(),
            "roberta",
            config.dims(),
            scale(towers.logScaleAudio().getFloat()),
            scale(towers.logScaleText().getFloat()),
            report == null ? 1 : report.temperature(),
            report == null ? 1 : report.genderTemperature(),
            corpus.labels(),
            wordings.defaultTemplates(),
            wordings.genderPrompts(corpus.labels()),
            provenance,
            "Apache-2.0",
            Map.of());
    String card =
        report == null
            ? "# A fold's model\n\nTrained on a part of "
                + corpus.name()
                + " for cross-validation; not calibrated.\n"
            : new ModelCard(report).text();
    return BundleWriter.write(
        folder, towers, audio, bpe, manifest, ReferenceClip.features(spec), card);
  }

  private static double scale(double logarithm) {
    return Math.min(MAX_SCALE, Math.max(1, Math.exp(logarithm)));
  }
}
