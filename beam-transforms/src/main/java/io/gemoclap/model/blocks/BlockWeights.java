package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Names;
import io.gemoclap.model.weights.Weights;
import java.util.Map;
import java.util.Set;

/** The weights of a block in memory, as a checkpoint; closing it does nothing. */
final class BlockWeights implements Weights {
  private final Map<String, Parameter> parameters;

  BlockWeights(NamedBlock block) {
    parameters = block.named();
  }

  @Override
  public Set<String> names() {
    return parameters.keySet();
  }

  @Override
  public long[] shape(String name) {
    return Names.require(parameters, name).getShape().getShape();
  }

  @Override
  public FloatTensor read(String name) {
    NDArray array = Names.require(parameters, name).getArray();
    return new FloatTensor(array.toFloatArray(), array.getShape().getShape());
  }

  @Override
  public void close() {}
}
