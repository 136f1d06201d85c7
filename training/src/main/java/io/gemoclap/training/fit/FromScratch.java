package io.gemoclap.training.fit;

import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.BundleWriter;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.audio.CompactConfig;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.text.ByteLevelBpe;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.training.augment.SpecAugment;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Compact towers with random weights, which standardise features by the training examples.
 *
 * @param bpe tokens of the text tower
 * @param textWeights what {@link TextWarmUp} taught the text tower; empty for random weights
 */
public record FromScratch(ByteLevelBpe bpe, Map<String, FloatTensor> textWeights)
    implements Initialization {

  @Override
  public Initial initial(NDManager manager, TrainConfig config, Examples examples)
      throws IOException {
    Standardization standardization = Standardization.of(examples);
    TwoTowers towers =
        TwoTowers.untrained(
            manager,
            audioConfig(config, standardization.means().length),
            bpe,
            config.network().dims(),
            config.network().hiddenDropout(),
            config.seed());
    towers.restore(manager, textWeights);
    towers.standardize(manager, standardization.means(), standardization.scales());
    return new Initial(towers, new SpecAugment(standardization.means()));
  }

  private static AudioConfig audioConfig(TrainConfig config, int columns) {
    TrainConfig.Network network = config.network();
    int inputSize = network.voiceSize() == 0 ? columns : columns / 2;
    return new CompactConfig(
        network.encoder(),
        inputSize,
        network.hiddenSize(),
        network.layers(),
        network.inputDropout(),
        network.hiddenDropout(),
        network.voiceSize());
  }

  @Override
  public TextTokenizer tokenizer() throws IOException {
    return TextTokenizer.of(bpe);
  }

  @Override
  public String audioEncoder(TrainConfig config) {
    return config.network().encoder();
  }

  @Override
  public String textEncoder() {
    return "roberta";
  }

  @Override
  public int dims(TrainConfig config) {
    return config.network().dims();
  }

  @Override
  public String licence() {
    return "Apache-2.0";
  }

  @Override
  public ModelBundle write(
      Path folder,
      TwoTowers towers,
      TrainConfig config,
      ModelManifest manifest,
      FeatureMatrix clip,
      String modelCard)
      throws IOException {
    return BundleWriter.write(
        folder, towers, audioConfig(config, clip.dims()), bpe, manifest, clip, modelCard);
  }
}
