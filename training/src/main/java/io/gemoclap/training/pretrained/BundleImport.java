package io.gemoclap.training.pretrained;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.ReferenceClip;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.PretrainedTowers;
import io.gemoclap.model.blocks.LogitScale;
import io.gemoclap.model.weights.HuggingFaceFolder;
import io.gemoclap.model.weights.Weights;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a bundle of an audio and a text encoder: with fresh heads to be trained, or with the heads,
 * calibration and prompts of another bundle. Not thread-safe.
 */
public final class BundleImport {
  /** The four classes of IEMOCAP that the field compares itself on. */
  public static final List<String> DEFAULT_LABELS =
      List.of("anger", "happiness", "neutral", "sadness");

  private static final String LICENCE = "as the imported models";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PretrainedTowers towers;
  private final Wordings wordings = Wordings.load();

  /**
   * Imports these towers, which stay open.
   *
   * @param towers checked already
   */
  public BundleImport(PretrainedTowers towers) {
    this.towers = towers;
  }

  /**
   * Writes a bundle with untrained heads.
   *
   * @param output empty or absent
   * @param labels default labels, at least one
   * @param dims size of the shared space
   * @param seed decides the heads
   */
  public ModelBundle withFreshHeads(Path output, List<String> labels, int dims, long seed)
      throws IOException {
    ModelManifest manifest =
        manifest("fresh, seed " + seed)
            .setDims(dims)
            .setLogitScaleAudio(LogitScale.START)
            .setLogitScaleText(LogitScale.START)
            .setLabels(labels)
            .setTemplates(wordings.defaultTemplates())
            .setGenderPrompts(wordings.genderPrompts(labels))
            .build();
    try (Weights heads = towers.freshHeads(dims, seed)) {
      return write(output, heads, manifest);
    }
  }

  /**
   * Writes a bundle with trained heads.
   *
   * @param output empty or absent
   * @param labels default labels, or null for those of {@code trained}
   * @param trained the bundle whose heads, temperatures and prompts are taken
   * @throws IOException when its heads do not fit the towers
   */
  public ModelBundle withHeadsOf(Path output, List<String> labels, ModelBundle trained)
      throws IOException {
    ModelManifest other = trained.manifest();
    ModelManifest manifest =
        manifest("of bundle " + trained.id())
            .setDims(other.dims())
            .setLogitScaleAudio(other.logitScaleAudio())
            .setLogitScaleText(other.logitScaleText())
            .setTemperature(other.temperature())
            .setGenderTemperature(other.genderTemperature())
            .setLabels(labels == null ? other.labels() : labels)
            .setTemplates(other.templates())
            .setGenderPrompts(
                labels == null ? other.genderPrompts() : wordings.genderPrompts(labels))
            .build();
    try (Weights heads = towers.headsOf(trained)) {
      return write(output, heads, manifest);
    }
  }

  /**
   * A manifest without what comes from the heads; {@code heads} says in words where they are from.
   */
  private ModelManifest.Builder manifest(String heads) throws IOException {
    return ModelManifest.builder()
        .setFeatureSpec(towers.input().features())
        .setNormalization(towers.input().normalization())
        .setAudioEncoder(towers.audio().modelType())
        .setTextEncoder(towers.text().modelType())
        .setProvenance(provenance(heads))
        .setLicence(LICENCE);
  }

  private ObjectNode provenance(String heads) throws IOException {
    ObjectNode provenance = JSON.createObjectNode();
    ObjectNode imported = provenance.putObject("imported");
    imported.set("audio", source(towers.audio()));
    imported.set("text", source(towers.text()));
    imported.put("heads", heads);
    return provenance;
  }

  private static ObjectNode source(HuggingFaceFolder folder) throws IOException {
    ObjectNode source = JSON.createObjectNode();
    source.put(
        "folder", String.valueOf(folder.folder().toAbsolutePath().normalize().getFileName()));
    source.put("model_type", folder.modelType());
    source.set("sha256", JSON.valueToTree(folder.digests()));
    return source;
  }

  private ModelBundle write(Path output, Weights heads, ModelManifest manifest) throws IOException {
    FeatureMatrix clip =
        ReferenceClip.features(manifest.featureSpec(), manifest.normalization(), 1);
    return towers.write(output, heads, manifest, clip, modelCard(manifest));
  }

  private static String modelCard(ModelManifest manifest) {
    return """
        # Model card: imported towers

        A %s speech encoder and a %s text encoder, joined by projection heads to %d dimensions.
        `gemoclap.json` names the imported files by digest and says where the heads come from.

        - **Heads:** %s. Untrained heads make every answer arbitrary: train first.
        - **Labels:** %s.
        - **Licence of the weights:** that of the imported models.

        Not for decisions about people: hiring, policing, credit, diagnosis, lie detection. How a
        voice sounds is not what a person feels.
        """
        .formatted(
            manifest.audioEncoder(),
            manifest.textEncoder(),
            manifest.dims(),
            manifest.provenance().at("/imported/heads").asText(),
            String.join(", ", manifest.labels()));
  }
}
