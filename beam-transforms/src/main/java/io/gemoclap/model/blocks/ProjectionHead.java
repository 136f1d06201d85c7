package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Linear, ReLU, Linear, Euclidean unit length: a tower's vector (N, in) to the shared space (N, d).
 * One for each tower (GEmo-CLAP, arXiv 2306.07848).
 *
 * @hidden
 */
@Internal
public final class ProjectionHead extends NamedBlock {
  private final Linear first;
  private final Linear second;
  private final double dropout;

  public ProjectionHead(int in, int dims, double dropout) {
    first = child("0", new Linear(in, dims, Start.FAN_IN));
    second = child("2", new Linear(dims, dims, Start.FAN_IN));
    this.dropout = dropout;
  }

  public NDArray forward(NDArray x, boolean training) {
    NDArray hidden = Tensors.dropout(Tensors.relu(first.forward(x)), dropout, training);
    return Tensors.unit(second.forward(hidden));
  }
}
