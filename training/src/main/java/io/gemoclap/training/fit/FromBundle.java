package io.gemoclap.training.fit;

import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.BundleWriter;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The towers of a bundle, to be fine-tuned: imported pretrained encoders with fresh heads, or a
 * model that was trained on another corpus. Features, dropout and masks are those of the bundle.
 *
 * @param bundle where they lie
 */
public record FromBundle(ModelBundle bundle) implements Initialization {

  @Override
  public Initial initial(NDManager manager, TrainConfig config, Examples examples)
      throws IOException {
    return new Initial(TwoTowers.of(manager, bundle), null);
  }

  @Override
  public TextTokenizer tokenizer() throws IOException {
    return bundle.tokenizer();
  }

  @Override
  public String audioEncoder(TrainConfig config) {
    return bundle.manifest().audioEncoder();
  }

  @Override
  public String textEncoder() {
    return bundle.manifest().textEncoder();
  }

  @Override
  public int dims(TrainConfig config) {
    return bundle.manifest().dims();
  }

  @Override
  public String licence() {
    return bundle.manifest().licence();
  }

  @Override
  public ModelBundle write(
      Path folder,
      TwoTowers towers,
      TrainConfig config,
      ModelManifest manifest,
      FeatureMatrix clip,
      String modelCard)
      throws IOException {
    return BundleWriter.write(folder, towers, bundle, manifest, clip, modelCard);
  }
}
