package io.gemoclap.model;

import io.gemoclap.features.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes trained towers as a bundle: weights, configs, tokenizer, model card, known answer. */
public final class BundleWriter {
  private BundleWriter() {}

  /**
   * Writes a bundle of the compact kind into a folder that is empty or does not exist.
   *
   * @param manifest what the bundle is; its file digests are filled in here
   * @param clip features of a short clip for the known answer
   * @param modelCard Markdown text for {@code README.md}
   * @return the bundle, opened and self-checked
   */
  public static ModelBundle write(
      Path folder,
      TwoTowers towers,
      AudioConfig audio,
      ByteLevelBpe bpe,
      ModelManifest manifest,
      FeatureMatrix clip,
      String modelCard)
      throws IOException {
    Files.createDirectories(folder.resolve("audio"));
    Files.createDirectories(folder.resolve("text"));
    Map<String, FloatTensor> weights = towers.snapshot();
    Safetensors.write(
        folder.resolve(ModelBundle.AUDIO_WEIGHTS), TwoTowers.below("audio.", weights));
    Safetensors.write(folder.resolve(ModelBundle.TEXT_WEIGHTS), TwoTowers.below("text.", weights));
    weights.keySet().removeIf(name -> name.startsWith("audio.") || name.startsWith("text."));
    Safetensors.write(folder.resolve(ModelBundle.HEADS), weights);
    ModelBundle.writeJson(folder.resolve(ModelBundle.AUDIO_CONFIG), audio);
    ModelBundle.writeJson(
        folder.resolve(ModelBundle.TEXT_CONFIG), RobertaConfig.tiny(bpe.vocabularySize()));
    Files.writeString(folder.resolve(ModelBundle.TOKENIZER), bpe.tokenizerJson());
    Files.writeString(folder.resolve("README.md"), modelCard);
    ModelBundle unchecked = ModelBundle.seal(folder, manifest);
    try (GEmoClap model = GEmoClap.load(unchecked)) {
      KnownAnswer answer = KnownAnswer.of(model, clip, manifest.labels().get(0));
      ModelBundle.writeJson(folder.resolve(ModelBundle.GOLDEN), answer);
    }
    return ModelBundle.seal(folder, manifest);
  }
}
