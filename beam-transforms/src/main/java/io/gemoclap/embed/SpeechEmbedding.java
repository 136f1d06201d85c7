package io.gemoclap.embed;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.model.Familiarity;
import io.gemoclap.model.SpeechParts;
import io.gemoclap.row.CoderRows;
import java.util.Arrays;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/**
 * Where a segment lies in the shared space of a model. Equal by content.
 *
 * @param ref which part of which recording
 * @param vector unit vector; shared, not copied, and not to be written to
 * @param model the bundle that made it: vectors of different bundles cannot be compared
 * @param outOfDomain how far the segment's features lie from those that the bundle was trained on,
 *     about 1 for familiar speech, at most 1000; -1 where the bundle has not measured it
 */
@DefaultCoder(SpeechEmbeddingCoder.class)
@DefaultSchema(CoderRows.class)
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below look at the content
public record SpeechEmbedding(SegmentRef ref, float[] vector, BundleRef model, double outOfDomain) {

  /** An embedding of unknown distance from the training data. */
  public SpeechEmbedding(SegmentRef ref, float[] vector, BundleRef model) {
    this(ref, vector, model, Familiarity.UNKNOWN);
  }

  /** Whether every component is a number; a vector that has one that is not means nothing. */
  public boolean isFinite() {
    for (float component : vector) {
      if (!Float.isFinite(component)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The part of the vector that tells emotion, as a unit vector. A model with a branch for the
   * voice has a second part for it; vectors of other models are returned as they are.
   *
   * @param dims size of the shared space: {@link io.gemoclap.model.ModelManifest#dims()}
   */
  public float[] emotion(int dims) {
    return SpeechParts.emotion(vector, dims);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpeechEmbedding that
        && ref.equals(that.ref)
        && Arrays.equals(vector, that.vector)
        && model.equals(that.model)
        && outOfDomain == that.outOfDomain;
  }

  @Override
  public int hashCode() {
    return 31 * ref.hashCode() + Arrays.hashCode(vector);
  }

  @Override
  public String toString() {
    return "SpeechEmbedding["
        + ref.id()
        + ", "
        + vector.length
        + " dimensions, "
        + model.id()
        + "]";
  }
}
