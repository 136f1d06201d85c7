package io.gemoclap.model;

/**
 * In what numbers a model is held for inference. bfloat16 is not among them: the engine's binding
 * ends the process at it.
 */
public enum Precision {
  /** float32 throughout. */
  FP32,
  /**
   * float16 for matrices, kernels and tables and their products, half the memory; float32 for what
   * is summed over many values: norms, softmax over masked scores, and all vectors of weights.
   */
  FP16
}
