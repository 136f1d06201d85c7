package io.gemoclap.model.blocks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.gemoclap.model.weights.FloatTensor;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The only place that makes tensors and calls engine-level operations.
 *
 * <p>DJL tensors made from Java data, and the scalars hidden in {@code x.mul(2f)}, share a Java
 * buffer that lives only as long as their {@link NDArray}: when that is closed and collected before
 * {@code backward}, the CPU gradient is silently wrong. Everything made here owns native memory
 * instead, so differentiable code is safe as long as it takes its constants from this class and
 * never passes a {@link Number} to an {@link NDArray} operation.
 *
 * <p>By DJL's rule a result belongs to the manager of the <em>first</em> operand: pass the
 * activation first, the weight second. Stateless; safe from any thread.
 *
 * @hidden
 */
@Internal
public final class Tensors {
  private Tensors() {}

  /** A float32 tensor with a native copy of {@code values}. */
  public static NDArray floats(NDManager manager, float[] values, long... shape) {
    try (NDArray alias = manager.create(values, new Shape(shape))) {
      return alias.duplicate();
    }
  }

  /** An int64 tensor with a native copy of {@code values}. */
  public static NDArray longs(NDManager manager, long[] values, long... shape) {
    try (NDArray alias = manager.create(values, new Shape(shape))) {
      return alias.duplicate();
    }
  }

  /** A float32 tensor filled natively with one value; no dimensions make a scalar. */
  public static NDArray full(NDManager manager, double value, long... shape) {
    return manager.full(new Shape(shape), (float) value, DataType.FLOAT32);
  }

  /**
   * Overwrites a tensor's values natively. DJL's own {@code copyTo} would leave the target sharing
   * a Java buffer.
   */
  public static void assign(NDArray target, NDArray values) {
    try (var off = noGradient();
        NDManager scope = target.getManager().newSubManager();
        NDArray zero = full(scope, 0)) {
      target.muli(zero).addi(values);
    }
  }

  /** Overwrites a tensor's values natively with those of a Java tensor of the same shape. */
  public static void overwrite(NDArray target, FloatTensor values) {
    try (NDArray array = floats(target.getManager(), values.values(), values.shape())) {
      assign(target, array);
    }
  }

  /** {@code x · factor}, with the factor as a native scalar. */
  public static NDArray scale(NDArray x, double factor) {
    return x.mul(full(x.getManager(), factor));
  }

  /** {@code x + summand}, with the summand as a native scalar. */
  public static NDArray shift(NDArray x, double summand) {
    return x.add(full(x.getManager(), summand));
  }

