package io.gemoclap.model.weights;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** Tensors that are in the heap already. */
final class InMemoryWeights implements Weights {
  private final Map<String, FloatTensor> tensors;

  InMemoryWeights(Map<String, FloatTensor> tensors) {
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  @Override
  public Set<String> names() {
    return tensors.keySet();
  }

  @Override
  public long[] shape(String name) {
    return read(name).shape();
  }

  @Override
  public FloatTensor read(String name) {
    return Names.require(tensors, name);
  }

  @Override
  public void close() {}
}
