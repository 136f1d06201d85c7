package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.gemoclap.model.weights.Excerpt;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Names;
import io.gemoclap.model.weights.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A DJL block whose parameters carry the names that a Hugging Face checkpoint gives them.
 *
 * <p>Subclasses declare parameters and children in their constructor, and offer a typed forward
 * method. Not thread-safe while parameters are set; forward passes may run in several threads.
 *
 * @hidden
 */
@Internal
public abstract class NamedBlock extends AbstractBlock {

  /**
   * How a parameter is filled before training.
   *
   * @hidden
   */
  protected enum Start {
    ZEROS,
    ONES,
    /** Normal with standard deviation 0.02, as BERT's reference training does. */
    NORMAL,
    /** Uniform within [0, 1), as wav2vec 2.0 draws its vector for masked frames. */
    UNIFORM,
    /** Uniform within ±1/√fan-in, as PyTorch's linear and convolution layers do. */
    FAN_IN
  }

  /** A parameter, and how it is filled before training. */
  private record Declared(Parameter parameter, Start start) {}

  /** This block's own parameters by name. */
  private final Map<String, Declared> own = new LinkedHashMap<>();

  private final Set<String> optional = new HashSet<>();

  /** Children by checkpoint name; DJL's own list numbers them. */
  private final Map<String, NamedBlock> blocks = new LinkedHashMap<>();

