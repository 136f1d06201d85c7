package io.gemoclap.model.speech;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tiny speech encoders that {@code oracle/golden-speech.py} wrote. */
public final class SpeechFixtures {
  static final int CLIPS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SpeechFixtures() {}

  static Stream<String> kinds() {
    return SpeechFamily.names().stream()
        .flatMap(family -> Stream.of(family + "-base", family + "-large"));
  }

  public static Path golden(String name) {
    try {
      return Path.of(SpeechFixtures.class.getResource("/golden/speech/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static ObjectNode json(String kind) throws IOException {
    return (ObjectNode) JSON.readTree(Files.readAllBytes(golden(kind + "/config.json")));
  }

  /** An encoder with the weights of the reference. */
  public static SpeechEncoder encoder(NDManager manager, String kind) throws IOException {
    SpeechEncoder encoder = new SpeechEncoder(SpeechConfig.of(json(kind)));
    encoder.load(manager, Safetensors.read(golden(kind + "/model.safetensors")));
    return encoder;
  }

  static List<FeatureMatrix> clips() throws IOException {
    Map<String, FloatTensor> clips = Safetensors.read(golden("clips.safetensors"));
    return IntStream.range(0, CLIPS)
        .mapToObj(i -> clips.get("normalized." + i).values())
        .map(clip -> FeatureMatrix.of(clip.length, 1, clip))
        .toList();
  }
}
