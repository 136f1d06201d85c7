package io.gemoclap.model;

import io.gemoclap.model.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.Map;

/**
 * The weights of a model as a bundle keeps them.
 *
 * @param audio the audio encoder, in Hugging Face's names
 * @param text the text encoder, in Hugging Face's names
 * @param heads projection heads and logarithms of the logit scales
 */
public record BundleWeights(Checkpoint audio, Checkpoint text, Checkpoint heads)
    implements AutoCloseable {

  /** Opens the three files of a bundle. */
  static BundleWeights open(ModelBundle bundle) throws IOException {
    Checkpoint audio = Checkpoint.open(bundle.file(ModelBundle.AUDIO_WEIGHTS));
    try {
      Checkpoint text = Checkpoint.open(bundle.file(ModelBundle.TEXT_WEIGHTS));
      try {
        return new BundleWeights(audio, text, Checkpoint.open(bundle.file(ModelBundle.HEADS)));
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
  Checkpoint joined() {
    return Checkpoint.join(Map.of("audio.", audio, "text.", text, "", heads));
  }

  @Override
  public void close() throws IOException {
    joined().close();
  }
}
