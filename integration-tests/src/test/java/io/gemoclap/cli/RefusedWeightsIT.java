package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.gemoclap.model.EncoderFolder;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.PretrainedTowers;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code import} cannot use it refuses in one short sentence, and leaves no bundle. */
final class RefusedWeightsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEIGHTS = "model.safetensors";
  private static final int SHORT = 1_000;

  @TempDir private Path temp;
  private EncoderFolder audio;
  private EncoderFolder text;
  private Path output;

  @BeforeEach
  void copiesTinyEncoders() throws IOException {
    audio = EncoderFolder.copy("speech/wav2vec2-base", temp.resolve("audio"));
    text = EncoderFolder.text(temp.resolve("text"));
    output = temp.resolve("bundle");
  }

  private Run imported() {
    return gemoclap(
        "import",
        "--audio=" + audio.path(),
        "--text=" + text.path(),
        "--output=" + output,
        "--dims=8");
  }

  /** What the command says. */
  private String refusal(String sentence) {
    Run run = imported();
    run.failsWith(1, sentence);
    assertFalse(Files.exists(output), "nothing may be left");
    return shortLine(run.err());
  }

  /** What {@link PretrainedTowers} says, which writes nothing: much faster than the command. */
  private String reason(String sentence) {
    String message =
        assertThrows(
                IOException.class,
                () -> PretrainedTowers.open(audio.path(), text.path(), false).close(),
                sentence)
            .getMessage();
    assertTrue(message.contains(sentence), message);
    return shortLine(message);
  }

  private static String shortLine(String message) {
    assertEquals(1, message.strip().lines().count(), message);
    assertTrue(message.length() < SHORT, message);
    return message;
  }

  private void opens() throws IOException {
    PretrainedTowers.open(audio.path(), text.path(), false).close();
  }

  /** Where each tensor's bytes begin in a safetensors file. */
  private static Map<String, Integer> offsets(byte[] file) throws IOException {
    int header = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    Map<String, Integer> offsets = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each :
        JSON.readTree(Arrays.copyOfRange(file, 8, 8 + header)).properties()) {
      if (each.getValue().has("data_offsets")) {
        offsets.put(each.getKey(), 8 + header + each.getValue().at("/data_offsets/1").asInt() - 4);
      }
    }
    return offsets;
  }

  @ParameterizedTest
  @CsvSource({"NaN, audio", "Infinity, audio", "NaN, text", "-Infinity, text"})
  void aWeightThatIsNotFiniteIsRejectedInWhicheverTensor(float value, String tower)
      throws IOException {
    Path file = (tower.equals("audio") ? audio : text).file(WEIGHTS);
    byte[] whole = Files.readAllBytes(file);
    Map<String, Integer> offsets = offsets(whole);
    assertTrue(offsets.size() > 30, "tensors: " + offsets.size());
    for (Map.Entry<String, Integer> each : offsets.entrySet()) {
      byte[] damaged = whole.clone();
      ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putFloat(each.getValue(), value);
      Files.write(file, damaged);
      reason(file + ": " + each.getKey() + " has a value that is not finite (" + value);
    }
    refusal(" has a value that is not finite (" + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio/model.safetensors", "text/model.safetensors", "heads.safetensors"})
  void aBundleWithAWeightThatIsNotFiniteIsRejected(String name) throws IOException {
    assertEquals(0, imported().status());
    Path file = output.resolve(name);
    Map<String, FloatTensor> weights = new LinkedHashMap<>(Safetensors.read(file));
    String tensor = weights.keySet().stream().reduce((a, b) -> b).orElseThrow();
    weights.get(tensor).values()[0] = Float.NaN;
    Safetensors.write(file, weights);
    Path manifest = output.resolve("gemoclap.json");
    ObjectNode json = (ObjectNode) JSON.readTree(Files.readAllBytes(manifest));
    ((ObjectNode) json.get("files"))
        .put(name, MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString());
    Files.write(manifest, JSON.writeValueAsBytes(json));
    gemoclap("doctor", output.toString())
        .failsWith(1, file + ": " + tensor + " has a value that is not finite (NaN");
  }

  @Test
  void aBundleThatGitCopiedWithoutItsWeightsIsNamedSo() throws IOException {
    assertEquals(0, imported().status());
    Path file = output.resolve("audio").resolve(WEIGHTS);
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 9\n");
    gemoclap("doctor", output.toString())
        .failsWith(1, "model.safetensors is a Git LFS pointer to 9 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1\\noid sha256:ab\\nsize 377611120\\n"
            + " | is a Git LFS pointer to 377611120 bytes, not the file itself; run 'git lfs pull'",
        "# xet version 0\\nfilesize = 12\\nhash = 'ab'\\n | is a Xet pointer to 12 bytes",
        "/annex/objects/MD5E-s12--ab\\n | is a git-annex pointer",
        "<!DOCTYPE html><html><body>Sign in</body></html> | is a web page or an XML message",
        "\\n <?xml version=\"1.0\"?><Error>AccessDenied</Error> | is a web page or an XML message",
        "Entry not found | is the text 'Entry not found', not a file of a model",
        "'' | is empty; download it again",
      })
  void whatAFailedDownloadLeavesIsNamed(String content, String sentence) throws IOException {
    Map<EncoderFolder, List<String>> files =
        Map.of(
            audio,
            List.of("config.json", WEIGHTS, "preprocessor_config.json", "processor_config.json"),
            text,
            List.of("config.json", WEIGHTS, "tokenizer.json", "tokenizer_config.json"));
    for (Map.Entry<EncoderFolder, List<String>> each : files.entrySet()) {
      for (String name : each.getValue()) {
        Path file = each.getKey().file(name);
        byte[] whole = Files.exists(file) ? Files.readAllBytes(file) : null;
        Files.writeString(file, content.replace("\\n", "\n"));
        reason(file + " " + sentence);
        Files.delete(file);
        if (whole != null) {
          Files.write(file, whole);
        }
      }
    }
    opens();
    Files.writeString(audio.file(WEIGHTS), content.replace("\\n", "\n"));
    refusal(sentence);
  }

  @Test
  void aDownloadThatEndedEarlyIsNamed() throws IOException {
    for (EncoderFolder folder : List.of(audio, text)) {
      List<String> names = new ArrayList<>(List.of("config.json", WEIGHTS));
      names.addAll(folder == text ? List.of("tokenizer.json") : List.of());
      for (String name : names) {
        byte[] whole = Files.readAllBytes(folder.file(name));
        for (int length : new int[] {1, 9, whole.length / 3, whole.length - 2}) {
          Files.write(folder.file(name), Arrays.copyOf(whole, length));
          reason(folder.file(name).toString());
        }
        Files.write(folder.file(name), whole);
      }
    }
  }

  @Test
  void anAdapterIsToBeMergedIntoItsBaseModel() throws IOException {
    audio.withFile(
        "adapter_config.json",
        JSON.readTree(
            "{\"peft_type\":\"LORA\",\"base_model_name_or_path\":\"facebook/wav2vec2-base\"}"));
    String sentence =
        "contains a LORA adapter (adapter_config.json), not a model; merge it into its base model"
            + " 'facebook/wav2vec2-base' first, in Python:";
    assertTrue(refusal(sentence).contains(".merge_and_unload().save_pretrained("));
    Files.delete(audio.file(WEIGHTS));
    Files.delete(audio.file("config.json"));
    Files.writeString(audio.file("adapter_model.safetensors"), "weights");
    refusal(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tf_model.h5 | it contains TensorFlow weights ('tf_model.h5'): convert it in Python",
        "saved_model.pb | it contains TensorFlow weights",
        "flax_model.msgpack | it contains Flax weights ('flax_model.msgpack'): convert it",
        "wav2vec2-q4.gguf | it contains weights in GGUF ('wav2vec2-q4.gguf'): download the model"
            + " that",
        "model.onnx | it contains an ONNX graph ('model.onnx'): download the PyTorch model",
        "openvino_model.xml | it contains an OpenVINO graph",
        "encoder.nemo | it contains a NeMo archive",
        "zero_to_fp32.py | it contains a DeepSpeed checkpoint",
        "__0_0.distcp | it contains a distributed checkpoint",
        "trainer_state.json | it contains the state of a training run without its model",
        "optimizer.pt | it contains the state of a training run without its model",
        "wav2vec_small.pth | it contains a PyTorch file with another name ('wav2vec_small.pth'):"
            + " if",
        "model.fp16.safetensors | it contains safetensors with another name",
      })
  void aFolderInAnotherFormIsNamedForWhatItIs(String name, String sentence) throws IOException {
    Files.delete(audio.file(WEIGHTS));
    Files.writeString(audio.file(name), "content");
    reason("has no weights; looked for model.safetensors, model.safetensors.index.json,");
    reason(sentence);
    Files.delete(audio.file("config.json"));
    reason("is not a Hugging Face model: it has no config.json; " + sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint-500", "snapshots/0a1b2c", "0_Transformer"})
  void aFolderAroundAModelNamesTheModelInside(String inside) throws IOException {
    EncoderFolder.copy("speech/wav2vec2-base", audio.file(inside));
    Files.delete(audio.file("config.json"));
    reason("the folder '" + inside + "' inside it has one, so name that");
    EncoderFolder.copy("speech/wav2vec2-base", audio.file("checkpoint-1000"));
    assertTrue(reason("the folder (one of ").contains("'checkpoint-1000'"));
  }

  @Test
  void aTrainersCheckpointIsAnOrdinaryModel() throws IOException {
    for (String name : List.of("optimizer.pt", "trainer_state.json", "rng_state.pth")) {
      Files.writeString(audio.file(name), "{}");
    }
    opens();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a [x] *", "{b,c}?%20#", "[1-9]"})
  void foldersMayHaveAnyName(String name) throws IOException {
    audio = EncoderFolder.copy("speech/wav2vec2-base", temp.resolve(name).resolve("audio"));
    text = EncoderFolder.text(temp.resolve(name).resolve("text"));
    output = temp.resolve(name).resolve(name);
    Run run = imported();
    assertEquals(0, run.status(), run.err());
    assertEquals("wav2vec2", ModelBundle.open(output).manifest().audioEncoder());
  }
}
