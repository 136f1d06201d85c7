package io.gemoclap.training.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.blocks.TinyTowers;
import io.gemoclap.model.text.TokenBatch;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import io.gemoclap.training.objective.ContrastiveLoss;
import io.gemoclap.training.objective.Targets;
import io.gemoclap.training.objective.Variant;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Twenty steps against PyTorch; {@code oracle/golden-training.py} wrote the losses. */
final class TrainingParityIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double ALPHA = 0.8;
  private static final double RATE = 2e-3;
  private static final double DECAY = 0.05;
  private static final double CLIP_NORM = 1;
  private static final int DIMS = 16;

  private Path golden;
  private JsonNode report;
  private Map<String, FloatTensor> start;

  @BeforeEach
  void readsTheGoldenLosses() throws IOException, URISyntaxException {
    golden = Path.of(TrainingParityIT.class.getResource("/golden").toURI());
    report = JSON.readTree(Files.readAllBytes(golden.resolve("training/losses.json")));
    start = Safetensors.read(golden.resolve("training/start.safetensors"));
    TorchEngine.start();
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void lossesFollowThoseOfPyTorch(Variant variant) throws IOException {
    double[] expected =
        JSON.convertValue(report.path("losses").path(variant.name()), double[].class);
    assertEquals(20, expected.length);
    Map<String, FloatTensor> heads = new TreeMap<>(start);
    heads.keySet().removeIf(name -> Character.isDigit(name.charAt(0)));
    ContrastiveLoss objective = new ContrastiveLoss(variant, ALPHA, Targets.SOFTMAX);
    double worst = 0;
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      TwoTowers towers = TinyTowers.load(manager, golden, heads, DIMS);
      try (AdamW optimizer = new AdamW(manager, towers.named(), DECAY, CLIP_NORM)) {
        for (int step = 0; step < expected.length; step++) {
          double loss = backward(manager, towers, objective, step % report.path("emotions").size());
          optimizer.step(name -> RATE);
          worst = Math.max(worst, Math.abs(loss - expected[step]) / expected[step]);
        }
      }
    }
    System.out.printf("%s: max relative difference to PyTorch's loss %.1e%n", variant, worst);
    assertTrue(worst <= 1e-3, variant + " differs by " + worst);
  }

  private double backward(
      NDManager manager, TwoTowers towers, ContrastiveLoss objective, int batch) {
    int[] emotions = JSON.convertValue(report.path("emotions").path(batch), int[].class);
    int[] genders = JSON.convertValue(report.path("genders").path(batch), int[].class);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
        NDManager scope = manager.newSubManager()) {
      NDArray loss =
          objective.of(
              towers.embedSpeech(scope, speech(batch, emotions.length), true),
              towers.embedText(scope, tokens(batch), true),
              towers.logScaleAudio(),
              towers.logScaleText(),
              emotions,
              genders);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  private List<FeatureMatrix> speech(int batch, int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> start.get(batch + ".clip." + i).values())
        .map(clip -> FeatureMatrix.of(clip.length, 1, clip))
        .toList();
  }

  private TokenBatch tokens(int batch) {
    FloatTensor ids = start.get(batch + ".ids");
    float[] lengths = start.get(batch + ".lengths").values();
    return new TokenBatch(
        IntStream.range(0, ids.values().length).mapToLong(i -> (long) ids.values()[i]).toArray(),
        IntStream.range(0, lengths.length).map(i -> (int) lengths[i]).toArray(),
        Math.toIntExact(ids.shape()[1]));
  }
}
