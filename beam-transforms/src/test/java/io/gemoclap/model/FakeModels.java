package io.gemoclap.model;

import ai.djl.Device;
import com.google.common.primitives.Floats;
import io.gemoclap.features.FeatureMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Models without native code. While it is open, every transform in this JVM gets them instead of
 * those that PyTorch runs. One test at a time.
 *
 * <p>A model embeds each matrix of {@link #matrix} as a unit vector whose direction depends on the
 * number and the model, and each sentence as one that depends on its characters.
 */
public final class FakeModels implements SharedModels.Loader, AutoCloseable {
  /** The model throws for a batch that contains it. */
  public static final int POISON = -1;

  /** The model returns a vector that is not finite for it. */
  public static final int NOT_A_NUMBER = -2;

  private static final float MARK = 12_345;
  private static final int SECONDS = 60;

  private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> loads = new ConcurrentHashMap<>();
  private final Map<String, String> unloadable = new ConcurrentHashMap<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private volatile boolean dead;
  private volatile CountDownLatch meeting = new CountDownLatch(0);

  private FakeModels() {}

  /** Replaces all models of this JVM. */
  public static FakeModels install() {
    FakeModels models = new FakeModels();
    SharedModels.loadWith(models);
    return models;
  }

  /** Features of one frame that {@link #batches} shows as their number. */
  public static FeatureMatrix matrix(int number, int dims) {
    float[] values = new float[dims];
    values[0] = number;
    values[1] = MARK;
    return FeatureMatrix.of(1, dims, values);
  }

  /** The batches that models were given, in their order; without engine checks. */
  public List<List<Integer>> batches() {
    return List.copyOf(batches);
  }

  /** How often the model of a bundle's id was loaded. */
  public int loads(String id) {
    return loads.getOrDefault(id, 0);
  }

  /** The most batches that were in the models at once. */
  public int mostAtOnce() {
    return most.get();
  }

  /** Lets loading the model of a bundle's id fail. */
  public void refuse(String id) {
    refuse(id, "The test refuses model " + id);
  }

  /** Lets loading the model of a bundle's id fail with a message. */
  public void refuse(String id, String message) {
    unloadable.put(id, message);
  }

  /** Lets loading the model of a bundle's id succeed again. */
  public void allow(String id) {
    unloadable.remove(id);
  }

  /** Lets every batch fail, as a broken GPU does. */
  public void die() {
    dead = true;
  }

  /** Keeps batches in the models until so many are there at once. */
  public void holdUntilTogether(int count) {
    meeting = new CountDownLatch(count);
  }

  @Override
  public void close() {
    SharedModels.loadWith(null);
  }

  @Override
  public Device device(boolean gpu) {
    return Device.cpu();
  }

  @Override
  public SpeechModel load(ModelBundle bundle, Device device, Precision precision)
      throws IOException {
    loads.merge(bundle.id(), 1, Integer::sum);
    String message = unloadable.get(bundle.id());
    if (message != null) {
      throw new IOException(message);
    }
    return new Model(bundle);
  }

  /** The vector that the model of an id gives a number. */
  public static float[] vector(String id, int number, int dims) {
    return direction(id.hashCode() * 31L + number, dims);
  }

  /** The vector that every model gives a sentence. */
  public static float[] vector(String sentence, int dims) {
    return direction(sentence.hashCode(), dims);
  }

  /** The vector of a segment that sounds like a sentence, with both halves if a model has two. */
  public static float[] sounding(String sentence, ModelManifest manifest) {
    float[] like = vector(sentence, manifest.dims());
    if (manifest.speechDims() == like.length) {
      return like;
    }
    float[] both = Floats.concat(like, like);
    for (int d = 0; d < both.length; d++) {
      both[d] *= (float) Math.sqrt(0.5);
    }
    return both;
  }

  private static float[] direction(long seed, int dims) {
    Random random = new Random(seed);
    float[] vector = new float[dims];
    double squares = 0;
    for (int d = 0; d < dims; d++) {
      vector[d] = (float) random.nextGaussian();
      squares += vector[d] * vector[d];
    }
    for (int d = 0; d < dims; d++) {
      vector[d] /= (float) Math.sqrt(squares);
    }
    return vector;
  }

  private final class Model implements SpeechModel {
    private final ModelBundle bundle;

    Model(ModelBundle bundle) {
      this.bundle = bundle;
    }

    @Override
    public float[][] embedSpeech(List<FeatureMatrix> batch) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      try {
        List<Integer> numbers = numbers(batch);
        if (!numbers.isEmpty()) {
          batches.add(numbers);
          meet();
        }
        if (dead || numbers.contains(POISON)) {
          throw new IllegalStateException("The fake engine fails");
        }
        float[][] vectors = new float[batch.size()][];
        for (int i = 0; i < vectors.length; i++) {
          int number = Math.round(batch.get(i).value(0, 0));
          vectors[i] = vector(id(), number, manifest().speechDims());
          if (number == NOT_A_NUMBER) {
            vectors[i][0] = Float.NaN;
          }
        }
        return vectors;
      } finally {
        inside.decrementAndGet();
      }
    }

    private List<Integer> numbers(List<FeatureMatrix> batch) {
      return batch.stream()
          .filter(matrix -> matrix.dims() > 1 && matrix.value(0, 1) == MARK)
          .map(matrix -> Math.round(matrix.value(0, 0)))
          .toList();
    }

    private void meet() {
      CountDownLatch others = meeting;
      others.countDown();
      try {
        if (!others.await(SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("No other batch came within a minute");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public float[][] embedText(List<String> sentences) {
      return sentences.stream()
          .map(sentence -> vector(sentence, manifest().dims()))
          .toArray(float[][]::new);
    }

    @Override
    public ModelManifest manifest() {
      return bundle.manifest();
    }

    @Override
    public String id() {
      return bundle.id();
    }

    @Override
    public long parameters() {
      return 0;
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
