package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.Exhaustive;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import io.gemoclap.training.SineCorpus;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From two Hugging Face folders to a fine-tuned bundle, by the command line alone. */
@Exhaustive
final class FineTuningIT {
  @TempDir private static Path folder;
  private static Path imported;
  private static Path output;

  @BeforeAll
  static void importsAndFineTunesTheTopLayer() throws IOException, URISyntaxException {
    Path golden = Path.of(FineTuningIT.class.getResource("/golden").toURI());
    imported = folder.resolve("imported");
    Run importing =
        gemoclap(
            "import",
            "--audio=" + golden.resolve("speech/wavlm-large"),
            "--text=" + Bundles.open(Bundles.BUNDLED).folder().resolve("text"),
            "--dims=16",
            "--output=" + imported);
    assertEquals(0, importing.status(), importing.err());
    SineCorpus.write(folder.resolve("corpus"), 2);
    output = folder.resolve("run");
    Run training =
        gemoclap(
            "train",
            "--corpus=emodb:" + folder.resolve("corpus"),
            "--encoder=" + imported,
            "--train-layers=1",
            "--head-learning-rate=0.01",
            "--learning-rate=0.001",
            "--epochs=2",
            "--batch=8",
            "--micro-batch=4",
            "--fold-memory=512m",
            "--output=" + output);
    assertEquals(0, training.status(), training.err());
  }

  private static Map<String, FloatTensor> weights(Path bundle, String file) throws IOException {
    return Safetensors.read(bundle.resolve(file));
  }

  private static boolean moved(String file, String name) throws IOException {
    FloatTensor before = weights(imported, file).get(name);
    FloatTensor after = weights(output.resolve("final/bundle"), file).get(name);
    assertArrayEquals(before.shape(), after.shape());
    return !Arrays.equals(before.values(), after.values());
  }

  @Test
  void theTopLayerAndTheHeadsMoveAndAllElseStays() throws IOException {
    String audio = "audio/model.safetensors";
    int layers =
        (int)
            weights(imported, audio).keySet().stream()
                .filter(name -> name.matches("encoder\\.layers\\.\\d+\\.layer_norm\\.weight"))
                .count();
    for (String name : weights(imported, audio).keySet()) {
      boolean top = name.startsWith("encoder.layers." + (layers - 1) + ".");
      if (!top && !name.startsWith("encoder.layer_norm.")) {
        assertFalse(moved(audio, name), name);
      }
    }
    String top = "encoder.layers." + (layers - 1) + ".feed_forward.output_dense.weight";
    assertTrue(moved(audio, top));
    assertFalse(moved("text/model.safetensors", "embeddings.word_embeddings.weight"));
    assertTrue(moved("heads.safetensors", "heads.audio.0.weight"));
  }

  @Test
  void theBundleSaysWhereItComesFromAndWorks() throws IOException {
    ModelBundle bundle = ModelBundle.open(output.resolve("final/bundle"));
    assertEquals("wavlm", bundle.manifest().audioEncoder());
    assertEquals(
        ModelBundle.open(imported).id(),
        bundle.manifest().provenance().path("pretrained").asText());
    Run doctor = gemoclap("doctor", output.resolve("final/bundle").toString());
    assertEquals(0, doctor.status(), doctor.err());
    String card = Files.readString(output.resolve("final/bundle/README.md"));
    assertTrue(card.contains("fine-tuned on emodb"), card);
  }

  /** The default has no development part, so no epoch is selected. */
  @Test
  void theReportSaysThatTheLastEpochCounts() throws IOException {
    JsonNode report = new ObjectMapper().readTree(output.resolve("report.json").toFile());
    assertEquals("last", report.get("checkpoint_choice").asText());
  }

  @Test
  void anotherBundleInItsPlaceIsNoticed() throws IOException {
    Run other =
        gemoclap(
            "train",
            "--corpus=emodb:" + folder.resolve("corpus"),
            "--encoder=bundled",
            "--normalize=auto",
            "--output=" + output,
            "--epochs=2",
            "--resume");
    other.failsWith(2, "pretrained=");
  }
}
