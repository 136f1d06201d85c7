package io.gemoclap.examples;

import com.google.common.primitives.Floats;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.score.PromptSimilarity;
import java.util.List;
import org.apache.beam.sdk.extensions.sql.BeamSqlUdf;

/**
 * The function of {@link E10Sql}: how much a vector of the bundled model sounds like a sentence.
 */
public final class Similarity implements BeamSqlUdf {
  private static final PromptSimilarity BUNDLED = PromptSimilarity.with(Bundles.BUNDLED);

  /** The cosine, -1 to 1; called by the code that Beam SQL generates. */
  public static Double eval(List<Float> vector, String sentence) {
    return BUNDLED.of(Floats.toArray(vector), sentence);
  }
}