  /** {@code x · weightᵀ + bias}: (…, in) to (…, out) for a weight of (out, in). */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return x.getNDArrayInternal()
        .linear(as(weight, x), weight, as(weight, bias))
        .singletonOrThrow();
  }

  /** Matrix product over the last two axes, in the precision of {@code b}. */
  static NDArray matMul(NDArray a, NDArray b) {
    return as(b, a).matMul(b);
  }

  /** {@code x} in the precision of {@code model}. */
  private static NDArray as(NDArray model, NDArray x) {
    return x.getDataType() == model.getDataType() ? x : x.toType(model.getDataType(), false);
  }

  /** A float16 copy. */
  static NDArray half(NDArray x) {
    return x.toType(DataType.FLOAT16, true);
  }

  /** The values of a tensor of either precision. */
  public static float[] values(NDArray x) {
    return (x.getDataType() == DataType.FLOAT32 ? x : x.toType(DataType.FLOAT32, false))
        .toFloatArray();
  }

  /**
   * One-dimensional convolution of (B, C, T) with a weight of (out, C / groups, k).
   *
   * @param bias (out), or null for none
   */
  public static NDArray conv1d(
      NDArray x, NDArray weight, @Nullable NDArray bias, Conv1d.Window window) {
    return x.getNDArrayInternal()
        .convolution(
            as(weight, x),
            weight,
            bias == null ? null : as(weight, bias),
            new Shape(window.stride()),
            new Shape(window.padding()),
            new Shape(window.dilation()),
            window.groups())
        .singletonOrThrow();
  }

  /** Layer normalisation over the last axis. */
  public static NDArray layerNorm(NDArray x, NDArray gain, NDArray bias, double epsilon) {
    return x.getNDArrayInternal()
        .layerNorm(as(gain, x), gain.getShape(), gain, bias, (float) epsilon)
        .singletonOrThrow();
  }

  /** Zero mean and unit variance over the last axis, without learned parameters. */
  public static NDArray standardize(NDArray x, double epsilon) {
    long size = x.getShape().get(x.getShape().dimension() - 1);
    return layerNorm(x, full(x.getManager(), 1, size), full(x.getManager(), 0, size), epsilon);
  }

  /** Rows of {@code table} (V, d) picked by int64 {@code indices} of any shape. */
  public static NDArray embedding(NDArray indices, NDArray table) {
    return indices
        .getNDArrayInternal()
        .embedding(indices, table, ai.djl.ndarray.types.SparseFormat.DENSE)
        .singletonOrThrow();
  }

  /** Rectified linear unit. */
  public static NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }

  /** Gaussian error linear unit in its exact (erf) form. */
  public static NDArray gelu(NDArray x) {
    return x.getNDArrayInternal().gelu();
  }

  /** Logistic sigmoid. */
  public static NDArray sigmoid(NDArray x) {
    return x.getNDArrayInternal().sigmoid();
  }

  /** Dropout; the identity unless {@code training}. */
  public static NDArray dropout(NDArray x, double rate, boolean training) {
    if (!training || rate == 0) {
      return x;
    }
    return x.getNDArrayInternal().dropout(x, (float) rate, true).singletonOrThrow();
  }

  /** {@code x} divided by its Euclidean length along the last axis. */
  public static NDArray unit(NDArray x) {
    NDArray squares = x.mul(x).sum(new int[] {-1}, true);
    return x.div(shift(squares, 1e-12).sqrt());
  }

  /** Columns {@code from} to {@code to}, exclusive, of a matrix. */
  public static NDArray columns(NDArray x, long from, long to) {
    return x.get(new NDIndex().addAllDim().addSliceDim(from, to));
  }

  /** Concatenation along an axis, which must not be negative. */
  public static NDArray concat(int axis, NDArray... parts) {
    NDArray first = parts[0];
    return parts.length == 1 ? first : first.getNDArrayInternal().concat(rest(parts), axis);
  }

  private static NDList rest(NDArray[] parts) {
    NDList rest = new NDList(parts.length - 1);
    for (int i = 1; i < parts.length; i++) {
      rest.add(parts[i]);
    }
    return rest;
  }

  /**
   * One bias-corrected step of AdamW on {@code weight} in place (Loshchilov and Hutter 2019,
   * decoupled decay). Clears the gradient. The moments are updated in place too.
   *
   * @param step the number of this step, from 1
   */
  public static void adamW(
      NDArray weight,
      NDArray gradient,
      NDArray mean,
      NDArray variance,
      int step,
      double rate,
      double decay) {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double correction2 = Math.sqrt(1 - Math.pow(beta2, step));
    double corrected = rate * correction2 / (1 - Math.pow(beta1, step));
    weight
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(weight, gradient, mean, variance),
            new NDList(weight),
            (float) rate,
            (float) corrected,
            (float) decay,
            1f,
            -1f,
            (float) beta1,
            (float) beta2,
            (float) (1e-8 * correction2),
            false,
            true);
  }

  /**
   * Runs a step and closes every tensor it made in this thread except its result, whoever's manager
   * they belong to. Gradients still flow: what they need, the engine keeps itself.
   */
  public static NDArray scoped(Supplier<NDArray> step) {
    NDArray result;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      result = step.get();
      NDScope.unregister(result);
    }
    NDScope.register(result);
    return result;
  }

  /**
   * Gives a GPU's memory that no tensor uses back to the device; PyTorch otherwise keeps it for
   * later tensors of this process. Does nothing for a CPU.
   */
  public static void releaseCache(Device device) {
    if (device.isGpu()) {
      JniUtils.emptyCudaCache();
    }
  }

  /**
   * A stream of random numbers for decisions made in Java, drawn from the engine's own: {@code
   * TorchEngine.seed} decides it as it decides dropout.
   */
  public static SplittableRandom random(NDManager manager) {
    try (NDArray drawn =
        manager.randomInteger(0, Integer.MAX_VALUE, new Shape(1), DataType.INT64)) {
      return new SplittableRandom(drawn.getLong());
    }
  }

  /** Turns gradient recording off in this thread until closed; DJL starts threads with it on. */
  public static NoGradient noGradient() {
    return new NoGradient(JniUtils.isGradMode());
  }

  /**
   * The scope that {@link #noGradient()} opens.
   *
   * @hidden
   */
  public static final class NoGradient implements AutoCloseable {
    private final boolean before;

    private NoGradient(boolean before) {
      this.before = before;
      JniUtils.setGradMode(false);
    }

    @Override
    public void close() {
      JniUtils.setGradMode(before);
    }
  }
}
