package io.gemoclap.model.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.model.TorchEngine;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against transformers in Python; {@code oracle/golden-text.py} wrote the files. */
final class TextParityIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAD = 1;

  private static Path golden(String name) {
    try {
      return Path.of(TextParityIT.class.getResource("/golden/text/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"roberta", "xlm-roberta"})
  void everyLayerEqualsThatOfTransformers(String kind) throws IOException {
    RobertaConfig config =
        JSON.readValue(Files.readAllBytes(golden(kind + "/config.json")), RobertaConfig.class);
    assertEquals(kind, config.modelType());
    TorchEngine.start();
    double worst;
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      worst = Parity.text(manager, golden(kind), config);
    }
    System.out.printf("%s: max difference to transformers %.1e%n", kind, worst);
    assertTrue(worst <= Parity.TOLERANCE, kind + " differs by " + worst);
  }

  @ParameterizedTest
  @ValueSource(strings = {"roberta", "xlm-roberta"})
  void tokensOfTwoHundredStringsEqualThoseOfTransformers(String kind) throws IOException {
    JsonNode golden = JSON.readTree(Files.readAllBytes(golden("tokens.json")));
    String json = Files.readString(golden(kind + "/tokenizer.json"));
    List<String> different = new ArrayList<>();
    try (TextTokenizer tokenizer =
        new TextTokenizer(json, golden.path("max_tokens").asInt(), PAD)) {
      List<String> texts = new ArrayList<>();
      for (JsonNode row : golden.path("cases")) {
        String text = row.path("text").asText();
        texts.add(text);
        long[] expected = JSON.convertValue(row.path(kind), long[].class);
        if (!java.util.Arrays.equals(expected, tokenizer.encode(List.of(text)).ids())) {
          different.add(text);
        }
      }
      assertEquals(200, texts.size());
      assertEquals(List.of(), different);
      assertPaddedAlike(tokenizer, texts);
    }
  }

  private static void assertPaddedAlike(TextTokenizer tokenizer, List<String> texts) {
    TokenBatch batch = tokenizer.encode(texts);
    for (int i = 0; i < texts.size(); i++) {
      long[] alone = tokenizer.encode(texts.subList(i, i + 1)).ids();
      long[] row = new long[batch.length()];
      java.util.Arrays.fill(row, PAD);
      System.arraycopy(alone, 0, row, 0, alone.length);
      int from = i * batch.length();
      assertArrayEquals(
          row,
          java.util.Arrays.copyOfRange(batch.ids(), from, from + batch.length()),
          texts.get(i));
    }
  }
}
