package io.gemoclap.training.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.weights.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An exponential moving average of all weights (Polyak and Juditsky 1992): smoother than the
 * weights themselves. Early on it forgets faster, so that the random start does not linger.
 */
final class WeightAverage implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, Parameter> parameters;
  private final Map<String, NDArray> averages = new LinkedHashMap<>();
  private final double decay;

  WeightAverage(NDManager parent, Map<String, Parameter> parameters, double decay) {
    this.manager = parent.newSubManager();
    this.parameters = parameters;
    this.decay = decay;
    try (var off = Tensors.noGradient()) {
      parameters.forEach(
          (name, parameter) -> {
            NDArray copy = parameter.getArray().duplicate();
            copy.attach(manager);
            averages.put(name, copy);
          });
    }
  }

  /** Moves the average towards the weights; {@code step} counts from 1. */
  void add(int step) {
    double keep = Math.min(decay, (1.0 + step) / (10.0 + step));
    try (var off = Tensors.noGradient();
        NDManager scope = manager.newSubManager()) {
      NDArray old = Tensors.full(scope, keep);
      NDArray fresh = Tensors.full(scope, 1 - keep);
      averages.forEach(
          (name, average) -> {
            NDArray part = parameters.get(name).getArray().mul(fresh);
            part.attach(scope);
            average.muli(old).addi(part);
          });
    }
  }

  /** A Java copy of the averaged weights. */
  Map<String, FloatTensor> snapshot() {
    Map<String, FloatTensor> copy = new LinkedHashMap<>();
    averages.forEach(
        (name, array) ->
            copy.put(name, new FloatTensor(array.toFloatArray(), array.getShape().getShape())));
    return copy;
  }

  /** Goes on from where another average stood. */
  void restore(Map<String, FloatTensor> values) {
    values.forEach((name, tensor) -> Tensors.overwrite(averages.get(name), tensor));
  }

  @Override
  public void close() {
    manager.close();
  }
}
