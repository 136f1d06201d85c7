package io.gemoclap.training.fit;

import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.training.augment.SpecAugment;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.nio.file.Path;

/** Where the towers of a training come from. Immutable. */
public sealed interface Initialization permits FromScratch, FromBundle {

  /**
   * Towers before the first step.
   *
   * @param towers all parameters set
   * @param specAugment masks of the features, or null where the audio tower masks by itself
   */
  record Initial(TwoTowers towers, SpecAugment specAugment) {}

  /**
   * Makes the towers; equal arguments give equal weights.
   *
   * @param manager owns the weights
   * @param examples what will be learned from
   */
  Initial initial(NDManager manager, TrainConfig config, Examples examples) throws IOException;

  /** A tokenizer for the text tower, to be closed by the caller. */
  TextTokenizer tokenizer() throws IOException;

  /** Kind of the audio encoder. */
  String audioEncoder(TrainConfig config);

  /** Kind of the text encoder. */
  String textEncoder();

  /** Size of the shared space. */
  int dims(TrainConfig config);

  /** Licence of the weights that come out. */
  String licence();

  /**
   * Writes trained towers as a bundle.
   *
   * @param folder empty or absent
   * @param clip features of a short clip for the known answer
   */
  ModelBundle write(
      Path folder,
      TwoTowers towers,
      TrainConfig config,
      ModelManifest manifest,
      FeatureMatrix clip,
      String modelCard)
      throws IOException;
}
