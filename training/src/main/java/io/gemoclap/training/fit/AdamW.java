package io.gemoclap.training.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.gemoclap.model.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * AdamW (Loshchilov and Hutter 2019) over named parameters, with clipping by the norm of the whole
 * gradient. Matrices decay, vectors and scalars do not; parameters below {@code text.} have a rate
 * of their own.
 */
final class AdamW implements AutoCloseable {
  private record Slot(
      NDArray weight, NDArray mean, NDArray variance, boolean decays, boolean text) {}

  private final NDManager manager;
  private final List<Slot> slots = new ArrayList<>();
  private final double decay;
  private final double clipNorm;
  private int step;

  AdamW(NDManager parent, Map<String, Parameter> parameters, double decay, double clipNorm) {
    this.manager = parent.newSubManager();
    this.decay = decay;
    this.clipNorm = clipNorm;
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            NDArray weight = parameter.getArray();
            slots.add(
                new Slot(
                    weight,
                    manager.zeros(weight.getShape()),
                    manager.zeros(weight.getShape()),
                    weight.getShape().dimension() > 1,
                    name.startsWith("text.")));
          }
        });
  }

  /** Applies the gradients of the last backward pass, and clears them. */
  void step(double rate, double textRate) {
    step++;
    try (var off = Tensors.noGradient();
        NDManager scope = manager.newSubManager()) {
      List<NDArray> gradients = new ArrayList<>();
      double squares = 0;
      for (Slot slot : slots) {
        NDArray gradient = slot.weight.getGradient();
        gradient.attach(scope);
        gradients.add(gradient);
        NDArray square = gradient.mul(gradient).sum();
        squares += square.getFloat();
      }
      double norm = Math.sqrt(squares);
      NDArray factor = Tensors.full(scope, norm > clipNorm ? clipNorm / norm : 1);
      for (int i = 0; i < slots.size(); i++) {
        Slot slot = slots.get(i);
        gradients.get(i).muli(factor);
        Tensors.adamW(
            slot.weight,
            gradients.get(i),
            slot.mean,
            slot.variance,
            step,
            slot.text ? textRate : rate,
            slot.decays ? decay : 0);
      }
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
