package io.gemoclap.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gemoclap.model.blocks.LogitScale;
import io.gemoclap.model.blocks.NamedBlock;
import io.gemoclap.model.blocks.ProjectionHead;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Weights;
import java.util.Map;

/** The parts after the two encoders: projections and logit scales, by their names in a bundle. */
final class Heads extends NamedBlock {

  /**
   * Declares the parameters.
   *
   * @param audio size of the audio encoder's vector
   * @param text size of the text encoder's vector
   * @param dims size of the shared space
   */
  Heads(int audio, int text, int dims) {
    child("heads.audio", new ProjectionHead(audio, dims, 0));
    child("heads.text", new ProjectionHead(text, dims, 0));
    parameter("logit_scale_audio", Start.ZEROS);
    parameter("logit_scale_text", Start.ZEROS);
  }

  /** Untrained values; equal seeds give equal ones. */
  Weights fresh(long seed) {
    TorchEngine.start();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      initialize(manager, seed);
      Map<String, FloatTensor> values = snapshot();
      FloatTensor scale =
          new FloatTensor(new float[] {(float) Math.log(LogitScale.START)}, new long[0]);
      values.put("logit_scale_audio", scale);
      values.put("logit_scale_text", scale);
      return Weights.of(values);
    }
  }
}
