package io.gemoclap.training.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.weights.FloatTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * AdamW (Loshchilov and Hutter 2019) over named parameters, with clipping by the norm of the whole
 * gradient. Matrices decay, vectors and scalars do not. Each parameter has the rate that its name
 * is given; at a rate of 0 it stays as it is, and its moments too.
 */
public final class AdamW implements AutoCloseable {
  private static final String MEAN = ".mean";
  private static final String VARIANCE = ".variance";

  private final NDManager manager;
  private final List<Slot> slots = new ArrayList<>();
  private final double decay;
  private final double clipNorm;

  private static final class Slot {
    private final String name;
    private final NDArray weight;
    private final NDArray mean;
    private final NDArray variance;
    private int updates;

    Slot(String name, NDArray weight, NDManager manager) {
      this.name = name;
      this.weight = weight;
      this.mean = manager.zeros(weight.getShape());
      this.variance = manager.zeros(weight.getShape());
    }
  }

  /**
   * An optimiser of those of the parameters that have gradients.
   *
   * @param decay what matrices lose in each step, as a factor of the learning rate
   * @param clipNorm greatest norm of the gradient
   */
  public AdamW(NDManager parent, Map<String, Parameter> parameters, double decay, double clipNorm) {
    this.manager = parent.newSubManager();
    this.decay = decay;
    this.clipNorm = clipNorm;
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            slots.add(new Slot(name, parameter.getArray(), manager));
          }
        });
  }

  /**
   * Applies the gradients of the last backward pass, and clears them.
   *
   * @param rates learning rate of each parameter, by name
   * @return the norm of the gradient before clipping
   */
  public double step(ToDoubleFunction<String> rates) {
    try (var off = Tensors.noGradient();
        NDManager scope = manager.newSubManager()) {
      List<NDArray> gradients = new ArrayList<>();
      double squares = 0;
      for (Slot slot : slots) {
        NDArray gradient = slot.weight.getGradient();
        gradient.attach(scope);
        gradients.add(gradient);
        if (rates.applyAsDouble(slot.name) != 0) {
          squares += gradient.mul(gradient).sum().getFloat();
        }
      }
      double norm = Math.sqrt(squares);
      NDArray factor = Tensors.full(scope, norm > clipNorm ? clipNorm / norm : 1);
      NDArray zero = Tensors.full(scope, 0);
      for (int i = 0; i < slots.size(); i++) {
        double rate = rates.applyAsDouble(slots.get(i).name);
        if (rate == 0) {
          gradients.get(i).muli(zero);
        } else {
          gradients.get(i).muli(factor);
          update(slots.get(i), gradients.get(i), rate);
        }
      }
      return norm;
    }
  }

  private void update(Slot slot, NDArray gradient, double rate) {
    slot.updates++;
    Tensors.adamW(
        slot.weight,
        gradient,
        slot.mean,
        slot.variance,
        slot.updates,
        rate,
        slot.weight.getShape().dimension() > 1 ? decay : 0);
  }

  /** A Java copy of the moments: two tensors for each parameter. */
  Map<String, FloatTensor> moments() {
    Map<String, FloatTensor> copy = new LinkedHashMap<>();
    for (Slot slot : slots) {
      copy.put(slot.name + MEAN, tensor(slot.mean));
      copy.put(slot.name + VARIANCE, tensor(slot.variance));
    }
    return copy;
  }

  private static FloatTensor tensor(NDArray array) {
    return new FloatTensor(array.toFloatArray(), array.getShape().getShape());
  }

  /** How often each parameter was updated. */
  Map<String, Integer> updates() {
    Map<String, Integer> copy = new LinkedHashMap<>();
    slots.forEach(slot -> copy.put(slot.name, slot.updates));
    return copy;
  }

  /** Goes on from where another optimiser over the same parameters stood. */
  void restore(Map<String, FloatTensor> moments, Map<String, Integer> updates) {
    for (Slot slot : slots) {
      Tensors.overwrite(slot.mean, moments.get(slot.name + MEAN));
      Tensors.overwrite(slot.variance, moments.get(slot.name + VARIANCE));
      slot.updates = updates.get(slot.name);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