  /** Declares a float32 parameter of this block. */
  protected final Parameter parameter(String name, Start start, long... shape) {
    Parameter parameter =
        addParameter(
            Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(shape))
                .optRequiresGrad(true)
                .build());
    own.put(name, new Declared(parameter, start));
    return parameter;
  }

  /**
   * Declares a float32 parameter that a checkpoint may lack, since inference does without it or it
   * may start afresh.
   */
  protected final Parameter optionalParameter(String name, Start start, long... shape) {
    optional.add(name);
    return parameter(name, start, shape);
  }

  /** Adds a child under a dotted name, for example {@code encoder.layer.0}. */
  protected final <B extends NamedBlock> B child(String name, B block) {
    blocks.put(name, block);
    return addChildBlock(name, block);
  }

  /** All parameters below this block by checkpoint name, in declaration order. */
  public final Map<String, Parameter> named() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    declared().forEach((name, declared) -> all.put(name, declared.parameter()));
    return all;
  }

  private Map<String, Declared> declared() {
    Map<String, Declared> all = new LinkedHashMap<>();
    collect("", all);
    return all;
  }

  private void collect(String prefix, Map<String, Declared> all) {
    own.forEach((name, declared) -> all.put(prefix + name, declared));
    blocks.forEach((name, block) -> block.collect(prefix + name + ".", all));
  }

  /** What a checkpoint lacks of this block's own optional parameters, as it starts in training. */
  public final Map<String, FloatTensor> freshOptional(Set<String> present) {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, FloatTensor> fresh = new TreeMap<>();
    own.forEach(
        (name, declared) -> {
          if (optional.contains(name) && !present.contains(name)) {
            Shape shape = declared.parameter().getShape();
            float[] values = fill(declared.start(), shape, random);
            fresh.put(name, new FloatTensor(values, shape.getShape()));
          }
        });
    return fresh;
  }

  /** Names of all parameters but this block's own optional ones. */
  public final Set<String> required() {
    Set<String> names = new TreeSet<>(named().keySet());
    names.removeAll(optional);
    return names;
  }

  /** Fills every parameter for training; equal seeds give equal weights on every machine. */
  public final void initialize(NDManager manager, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Declared each : declared().values()) {
      Parameter parameter = each.parameter();
      set(manager, parameter, fill(each.start(), parameter.getShape(), random));
    }
    named().values().stream()
        .filter(Parameter::requiresGradient)
        .forEach(parameter -> parameter.getArray().setRequiresGradient(true));
  }

  /**
   * Fills every parameter from a checkpoint, one tensor at a time, for inference: without
   * gradients. The checkpoint stays open.
   *
   * @throws IllegalArgumentException as {@link #check} does, before any value is read
   * @throws IOException when a tensor cannot be read
   */
  public final void load(NDManager manager, Weights checkpoint) throws IOException {
    check(checkpoint);
    for (Map.Entry<String, Parameter> each : named().entrySet()) {
      set(manager, each.getValue(), checkpoint.read(each.getKey()).values());
    }
  }

  /** The same from tensors that are in memory already. */
  public final void load(NDManager manager, Map<String, FloatTensor> tensors) {
    check(Weights.of(tensors));
    named()
        .forEach(
            (name, parameter) -> set(manager, parameter, Names.require(tensors, name).values()));
  }

  /**
   * Makes sure that a checkpoint holds exactly the tensors of this block, by name and shape.
   *
   * @throws IllegalArgumentException naming missing, misshapen and surplus tensors at once, the
   *     first few of each kind
   */
  public final void check(Weights checkpoint) {
    Map<String, Parameter> all = named();
    Set<String> missing = new TreeSet<>(all.keySet());
    missing.removeAll(checkpoint.names());
    Set<String> surplus = new TreeSet<>(checkpoint.names());
    surplus.removeAll(all.keySet());
    List<String> misshapen = new ArrayList<>();
    for (Map.Entry<String, Parameter> each : new TreeMap<>(all).entrySet()) {
      String name = each.getKey();
      Shape wanted = each.getValue().getShape();
      if (!missing.contains(name) && !Arrays.equals(wanted.getShape(), checkpoint.shape(name))) {
        misshapen.add(name + " is " + new Shape(checkpoint.shape(name)) + " instead of " + wanted);
      }
    }
    String problems =
        problem("missing ", missing) + problem("", misshapen) + problem("surplus ", surplus);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("The weights do not fit" + problems);
    }
  }

  private static String problem(String kind, Collection<String> names) {
    return names.isEmpty() ? "" : "; " + kind + Excerpt.names(names);
  }

  /**
   * Turns matrices, kernels and tables into float16, for inference alone. Vectors stay as they are,
   * and so do the factors of a normalised weight.
   */
  public final void halve() {
    named()
        .forEach(
            (name, parameter) -> {
              NDArray full = parameter.getArray();
              if (full.getShape().dimension() > 1 && !name.contains("parametrizations")) {
                NDArray half = Tensors.half(full);
                parameter.close();
                parameter.setShape(null);
                parameter.setArray(half);
              }
            });
  }

  /** Overwrites the parameters that {@code values} names, keeping everything else as it is. */
  public final void restore(NDManager manager, Map<String, FloatTensor> values) {
    Map<String, Parameter> all = named();
    values.forEach((name, tensor) -> set(manager, Names.require(all, name), tensor.values()));
  }

  /** A view of the parameters, ready to be written one at a time. */
  public final Weights weights() {
    return new BlockWeights(this);
  }

  /** A Java copy of every parameter. */
  public final Map<String, FloatTensor> snapshot() {
    return snapshot(named().keySet());
  }

  /** A Java copy of some parameters, by name. */
  public final Map<String, FloatTensor> snapshot(Collection<String> names) {
    BlockWeights weights = new BlockWeights(this);
    Map<String, FloatTensor> copy = new LinkedHashMap<>();
    names.forEach(name -> copy.put(name, weights.read(name)));
    return copy;
  }

  /** Says which parameters get gradients; those that never do, as constants, stay without. */
  public final void trainOnly(Collection<String> names) {
    named()
        .forEach(
            (name, parameter) -> {
              boolean trained = parameter.requiresGradient() && names.contains(name);
              if (trained != parameter.getArray().hasGradient()) {
                parameter.getArray().setRequiresGradient(trained);
              }
            });
  }

  private static void set(NDManager manager, Parameter parameter, float[] values) {
    NDArray array = Tensors.floats(manager, values, parameter.getShape().getShape());
    if (parameter.isInitialized()) {
      Tensors.assign(parameter.getArray(), array);
      array.close();
    } else {
      parameter.setShape(null);
      parameter.setArray(array);
    }
  }

  private static float[] fill(Start start, Shape shape, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(shape.size())];
    double bound = shape.dimension() < 2 ? 0 : 1 / Math.sqrt(shape.size() / (double) shape.get(0));
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (start) {
            case ZEROS -> 0;
            case ONES -> 1;
            case NORMAL -> (float) (0.02 * random.nextGaussian());
            case UNIFORM -> (float) random.nextDouble();
            case FAN_IN -> (float) ((2 * random.nextDouble() - 1) * bound);
          };
    }
    return values;
  }

  /** Blocks are called through their typed forward method; DJL's untyped protocol is not used. */
  @Override
  protected final NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      PairList<String, Object> params) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " is called through its typed forward method");
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputShapes) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " declares its parameter shapes itself");
  }
}
