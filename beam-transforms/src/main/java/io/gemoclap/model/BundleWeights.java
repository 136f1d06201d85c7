package io.gemoclap.model;

import io.gemoclap.model.weights.Weights;
import java.io.IOException;
import java.util.Map;

/**
 * The weights of a model as a bundle keeps them.
 *
 * @param audio the audio encoder, in Hugging Face's names
 * @param text the text encoder, in Hugging Face's names
 * @param heads projection heads and logarithms of the logit scales
 */
record BundleWeights(Weights audio, Weights text, Weights heads) implements AutoCloseable {

  /** Opens the three files of a bundle. */
  static BundleWeights open(ModelBundle bundle) throws IOException {
    Weights audio = Weights.open(bundle.file(ModelBundle.AUDIO_WEIGHTS));
    try {
      Weights text = Weights.open(bundle.file(ModelBundle.TEXT_WEIGHTS));
      try {
        return new BundleWeights(audio, text, Weights.open(bundle.file(ModelBundle.HEADS)));
      } catch (IOException e) {
        text.close();
        throw e;
      }
    } catch (IOException e) {
      audio.close();
      throw e;
    }
  }

  /** All of them in the names of {@link TwoTowers}. */
  Weights joined() {
    return Weights.join(Map.of("audio.", audio, "text.", text, "", heads));
  }

  @Override
  public void close() throws IOException {
    joined().close();
  }
}
