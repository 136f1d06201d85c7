package io.gemoclap.embed;

import io.gemoclap.audio.SegmentRef;
import java.util.Arrays;
import org.apache.beam.sdk.coders.DefaultCoder;

/**
 * Where a segment lies in the shared space of a model. Equal by content.
 *
 * @param ref which part of which recording
 * @param vector unit vector; shared, not copied, and not to be written to
 * @param modelId id of the bundle that made it: vectors of different bundles cannot be compared
 * @param bundle URI of that bundle
 */
@DefaultCoder(SpeechEmbeddingCoder.class)
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below look at the content
public record SpeechEmbedding(SegmentRef ref, float[] vector, String modelId, String bundle) {

  @Override
  public boolean equals(Object other) {
    return other instanceof SpeechEmbedding that
        && ref.equals(that.ref)
        && Arrays.equals(vector, that.vector)
        && modelId.equals(that.modelId)
        && bundle.equals(that.bundle);
  }

  @Override
  public int hashCode() {
    return 31 * ref.hashCode() + Arrays.hashCode(vector);
  }

  @Override
  public String toString() {
    return "SpeechEmbedding[" + ref.id() + ", " + vector.length + " dimensions, " + modelId + "]";
  }
}
