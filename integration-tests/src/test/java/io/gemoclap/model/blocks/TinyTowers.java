package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.audio.AudioEncoders;
import io.gemoclap.model.text.RobertaConfig;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The tiny WavLM and RoBERTa of the oracle scripts as two towers, for tests of other packages. */
public final class TinyTowers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TinyTowers() {}

  /**
   * Towers ready to be trained, without dropout and masks.
   *
   * @param golden the folder of golden files
   * @param heads projection heads and logit scales
   */
  public static TwoTowers load(
      NDManager manager, Path golden, Map<String, FloatTensor> heads, int dims) throws IOException {
    Path speech = golden.resolve("speech/wavlm-large");
    Path text = golden.resolve("text/roberta");
    ObjectNode speechConfig = calm(speech).put("apply_spec_augment", false).put("layerdrop", 0.0);
    TwoTowers towers =
        new TwoTowers(AudioEncoders.config(speechConfig), RobertaConfig.of(calm(text)), dims, 0);
    towers.initialize(manager, 1);
    restore(manager, towers, "audio.", Safetensors.read(speech.resolve("model.safetensors")));
    restore(manager, towers, "text.", Safetensors.read(text.resolve("model.safetensors")));
    restore(manager, towers, "", heads);
    return towers;
  }

  private static void restore(
      NDManager manager, TwoTowers towers, String prefix, Map<String, FloatTensor> weights) {
    weights.forEach((name, tensor) -> towers.restore(manager, Map.of(prefix + name, tensor)));
  }

  /** A config whose dropout rates are all zero. */
  private static ObjectNode calm(Path folder) throws IOException {
    byte[] file = Files.readAllBytes(folder.resolve("config.json"));
    ObjectNode json = (ObjectNode) JSON.readTree(file);
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (name.contains("dropout")) {
                json.put(name, 0.0);
              }
            });
    return json;
  }
}
