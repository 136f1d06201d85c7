package io.gemoclap;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.google.common.primitives.Floats;
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

/** Small untrained models of the bundled model's features, by what standardises these. */
public final class UntrainedBundle {
  private static final int DIMS = 32;
  private static final FeatureSpec FEATURES = FeatureSpec.emotionFunctionals();
  private static final NormalizationSpec CORPUS = Bundles.manifest(Bundles.BUNDLED).normalization();

  private UntrainedBundle() {}

  /** Standardised by a hierarchy, with a voice branch. The folder must not exist yet. */
  public static Path hierarchical(Path folder) throws IOException {
    return write(
        folder,
        new NormalizationSpec(Normalization.AUTO, 4, 8.0, CORPUS.means(), CORPUS.deviations()));
  }

  /** Standardised by recording, without an archive. The folder must not exist yet. */
  public static Path byRecording(Path folder) throws IOException {
    return write(
        folder,
        new NormalizationSpec(Normalization.RECORDING, 4, CORPUS.means(), CORPUS.deviations()));
  }

  /** Without normalisation. The folder must not exist yet. */
  public static Path plain(Path folder) throws IOException {
    return write(folder, null);
  }

  private static Path write(Path folder, NormalizationSpec spec) throws IOException {
    int columns = FEATURES.extractor().dims();
    boolean voice = spec != null && spec.isHierarchical();
    CompactConfig audio =
        new CompactConfig(FunctionalsEncoder.KIND, columns, 32, 1, 0.1, 0.1, voice ? 8 : 0);
    ByteLevelBpe bpe =
        ByteLevelBpe.learn(List.of("an angry voice", "a calm voice", "a woman", "a man"), 100);
    TorchEngine.start();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      TwoTowers towers = TwoTowers.untrained(manager, audio, bpe, DIMS, 0.1, 3);
      if (spec == null) {
        float[] scales = new float[columns];
        for (int i = 0; i < columns; i++) {
          scales[i] = 1 / CORPUS.deviations().get(i);
        }
        towers.standardize(manager, Floats.toArray(CORPUS.means()), scales);
      } else {
        float[] ones = new float[voice ? 2 * columns : columns];
        Arrays.fill(ones, 1);
        towers.standardize(manager, new float[ones.length], ones);
      }
      ModelManifest manifest =
          ModelManifest.builder()
              .setFeatureSpec(FEATURES)
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
              ReferenceClip.features(FEATURES, spec, 1),
              "# A test\n")
          .folder();
    }
  }
}
