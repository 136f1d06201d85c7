package io.gemoclap.score;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.SharedModels;
import io.gemoclap.model.SpeechParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/**
 * How much speech sounds as a sentence says: the cosine of an embedding and the sentence's text
 * vector, from -1 to 1. For a function of Beam SQL or a {@code DoFn}, kept in a static field.
 *
 * <p>The vectors of the last {@value #KEPT} sentences are kept. A new sentence takes the model that
 * the JVM has loaded, or loads it and frees it again. Thread-safe.
 */
public final class PromptSimilarity {
  private static final int KEPT = 1_000;

  private final BundleRef bundle;
  private final int speechDims;
  private final int textDims;
  private final Cache<String, float[]> sentences =
      CacheBuilder.newBuilder().maximumSize(KEPT).build();

  private PromptSimilarity(BundleRef bundle, ModelManifest manifest) {
    this.bundle = bundle;
    speechDims = manifest.speechDims();
    textDims = manifest.dims();
  }

  /**
   * Compares with sentences as a bundle embeds them.
   *
   * @param bundle URI of a bundle on any Beam file system, or {@link Bundles#BUNDLED}
   * @throws UncheckedIOException when there is no bundle
   */
  public static PromptSimilarity with(String bundle) {
    BundleRef resolved = Bundles.resolve(bundle);
    return new PromptSimilarity(resolved, Bundles.manifest(resolved));
  }

  /**
   * Compares an embedding with a sentence. Of a model with a voice branch, only the part for
   * emotion counts.
   *
   * @param vector a unit vector of the same bundle, as in {@code SpeechEmbedding}
   * @param sentence as it is, without a template, for example {@code "tired and sad"}
   * @throws IllegalArgumentException if the vector has another size than those of the bundle
   * @throws UncheckedIOException when the bundle cannot be loaded
   */
  public double of(float[] vector, String sentence) {
    if (vector.length != speechDims) {
      throw new IllegalArgumentException(
          "The vector has %s dimensions, but those of the bundle %s have %s: compare vectors with the bundle that made them"
              .formatted(vector.length, bundle, speechDims));
    }
    float[] speech = SpeechParts.emotion(vector, textDims);
    float[] text = vectorOf(sentence);
    double cosine = 0;
    for (int d = 0; d < text.length; d++) {
      cosine += (double) speech[d] * text[d];
    }
    return cosine;
  }

  private float[] vectorOf(String sentence) {
    try {
      return sentences.get(sentence, () -> embed(sentence));
    } catch (ExecutionException e) {
      throw new UncheckedIOException((IOException) Objects.requireNonNull(e.getCause()));
    } catch (UncheckedExecutionException e) {
      throw (RuntimeException) Objects.requireNonNull(e.getCause());
    }
  }

  private float[] embed(String sentence) throws IOException {
    try (SharedModels.Lease lease = SharedModels.acquire(Bundles.open(bundle), false)) {
      return lease.model().embedText(List.of(sentence))[0];
    }
  }
}
