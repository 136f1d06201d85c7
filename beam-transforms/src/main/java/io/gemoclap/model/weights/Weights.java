package io.gemoclap.model.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Named tensors that are read one at a time, so that a large file of weights is never in the heap
 * whole. Names and shapes are known, and checked against the file, once it is open.
 *
 * <p>Not thread-safe. Closing closes the files below it.
 *
 * @hidden
 */
@Internal
public interface Weights extends AutoCloseable {

  /** Names of all tensors. */
  Set<String> names();

  /**
   * A tensor's dimensions, outermost first; empty for a scalar.
   *
   * @throws IllegalArgumentException for a name that is not among {@link #names()}
   */
  long[] shape(String name);

  /**
   * Reads one tensor, widened or rounded to float32.
   *
   * @throws IllegalArgumentException for a name that is not among {@link #names()}
   * @throws IOException naming file and tensor: it does not hold real numbers, one of them is not
   *     finite as float32, or it cannot be read
   */
  FloatTensor read(String name) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Opens a file of weights: {@code *.safetensors}, the index of shards {@code *.index.json}, or
   * else a PyTorch state dict.
   *
   * @throws IOException in one sentence that names the file and says what to do: it cannot be read,
   *     breaks its format, or holds anything else than tensors
   */
  static Weights open(Path file) throws IOException {
    Placeholder.refuse(file);
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(WeightShards.SUFFIX)) {
      return WeightShards.open(file);
    }
    return name.endsWith(".safetensors") ? SafetensorsFile.open(file) : StateDictFile.open(file);
  }

  /** Tensors in Java memory as a checkpoint. */
  static Weights of(Map<String, FloatTensor> tensors) {
    return new InMemoryWeights(tensors);
  }

  /**
   * Several checkpoints as one. Closing it closes them.
   *
   * @param parts by the prefix that each one's names get, such as {@code "audio."}; may be empty
   * @throws IllegalArgumentException when two tensors get the same name
   */
  static Weights join(Map<String, Weights> parts) {
    Map<String, LinkedWeights.Place> places = new LinkedHashMap<>();
    parts.forEach(
        (prefix, part) -> {
          for (String name : part.names()) {
            if (places.put(prefix + name, new LinkedWeights.Place(part, name)) != null) {
              throw new IllegalArgumentException("The tensor " + prefix + name + " occurs twice");
            }
          }
        });
    return new LinkedWeights(places, parts.values());
  }

  /**
   * A view of a checkpoint with one more tensor. Closing it closes the checkpoint.
   *
   * @param name not among the checkpoint's own
   */
  static Weights with(Weights checkpoint, String name, FloatTensor tensor) {
    Map<String, LinkedWeights.Place> places = new LinkedHashMap<>();
    checkpoint.names().forEach(own -> places.put(own, new LinkedWeights.Place(checkpoint, own)));
    places.put(name, new LinkedWeights.Place(of(Map.of(name, tensor)), name));
    return new LinkedWeights(places, List.of(checkpoint));
  }

  /** A view of a checkpoint without the tensors below some prefixes. Closing it closes both. */
  static Weights except(Weights checkpoint, String... prefixes) {
    Map<String, LinkedWeights.Place> places = new LinkedHashMap<>();
    for (String name : checkpoint.names()) {
      if (Arrays.stream(prefixes).noneMatch(name::startsWith)) {
        places.put(name, new LinkedWeights.Place(checkpoint, name));
      }
    }
    return new LinkedWeights(places, List.of(checkpoint));
  }

  /** Reads all tensors into Java memory. */
  default Map<String, FloatTensor> readAll() throws IOException {
    Map<String, FloatTensor> all = new LinkedHashMap<>();
    for (String name : names()) {
      all.put(name, read(name));
    }
    return all;
  }
}
