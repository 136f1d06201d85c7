package io.gemoclap.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.audio.CompactConfig;
import io.gemoclap.model.audio.FunctionalsEncoder;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.text.RobertaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** An untrained bundle for real audio that takes much memory but hardly any time. */
public final class LargeBundle {
  /** About its size in memory: six layers of 12.6 million weights. */
  public static final long MIB = 300;

  private LargeBundle() {}

  /** Writes it into a folder that does not exist yet. */
  public static void write(Path folder) throws IOException {
    TorchEngine.start();
    FeatureSpec spec = FeatureSpec.emotionFunctionals();
    int columns = spec.extractor().dims();
    AudioConfig audio = new CompactConfig(FunctionalsEncoder.KIND, columns, 32, 2, 0, 0);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      int tokens = Fixtures.BPE.vocabularySize();
      RobertaConfig text =
          new RobertaConfig("roberta", tokens, 1024, 6, 8, 4096, 66, 1, 1, 1e-5, 0, 0, "gelu");
      TwoTowers towers = new TwoTowers(audio, text, Fixtures.DIMS, 0);
      towers.initialize(manager, 1);
      FeatureMatrix sample = FeatureMatrix.of(1, columns, new float[columns]);
      BundleContent content =
          new BundleContent(
              audio,
              Optional.empty(),
              text,
              Fixtures.BPE.tokenizerJson(),
              manifest(spec),
              sample,
              "# Large and untrained\n");
      BundleWriter.write(folder, towers.bundleWeights(), content);
    }
  }

  private static ModelManifest manifest(FeatureSpec spec) {
    return Fixtures.manifest().toBuilder()
        .setFeatureSpec(spec)
        .setAudioEncoder(FunctionalsEncoder.KIND)
        .build();
  }
}
