package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.Exhaustive;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.speech.SpeechConfig;
import io.gemoclap.model.speech.SpeechEncoder;
import io.gemoclap.model.speech.SpeechFixtures;
import io.gemoclap.model.text.Parity;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.HuggingFaceFolder;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checkpoints in the variants that are in circulation give what transformers makes of them, or are
 * refused. {@code oracle/checkpoint-variants.py} wrote the answers of transformers.
 */
final class WeightVariantsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KINDS = "io.gemoclap.model.speech.SpeechFixtures#kinds";
  private static final String MASK = "masked_spec_embed";
  private static final String CONV = "encoder.pos_conv_embed.conv.";

  @TempDir private Path temp;
  private NDManager manager;
  private JsonNode golden;
  private EncoderFolder text;

  @BeforeEach
  void startsTheEngine() throws IOException {
    TorchEngine.start();
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    golden = JSON.readTree(Files.readAllBytes(SpeechFixtures.golden("../variants.json")));
    text = EncoderFolder.text(temp.resolve("text"));
  }

  @AfterEach
  void closesTheManager() {
    manager.close();
  }

  private EncoderFolder audio(String kind) throws IOException {
    Path folder = Files.createTempDirectory(temp, kind);
    EncoderFolder audio = EncoderFolder.copy("speech/" + kind, folder);
    return audio.withConfig(JSON.createObjectNode().put("use_weighted_layer_sum", false));
  }

  private PretrainedTowers open(EncoderFolder audio) throws IOException {
    return PretrainedTowers.open(audio.path(), text.path(), false);
  }

  private static float[] clip(String name) throws IOException {
    return Safetensors.read(SpeechFixtures.golden("clips.safetensors")).get(name).values();
  }

  /** The mean of the last hidden states that an import of the folder gives. */
  private float[] mean(EncoderFolder audio, float[] clip) throws IOException {
    JsonNode config = JSON.readTree(Files.readAllBytes(audio.file("config.json")));
    try (PretrainedTowers towers = open(audio);
        NDManager scope = manager.newSubManager();
        var off = Tensors.noGradient()) {
      SpeechEncoder encoder = new SpeechEncoder(SpeechConfig.of(config.deepCopy()));
      encoder.load(scope, towers.audioWeights());
      return encoder
          .forward(scope, List.of(FeatureMatrix.of(clip.length, 1, clip)), false)
          .toFloatArray();
    }
  }

  private float[] mean(EncoderFolder audio) throws IOException {
    return mean(audio, clip("normalized.0"));
  }

  private float[] unchanged(String kind) {
    return floats(golden.at("/config/" + kind + "/0/mean"));
  }

  private static float[] floats(JsonNode numbers) {
    return JSON.convertValue(numbers, float[].class);
  }

  private static double difference(float[] expected, float[] actual) {
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    return worst;
  }

  @Test
  void everyFieldOfOneConfigurationCountsAsInTransformers() throws IOException {
    assertEveryFieldCounts("wavlm-large");
  }

  @Exhaustive
  @ParameterizedTest
  @MethodSource(KINDS)
  void everyFieldOfEachConfigurationCountsAsInTransformers(String kind) throws IOException {
    assertEveryFieldCounts(kind);
  }

  private void assertEveryFieldCounts(String kind) throws IOException {
    List<String> wrong = new ArrayList<>();
    float[] clip = clip("normalized.0");
    for (JsonNode each : golden.path("config").path(kind)) {
      JsonNode change = each.path("change");
      EncoderFolder audio = audio(kind).withConfig(change);
      try {
        float[] actual = mean(audio, clip);
        if (each.path("mean").isNull()) {
          wrong.add(change + " is imported, though transformers cannot load it");
        } else if (!(difference(floats(each.path("mean")), actual) <= Parity.TOLERANCE)) {
          wrong.add(change + " differs");
        }
      } catch (IOException e) {
        // Tensors that transformers would ignore and activations that are not implemented.
        boolean meant =
            each.path("mean").isNull()
                || e.getMessage().contains("surplus")
                || e.getMessage().contains("supported: [gelu]");
        if (!meant) {
          wrong.add(change + " is refused: " + e.getMessage());
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void theFeatureExtractorsSettingsAreReadFromEveryFileThatTransformersReads() throws IOException {
    int refused = 0;
    for (JsonNode each : golden.path("processor")) {
      EncoderFolder audio =
          audio("wav2vec2-base")
              .withFile("processor_config.json", each.path("processor"))
              .withFile("preprocessor_config.json", each.path("preprocessor"));
      HuggingFaceFolder folder = HuggingFaceFolder.open(audio.path());
      if (each.path("sampling_rate").asInt() == 16_000) {
        boolean normalized = each.path("do_normalize").asBoolean();
        assertEquals(
            FeatureSpec.waveform(normalized), AudioInput.of(folder).features(), each::toString);
      } else {
        String message =
            assertThrows(IOException.class, () -> AudioInput.of(folder), each::toString)
                .getMessage();
        assertTrue(message.contains("asks for a sampling_rate of 8000 Hz"), message);
        refused++;
      }
    }
    assertTrue(refused > 5, "some folders ask for 8000 Hz");
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aClipThatIsNotNormalizedGivesTheMeanOfTransformers(String kind) throws IOException {
    EncoderFolder audio =
        audio(kind)
            .withFile(
                "processor_config.json",
                JSON.readTree("{\"feature_extractor\":{\"do_normalize\":false}}"));
    FeatureSpec features = AudioInput.of(HuggingFaceFolder.open(audio.path())).features();
    float[] input = features.extractor().extract(clip("raw.0")).values();
    assertArrayEquals(
        floats(golden.path("raw").path(kind)), mean(audio, input), (float) Parity.TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void whatOnlyTrainingUsesMayBeMissing(String kind) throws IOException {
    EncoderFolder audio = audio(kind);
    Map<String, FloatTensor> weights = audio.weights();
    FloatTensor mask = weights.remove(MASK);
    assertArrayEquals(unchanged(kind), mean(audio.withWeights(weights)), (float) Parity.TOLERANCE);
    try (PretrainedTowers first = open(audio);
        PretrainedTowers second = open(audio)) {
      float[] fresh = first.audioWeights().read(MASK).values();
      assertEquals(mask.values().length, fresh.length);
      assertArrayEquals(fresh, second.audioWeights().read(MASK).values());
      assertTrue(difference(new float[fresh.length], fresh) > 0.1, "a vector that training moves");
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void whatOnlyTrainingUsesIsLeftOut(String kind) throws IOException {
    EncoderFolder audio = audio(kind);
    Map<String, FloatTensor> weights = audio.weights();
    FloatTensor any = new FloatTensor(new float[6], new long[] {2, 3});
    for (String name :
        List.of(
            "quantizer.codevectors",
            "quantizer.weight_proj.weight",
            "project_q.weight",
            "project_hid.weight",
            "lm_head.weight",
            "pooler.dense.weight",
            "final_proj.weight",
            "label_embs_concat",
            "classifier.weight")) {
      weights.put(name, any);
    }
    assertArrayEquals(unchanged(kind), mean(audio.withWeights(weights)), (float) Parity.TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module.ssl_model.",
        "module.wav2vec2.",
        "wav2vec2.",
        "model.",
        "module.",
        "encoder.",
        "backbone.",
        "upstream.model.",
        "_orig_mod.module.",
        "a.b.c.d.e."
      })
  void theWeightsOfAModelAroundTheEncoderAreFound(String prefix) throws IOException {
    for (String kind :
        List.of("wav2vec2-base", "hubert-large", "wavlm-large", "data2vec-audio-base")) {
      EncoderFolder audio = audio(kind);
      Map<String, FloatTensor> weights = new LinkedHashMap<>();
      FloatTensor any = new FloatTensor(new float[6], new long[] {2, 3});
      weights.put("downstream.linear.weight", any);
      weights.put("module.classifier.0.weight", any);
      weights.put("loss.temperature", new FloatTensor(new float[1], new long[0]));
      audio.weights().forEach((name, tensor) -> weights.put(prefix + name, tensor));
      assertArrayEquals(
          unchanged(kind), mean(audio.withWeights(weights)), (float) Parity.TOLERANCE, kind);
    }
  }

  @ParameterizedTest
  @CsvSource({"student., teacher.", "'', ema.", "model.encoder., model.momentum_encoder."})
  void twoEncodersInOneFileAreRejected(String one, String other) throws IOException {
    EncoderFolder audio = audio("wav2vec2-base");
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    audio
        .weights()
        .forEach(
            (name, tensor) -> {
              weights.put(one + name, tensor);
              weights.put(other + name, tensor);
            });
    audio.withWeights(weights);
    String message = assertThrows(IOException.class, () -> open(audio)).getMessage();
    assertTrue(message.contains("contains the encoder 2 times"), message);
    assertTrue(message.contains("'" + one + "'") && message.contains("'" + other + "'"), message);
    assertTrue(message.contains("save") && message.contains("state_dict()"), message);
    assertTrue(message.length() < 600, message);
  }

  @Test
  void aWrapperOfAnotherEncoderIsRejectedInAShortSentence() throws IOException {
    EncoderFolder audio = audio("wav2vec2-base");
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    audio
        .weights()
        .forEach((name, tensor) -> weights.put("net." + name.replace("layers", "blocks"), tensor));
    audio.withWeights(weights);
    String message = assertThrows(IOException.class, () -> open(audio)).getMessage();
    assertTrue(message.contains("below 'net.'"), message);
    assertTrue(message.contains(" more"), message);
    assertTrue(message.length() < 1200, message);
  }

  private static FloatTensor folded(FloatTensor length, FloatTensor direction) {
    int kernel = length.values().length;
    float[] weight = direction.values().clone();
    for (int k = 0; k < kernel; k++) {
      double sum = 0;
      for (int i = k; i < weight.length; i += kernel) {
        sum += (double) weight[i] * weight[i];
      }
      for (int i = k; i < weight.length; i += kernel) {
        weight[i] *= (float) (length.values()[k] / Math.sqrt(sum));
      }
    }
    return new FloatTensor(weight, direction.shape());
  }

  @ParameterizedTest
  @ValueSource(strings = {"wav2vec2", "hubert", "wavlm"})
  void everySpellingOfWeightNormGivesTheSameVectors(String family) throws IOException {
    for (String kind : List.of(family + "-base", family + "-large")) {
      String parametrized = CONV + "parametrizations.weight.original";
      Map<String, FloatTensor> common = audio(kind).weights();
      FloatTensor length = common.remove(parametrized + "0");
      FloatTensor direction = common.remove(parametrized + "1");
      Map<String, Map<String, FloatTensor>> spellings =
          Map.of(
              "two factors, old names",
              Map.of(CONV + "weight_g", length, CONV + "weight_v", direction),
              "two factors, new names",
              Map.of(parametrized + "0", length, parametrized + "1", direction),
              "one weight",
              Map.of(CONV + "weight", folded(length, direction)));
      for (String prefix : List.of("", "module.", family + ".")) {
        for (Map.Entry<String, Map<String, FloatTensor>> spelling : spellings.entrySet()) {
          Map<String, FloatTensor> weights = new LinkedHashMap<>();
          common.forEach((name, tensor) -> weights.put(prefix + name, tensor));
          spelling.getValue().forEach((name, tensor) -> weights.put(prefix + name, tensor));
          assertArrayEquals(
              unchanged(kind),
              mean(audio(kind).withWeights(weights)),
              (float) Parity.TOLERANCE,
              kind + " with " + spelling.getKey() + " below '" + prefix + "'");
        }
      }
    }
  }

  @Test
  void aFoldedWeightMayHaveColumnsOfZeros() throws IOException {
    EncoderFolder audio = audio("wav2vec2-base");
    Map<String, FloatTensor> weights = audio.weights();
    String parametrized = CONV + "parametrizations.weight.original";
    FloatTensor length = weights.remove(parametrized + "0");
    FloatTensor direction = weights.remove(parametrized + "1");
    length.values()[2] = 0;
    weights.put(CONV + "weight", folded(length, direction));
    float[] folded = mean(audio.withWeights(weights));
    weights.remove(CONV + "weight");
    weights.put(parametrized + "0", length);
    weights.put(parametrized + "1", direction);
    assertArrayEquals(mean(audio.withWeights(weights)), folded, (float) Parity.TOLERANCE);
  }

  @Test
  void aTokenizersSettingsAreReadFromEveryFileThatTransformersReads() throws IOException {
    List<String> texts = List.of(JSON.convertValue(golden.path("texts"), String[].class));
    EncoderFolder audio = audio("wav2vec2-base");
    int number = 0;
    for (JsonNode each : golden.path("tokenizer")) {
      EncoderFolder text =
          EncoderFolder.text(temp.resolve("text" + number++))
              .withFile("tokenizer_config.json", each.path("config"));
      try (PretrainedTowers towers = PretrainedTowers.open(audio.path(), text.path(), false);
          TextTokenizer tokenizer = new TextTokenizer(towers.tokenizer(), 30, 1)) {
        for (int i = 0; i < texts.size(); i++) {
          long[] ids = JSON.convertValue(each.path("ids").path(i), long[].class);
          assertArrayEquals(ids, tokenizer.encode(List.of(texts.get(i))).ids(), each::toString);
        }
      }
    }
  }
}
