package io.gemoclap.training.adapt;

import io.gemoclap.features.FeatureMatrix;
import java.util.List;

/** A model that can be adapted, always from its parent's weights on. Not thread-safe. */
interface Learner {
  /** Takes the parent's weights again. */
  void reset();

  /** Takes the parent's weights, and adapts them to clips. */
  void fit(List<Clip> clips);

  /** ε<sub>a</sub> · cosine of each label, for each row of features, with the present weights. */
  double[][] logits(List<FeatureMatrix> features);
}
