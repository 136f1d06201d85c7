package io.gemoclap;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.features.ReferenceClip;
import io.gemoclap.model.BundleWriter;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.audio.CompactConfig;
import io.gemoclap.model.audio.FunctionalsEncoder;
import io.gemoclap.model.text.ByteLevelBpe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An untrained model with a voice branch, for features that a hierarchy standardises. */
public final class HierarchicalBundle {
  private static final int DIMS = 32;

  private HierarchicalBundle() {}

  /** Writes it into a folder that does not exist yet; its corpus is that of the bundled model. */
  public static Path write(Path folder) throws IOException {
    FeatureSpec features = FeatureSpec.emotionFunctionals();
    int columns = features.extractor().dims();
    NormalizationSpec corpus = Bundles.manifest(Bundles.BUNDLED_NORMALIZED).normalization();
    NormalizationSpec spec =
        new NormalizationSpec(Normalization.AUTO, 4, 8.0, corpus.means(), corpus.deviations());
    CompactConfig audio = new CompactConfig(FunctionalsEncoder.KIND, columns, 32, 1, 0.1, 0.1, 8);
    ByteLevelBpe bpe =
        ByteLevelBpe.learn(List.of("an angry voice", "a calm voice", "a woman", "a man"), 100);
    TorchEngine.start();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      TwoTowers towers = TwoTowers.untrained(manager, audio, bpe, DIMS, 0.1, 3);
      float[] ones = new float[2 * columns];
      Arrays.fill(ones, 1);
      towers.standardize(manager, new float[2 * columns], ones);
      ModelManifest manifest =
          ModelManifest.builder()
              .setFeatureSpec(features)
              .setNormalization(spec)
              .setAudioEncoder(FunctionalsEncoder.KIND)
              .setTextEncoder("roberta")
              .setDims(DIMS)
              .setLogitScaleAudio(14)
              .setLogitScaleText(14)
              .setLabels(List.of("angry", "calm"))
              .setTemplates(List.of("a {} voice"))
              .setGenderPrompts(Map.of("female", List.of("a woman"), "male", List.of("a man")))
              .setLicence("Apache-2.0")
              .build();
      return BundleWriter.write(
              folder,
              towers,
              audio,
              bpe,
              manifest,
              ReferenceClip.features(features, spec, 1),
              "# A test\n")
          .folder();
    }
  }
}
