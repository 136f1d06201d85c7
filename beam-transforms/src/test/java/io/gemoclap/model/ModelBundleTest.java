package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that hold no weights, for nothing here parses them. */
final class ModelBundleTest {
  private static final List<String> REQUIRED =
      List.of(
          ModelBundle.AUDIO_CONFIG,
          ModelBundle.AUDIO_WEIGHTS,
          ModelBundle.TEXT_CONFIG,
          ModelBundle.TEXT_WEIGHTS,
          ModelBundle.TOKENIZER,
          ModelBundle.HEADS);

  private static final String NORMALIZATION =
      "\"normalization\" : {\"by\" : \"%s\", \"prior_weight\" : 8, \"means\" : [1.5],"
          + " \"deviations\" : [0.25]}, ";

  @TempDir private Path temp;
  private Path folder;

  private static ModelManifest manifest(double temperature) {
    return ModelManifest.builder()
        .setFeatureSpec(FeatureSpec.emotionFunctionals())
        .setAudioEncoder("functionals")
        .setTextEncoder("roberta")
        .setDims(128)
        .setLogitScaleAudio(14.3)
        .setLogitScaleText(14.3)
        .setTemperature(temperature)
        .setLabels(List.of("angry", "calm"))
        .setTemplates(List.of("a {} voice"))
        .setGenderPrompts(Map.of("female", List.of("a female voice")))
        .setLicence("Apache-2.0")
        .build();
  }

  @BeforeEach
  void sealsABundle() throws IOException {
    folder = temp.resolve("bundle");
    for (String name : REQUIRED) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), "content of " + name);
    }
    Files.writeString(folder.resolve("README.md"), "a secret");
    ModelBundle.seal(folder, manifest(1));
  }

  private String refusal() {
    String message = assertThrows(IOException.class, () -> ModelBundle.open(folder)).getMessage();
    assertTrue(message.contains(folder.toString()), message);
    return message;
  }

  private void edit(String from, String to) throws IOException {
    Path file = folder.resolve(ModelBundle.MANIFEST);
    String before = Files.readString(file);
    assertTrue(before.contains(from), before);
    Files.writeString(file, before.replace(from, to));
  }

  @Test
  void aSealedBundleOpensWithItsManifest() throws IOException {
    ModelManifest manifest = ModelBundle.open(folder).manifest();
    assertEquals(List.of("angry", "calm"), manifest.labels());
    assertEquals(FeatureSpec.emotionFunctionals(), manifest.featureSpec());
    assertTrue(manifest.files().keySet().containsAll(REQUIRED));
  }

  @Test
  void theIdIsTheDigestOfTheManifest() throws IOException {
    String before = ModelBundle.open(folder).id();
    assertEquals(16, before.length());
    assertEquals(before, ModelBundle.id(Files.readAllBytes(folder.resolve(ModelBundle.MANIFEST))));
    assertNotEquals(before, ModelBundle.seal(folder, manifest(2)).id());
  }

  @Test
  void aBundleWithoutNormalisationHasNoSuchField() throws IOException {
    String text = Files.readString(folder.resolve(ModelBundle.MANIFEST));
    assertFalse(text.contains("normalization"), text);
    assertNull(ModelBundle.open(folder).manifest().normalization());
  }

  @Test
  void aBundleKeepsItsNormalisation() throws IOException {
    edit("\"audio_encoder\"", NORMALIZATION.formatted("speaker") + "\"audio_encoder\"");
    NormalizationSpec read = ModelBundle.open(folder).manifest().normalization();
    assertEquals(
        new NormalizationSpec(Normalization.SPEAKER, 8, List.of(1.5f), List.of(0.25f)), read);

    ModelBundle sealed = ModelBundle.seal(folder, ModelBundle.open(folder).manifest());
    assertEquals(read, sealed.manifest().normalization());
  }

  @Test
  void anUnknownNormalisationIsRejected() throws IOException {
    edit("\"audio_encoder\"", NORMALIZATION.formatted("planet") + "\"audio_encoder\"");
    assertTrue(refusal().contains("planet"));
  }

  @Test
  void aFolderWithoutManifestIsNotABundle() throws IOException {
    Files.delete(folder.resolve(ModelBundle.MANIFEST));
    assertTrue(refusal().contains("is not a model bundle: it has no gemoclap.json"));
  }

  @Test
  void anUnknownFormatVersionIsRejectedWithARemedy() throws IOException {
    edit("\"format_version\" : 1", "\"format_version\" : 7");
    String message = refusal();
    assertTrue(message.contains("gemoclap.json"), message);
    assertTrue(message.contains("format version is 7"), message);
    assertTrue(message.contains("reads version 1; use the library version of the bundle"), message);
  }

  @Test
  void aChangedFileIsRejectedWithARemedy() throws IOException {
    Files.writeString(folder.resolve(ModelBundle.TOKENIZER), "{\"changed\": true}");
    String message = refusal();
    assertTrue(message.contains("damaged"), message);
    assertTrue(message.contains(ModelBundle.TOKENIZER), message);
    assertTrue(message.endsWith("copy the bundle again"), message);
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve(ModelBundle.HEADS));
    assertTrue(refusal().contains("lacks its file heads.safetensors"));
  }

  @Test
  void aFileThatTheManifestDoesNotVouchForIsRejected() throws IOException {
    String name = ModelBundle.HEADS;
    String digest = ModelBundle.open(folder).manifest().files().get(name);
    edit("\"" + name + "\" : \"" + digest + "\"", "\"heads.bak\" : \"" + digest + "\"");
    Files.move(folder.resolve(name), folder.resolve("heads.bak"));
    Files.writeString(folder.resolve(name), "smuggled in");
    assertTrue(refusal().contains("has no sha256 of " + name));
  }

  @Test
  void aFileOutsideTheBundleIsRejected() throws IOException {
    Files.writeString(temp.resolve("secret"), "a secret");
    for (String outside : List.of("../secret", "audio/../../secret", "/etc/hostname")) {
      ModelBundle.seal(folder, manifest(1));
      edit("\"README.md\"", "\"" + outside + "\"");
      assertTrue(refusal().contains("lists a file outside its folder: " + outside));
    }
  }

  @Test
  void aManifestThatIsNotAJsonObjectIsRejected() throws IOException {
    for (String content : List.of("", "{", "[]", "null", "{\"format_version\":1}", "{\"x\":1}")) {
      Files.writeString(folder.resolve(ModelBundle.MANIFEST), content);
      assertTrue(refusal().contains("cannot be used"), content);
    }
  }

  @Test
  void aTemperatureThatIsNotPositiveIsRejected() throws IOException {
    edit("\"temperature\" : 1.0", "\"temperature\" : 0.0");
    assertTrue(refusal().contains("temperatures must be positive"));
  }
}
