package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.Exhaustive;
import io.gemoclap.UntrainedBundle;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SelfCheck;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.GEmoClap;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles made of encoders' folders, and their examination. */
final class ImportAndDoctorIT {
  private static final List<String> SENTENCES = List.of("anger", "a calm voice", "怒");

  @TempDir private Path temp;
  @TempDir private Path elsewhere;
  private Path source;
  private Path audio;
  private Path text;
  private Path output;

  @BeforeEach
  void copiesTheEncodersOfABundle() throws IOException {
    source = UntrainedBundle.plain(elsewhere.resolve("source"));
    audio = source.resolve("audio");
    text = Files.createDirectories(temp.resolve("text"));
    for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
      Files.copy(source.resolve("text").resolve(name), text.resolve(name));
    }
    output = temp.resolve("bundle");
  }

  private Run imported(String... options) {
    List<String> all = new ArrayList<>(List.of("import", "--audio=" + audio, "--text=" + text));
    all.add("--output=" + output);
    all.addAll(List.of(options));
    return gemoclap(all.toArray(String[]::new));
  }

  private ModelBundle bundle(String... options) throws IOException {
    Run run = imported(options);
    assertEquals(0, run.status(), run.err());
    return ModelBundle.open(output);
  }

  private static float[][] vectors(ModelBundle bundle) throws IOException {
    try (GEmoClap model = GEmoClap.load(bundle)) {
      return model.embedText(SENTENCES);
    }
  }

  private void edit(Path file, String from, String to) throws IOException {
    String before = Files.readString(file);
    assertTrue(before.contains(from), before);
    Files.writeString(file, before.replace(from, to));
  }

  private void refuses(String sentence) {
    imported().failsWith(1, sentence);
    assertFalse(Files.exists(output), "nothing may be written before all is known to fit");
  }

  @Test
  void newHeadsUseTheGivenEncoders() throws IOException {
    ModelManifest manifest = bundle("--dims=32").manifest();

    assertEquals(32, manifest.dims());
    assertEquals(List.of("anger", "happiness", "neutral", "sadness"), manifest.labels());
    assertEquals(List.of("functionals", "roberta"), kinds(manifest));
    assertEquals(1 / 0.07, manifest.logitScaleAudio(), 1e-9);
    assertEquals(
        ModelBundle.open(source).manifest().files().get("text/model.safetensors"),
        manifest.provenance().at("/imported/text/sha256/model.safetensors").asText());
    Map<String, FloatTensor> before = Safetensors.read(text.resolve("model.safetensors"));
    Map<String, FloatTensor> after = Safetensors.read(output.resolve("text/model.safetensors"));
    assertEquals(before.keySet(), after.keySet());
    before.forEach((name, t) -> assertArrayEquals(t.values(), after.get(name).values(), name));
  }

  private static List<String> kinds(ModelManifest manifest) {
    return List.of(manifest.audioEncoder(), manifest.textEncoder());
  }

  @Test
  void theSeedDecidesFreshHeads() throws IOException {
    String one = bundle("--dims=8", "--labels=calm,angry").id();
    assertEquals(List.of("calm", "angry"), ModelBundle.open(output).manifest().labels());
    assertEquals(one, bundle("--dims=8", "--labels=calm,angry", "--overwrite").id());
    assertNotEquals(one, bundle("--dims=8", "--labels=calm,angry", "--overwrite", "--seed=2").id());
  }

  @Test
  void theHeadsOfABundleOnItsOwnEncodersGiveItsOwnVectors() throws IOException {
    ModelBundle same = bundle("--heads=" + source);

    ModelManifest expected = ModelBundle.open(source).manifest();
    assertEquals(expected.labels(), same.manifest().labels());
    assertEquals(expected.temperature(), same.manifest().temperature());
    assertEquals(expected.genderPrompts(), same.manifest().genderPrompts());
    assertArrayEquals(vectors(ModelBundle.open(source)), vectors(same));
  }

  private static Path golden(String name) {
    return Path.of("integration-tests", "src", "test", "resources", "golden", name)
        .toAbsolutePath();
  }

  @Test
  void aPretrainedEncoderBecomesABundleThatWorks() throws IOException {
    becomesABundleThatWorks("speech/wav2vec2-base", "wav2vec2", "xlm-roberta");
  }

  @Exhaustive
  @ParameterizedTest
  @CsvSource({
    "speech/hubert-large, hubert, roberta",
    "speech/wavlm-large, wavlm, roberta",
    "speech/data2vec-audio-base, data2vec-audio, xlm-roberta",
    "torchscript, torchscript, roberta",
  })
  void everyPretrainedEncoderBecomesABundleThatWorks(
      String speech, String audioKind, String textKind) throws IOException {
    becomesABundleThatWorks(speech, audioKind, textKind);
  }

  private void becomesABundleThatWorks(String speech, String audioKind, String textKind)
      throws IOException {
    audio = golden(speech);
    edit(text.resolve("config.json"), "\"roberta\"", "\"" + textKind + "\"");
    ModelBundle bundle = bundle("--dims=24");
    assertEquals(List.of(audioKind, textKind), kinds(bundle.manifest()));
    assertEquals(1, bundle.manifest().featureSpec().extractor().dims());
    Run run = gemoclap("doctor", output.toString(), "--seconds=0");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("self-check    passed"), run.out());
  }

  @Test
  void theLayersAreMixedOnRequest() throws IOException {
    audio = golden("speech/wavlm-large");
    bundle("--dims=8", "--weighted-layers");
    FloatTensor weights =
        Safetensors.read(output.resolve("audio/model.safetensors")).get("layer_weights");
    assertArrayEquals(new float[weights.values().length], weights.values());
    String config = Files.readString(output.resolve("audio/config.json"));
    assertTrue(config.contains("\"use_weighted_layer_sum\" : true"), config);
    try (GEmoClap model = GEmoClap.load(ModelBundle.open(output))) {
      SelfCheck.run(model);
    }

    audio = source.resolve("audio");
    imported("--weighted-layers", "--overwrite").failsWith(1, "whose layers cannot be weighted");
  }

  @Test
  void thePreprocessorDecidesHowWaveformsAreGiven() throws IOException {
    Path copy = Files.createDirectories(temp.resolve("wavlm"));
    for (String name : List.of("config.json", "model.safetensors")) {
      Files.copy(golden("speech/wavlm-base").resolve(name), copy.resolve(name));
    }
    audio = copy;
    assertEquals(FeatureSpec.waveform(true), bundle("--dims=8").manifest().featureSpec());
    Path settings = copy.resolve("preprocessor_config.json");
    Files.writeString(settings, "{\"do_normalize\": false, \"sampling_rate\": 16000}");
    ModelManifest plain = bundle("--dims=8", "--overwrite").manifest();
    assertEquals(FeatureSpec.waveform(false), plain.featureSpec());
    Files.writeString(settings, "{\"sampling_rate\": 8000}");
    imported("--overwrite").failsWith(1, "asks for a sampling_rate of 8000 Hz; only encoders of");
  }

  @Test
  void aTaskModelsPrefixAndHeadsMakeNoDifference() throws IOException {
    Map<String, FloatTensor> task = new LinkedHashMap<>();
    Safetensors.read(text.resolve("model.safetensors"))
        .forEach((name, tensor) -> task.put("roberta." + name, tensor));
    task.put("lm_head.bias", new FloatTensor(new float[3], new long[] {3}));
    Safetensors.write(text.resolve("model.safetensors"), task);

    assertArrayEquals(vectors(ModelBundle.open(source)), vectors(bundle("--heads=" + source)));
  }

  @Test
  void whatIsThereIsKeptUnlessOverwriteIsGiven() throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve("letter.txt"), "Dear Sir or Madam");
    imported().failsWith(2, "is not empty; choose another or add --overwrite");
    assertTrue(Files.exists(output.resolve("letter.txt")));
  }

  @Test
  void theOutputMayNotHoldItsSources() throws IOException {
    gemoclap("import", "--audio=" + audio, "--text=" + text, "--output=" + temp, "--overwrite")
        .failsWith(2, "holds '" + text + "'; choose another output");
    assertTrue(Files.exists(text.resolve("config.json")));
    String id = bundle("--dims=8").id();
    imported("--heads=" + output, "--overwrite").failsWith(2, "choose another output");
    assertEquals(id, ModelBundle.open(output).id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--heads=bundled --dims=8 | --heads sets size and weights of the heads; remove --dims",
        "--dims=0 | --dims must be at least 1, not 0",
        "--labels=a,,b | --labels has an empty label",
      })
  void contradictionsAreWrongUsage(String options, String sentence) {
    imported(options.split(" ", -1)).failsWith(2, sentence);
  }

  @Test
  void anUnknownFamilyIsNamedWithTheKnownOnes() throws IOException {
    edit(text.resolve("config.json"), "\"roberta\"", "\"bert\"");
    refuses("is of the family 'bert', which cannot be imported; supported: roberta, xlm-roberta");
    audio = text;
    refuses("is of the family 'bert', which cannot be imported; supported: functionals,");
  }

  @Test
  void aTokenizerOfAnotherModelIsRejected() throws IOException {
    Path config = text.resolve("config.json");
    int size = new ObjectMapper().readTree(config.toFile()).get("vocab_size").asInt();
    edit(config, "\"vocab_size\" : " + size, "\"vocab_size\" : " + (size - 1));
    refuses(
        "gives ids up to %s, but the vocab_size of its config.json is %s; take the tokenizer"
            .formatted(size - 1, size - 1));
  }

  @Test
  void tensorsThatDoNotFitAreNamed() throws IOException {
    edit(
        text.resolve("config.json"),
        "\"num_hidden_layers\" : 2,",
        "\"num_hidden_layers\" : 1, \"position_embedding_type\" : \"absolute\",");
    edit(text.resolve("config.json"), "\"intermediate_size\" : 192", "\"intermediate_size\" : 8");
    Run run = imported();
    run.failsWith(1, "'" + text + "' cannot be used: The weights do not fit");
    assertTrue(run.err().contains("encoder.layer.0.output.dense.weight is (96, 192)"), run.err());
    assertTrue(run.err().contains("surplus encoder.layer.1.attention.output.LayerNorm"), run.err());
    assertTrue(run.err().contains(" and 11 more"), run.err());
  }

  @Test
  void aTruncatedFileIsNamed() throws IOException {
    Path weights = text.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(whole, whole.length / 2));
    refuses(weights + " is not a valid safetensors file");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Files.delete(text.resolve("tokenizer.json"));
    refuses("'" + text + "' has no tokenizer.json; download it too");
    Files.delete(text.resolve("model.safetensors"));
    refuses("'" + text + "' has no weights; looked for model.safetensors, ");
    audio = temp.resolve("nowhere");
    refuses("'" + audio + "' is not a folder; name one with config.json in it");
  }

  @Test
  void aCompactEncoderNeedsItsBundle() throws IOException {
    Path alone = Files.createDirectories(temp.resolve("alone").resolve("audio"));
    for (String name : List.of("config.json", "model.safetensors")) {
      Files.copy(audio.resolve(name), alone.resolve(name));
    }
    audio = alone;
    refuses("whose features only its bundle describes; name the audio folder inside of a bundle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"import", "doctor"})
  void theCommandsExplainThemselves(String name) {
    Run run = gemoclap(name, "--help");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("Usage: gemoclap " + name), run.out());
  }

  @Test
  void theDoctorFindsTheBundledModelWell() throws IOException {
    Run run = gemoclap("doctor", "--seconds=0");
    assertEquals(0, run.status(), run.err());
    String id = Bundles.resolve(Bundles.BUNDLED).id();
    for (String row :
        List.of(
            "bundle        " + id + " (bundled)",
            "encoders      functionals and roberta",
            "self-check    passed",
            "parameters    544,778",
            "labels        anger, boredom",
            "engine        PyTorch",
            "batches of 8 ",
            "Speed on this machine's CPU")) {
      assertTrue(run.out().contains(row), run.out());
    }
  }

  @Test
  void theDoctorNamesADamagedFile() throws IOException {
    bundle("--dims=8");
    Path weights = output.resolve("heads.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 3] ^= 1;
    Files.write(weights, bytes);
    Run run = gemoclap("doctor", output.toString());
    run.failsWith(1, "is damaged: the sha256 of heads.safetensors is ");
    assertTrue(run.err().contains("copy the bundle again"), run.err());
  }

  @Test
  void theDoctorNamesAFolderThatIsNotABundle() {
    gemoclap("doctor", text.toString())
        .failsWith(
            1, "is not a model bundle: it has no gemoclap.json; name the folder that has one");
  }
}
