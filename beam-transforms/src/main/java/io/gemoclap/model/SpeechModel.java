package io.gemoclap.model;

import io.gemoclap.features.FeatureMatrix;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A loaded model: speech and sentences into one space of unit vectors. Transforms use a model only
 * through this interface, so that tests can give them one without native code. Implementations are
 * thread-safe.
 *
 * @hidden
 */
@Internal
public interface SpeechModel extends AutoCloseable {
  /**
   * Returns the unit vectors of segments, in their order.
   *
   * @param batch at least one matrix of the manifest's feature spec, each with at least one frame
   */
  float[][] embedSpeech(List<FeatureMatrix> batch);

  /** Returns the unit vectors of sentences, in their order; at least one sentence. */
  float[][] embedText(List<String> sentences);

  /** What the model is. */
  ModelManifest manifest();

  /** The bundle's id. */
  String id();

  /** Number of weights. */
  long parameters();

  /** Size of the weights in memory, in bytes. */
  long bytes();

  /** Frees the memory of the model, which cannot be used afterwards. */
  @Override
  void close();
}
