package io.gemoclap.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.text.ByteLevelBpe;
import io.gemoclap.model.text.RobertaConfig;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Writes trained towers as a bundle: weights, configs, tokenizer, model card, known answer.
 *
 * @hidden
 */
@Internal
public final class BundleWriter {
  private static final String MODEL_CARD = "README.md";

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
    return write(
        folder,
        towers.bundleWeights(),
        new BundleContent(
            audio,
            Optional.empty(),
            RobertaConfig.tiny(bpe.vocabularySize()),
            bpe.tokenizerJson(),
            manifest,
            clip,
            modelCard));
  }

  /**
   * Writes towers that were loaded from a bundle and trained on as their own bundle, into a folder
   * that is empty or does not exist.
   *
   * @param source gives configs and tokenizer, and a traced encoder if it has one
   * @param manifest what the bundle is; its file digests are filled in here
   * @param clip features of a short clip for the known answer
   * @param modelCard Markdown text for {@code README.md}
   * @return the bundle, opened and self-checked
   */
  public static ModelBundle write(
      Path folder,
      TwoTowers towers,
      ModelBundle source,
      ModelManifest manifest,
      FeatureMatrix clip,
      String modelCard)
      throws IOException {
    Path module = source.file(ModelBundle.AUDIO_MODULE);
    return write(
        folder,
        towers.bundleWeights(),
        new BundleContent(
            source.read(ModelBundle.AUDIO_CONFIG, JsonNode.class),
            Optional.of(module).filter(Files::exists),
            source.read(ModelBundle.TEXT_CONFIG, JsonNode.class),
            Files.readString(source.file(ModelBundle.TOKENIZER)),
            manifest,
            clip,
            modelCard));
  }

  /**
   * Writes a bundle into a folder that is empty or does not exist, one tensor at a time. The
   * weights stay open.
   *
   * @return the bundle, with the known answer of the model that was loaded from it
   * @throws IOException when a weight is not finite or the model does not work, too; then what was
   *     written is deleted, so that no half-written bundle is left
   */
  static ModelBundle write(Path folder, BundleWeights weights, BundleContent content)
      throws IOException {
    boolean existed = Files.exists(folder);
    try {
      return writeAll(folder, weights, content);
    } catch (IOException | RuntimeException | Error e) {
      delete(folder, existed, e);
      throw e;
    }
  }

  /**
   * Adds to a bundle what is known of its training data. The bundle gets another id.
   *
   * @param familiarity measures the distance of segments from it; null if it is not known
   * @param exemplars examples of it; null for none
   * @return the bundle, opened again
   */
  public static ModelBundle add(
      ModelBundle bundle, @Nullable Familiarity familiarity, @Nullable Exemplars exemplars)
      throws IOException {
    if (familiarity != null) {
      Safetensors.write(bundle.file(ModelBundle.FAMILIARITY), familiarity.tensors());
    }
    if (exemplars != null) {
      Safetensors.write(
          bundle.file(ModelBundle.EXEMPLARS), exemplars.tensors(bundle.manifest().labels()));
    }
    return ModelBundle.seal(bundle.folder(), bundle.manifest());
  }

  /**
   * Copies a bundle with another manifest and model card, such as after a calibration. The weights
   * are the same; the copy gets another id.
   *
   * @param folder empty, or does not exist
   * @param manifest its file digests are filled in here
   * @param addition Markdown text that is added to the model card
   * @return the copy, opened
   */
  public static ModelBundle copy(
      ModelBundle bundle, Path folder, ModelManifest manifest, String addition) throws IOException {
    for (String name : bundle.manifest().files().keySet()) {
      Path copy = folder.resolve(name);
      Files.createDirectories(copy.getParent());
      Files.copy(bundle.file(name), copy);
    }
    Path card = folder.resolve(MODEL_CARD);
    Files.writeString(card, Files.exists(card) ? Files.readString(card) + addition : addition);
    return ModelBundle.seal(folder, manifest);
  }

  private static void delete(Path folder, boolean keepEmpty, Throwable cause) {
    try {
      if (Files.isDirectory(folder)) {
        MoreFiles.deleteDirectoryContents(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        if (!keepEmpty) {
          Files.delete(folder);
        }
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static ModelBundle writeAll(Path folder, BundleWeights weights, BundleContent content)
      throws IOException {
    Files.createDirectories(folder.resolve("audio"));
    Files.createDirectories(folder.resolve("text"));
    Safetensors.write(folder.resolve(ModelBundle.AUDIO_WEIGHTS), weights.audio());
    Safetensors.write(folder.resolve(ModelBundle.TEXT_WEIGHTS), weights.text());
    Safetensors.write(folder.resolve(ModelBundle.HEADS), weights.heads());
    ModelBundle.writeJson(folder.resolve(ModelBundle.AUDIO_CONFIG), content.audioConfig());
    if (content.audioModule().isPresent()) {
      Files.copy(content.audioModule().get(), folder.resolve(ModelBundle.AUDIO_MODULE));
    }
    ModelBundle.writeJson(folder.resolve(ModelBundle.TEXT_CONFIG), content.textConfig());
    Files.writeString(folder.resolve(ModelBundle.TOKENIZER), content.tokenizerJson());
    Files.writeString(folder.resolve(MODEL_CARD), content.modelCard());
    ModelManifest manifest = content.manifest();
    try (GEmoClap model = GEmoClap.load(ModelBundle.seal(folder, manifest))) {
      KnownAnswer answer = KnownAnswer.of(model, content.clip(), manifest.labels().get(0));
      ModelBundle.writeJson(folder.resolve(ModelBundle.GOLDEN), answer);
    }
    return ModelBundle.seal(folder, manifest);
  }
}
