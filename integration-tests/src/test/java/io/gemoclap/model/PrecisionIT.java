package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gemoclap.Exhaustive;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.Golden;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.features.FeatureExtractor;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureNormalizer;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.speech.SpeechEncoder;
import io.gemoclap.model.speech.SpeechFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** float16 beside float32: the same directions for speech, half the memory. */
final class PrecisionIT {
  private static final double LEAST_COSINE = 0.999;
  private static final int CLIPS = 6;

  private static List<FeatureMatrix> speech(FeatureSpec spec, NormalizationSpec normalization)
      throws IOException, DecodeException {
    String data = System.getenv().getOrDefault("GEMOCLAP_DATA", "../shared/data");
    Path real = Path.of(data, "emodb", "audio");
    Path folder = Files.isDirectory(real) ? real : Path.of("examples", "samples");
    FeatureExtractor extractor = spec.extractor();
    List<FeatureMatrix> clips = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.sorted().limit(CLIPS)::iterator) {
        clips.add(
            FeatureNormalizer.alone(
                normalization, extractor.extract(Golden.decode(file).samples())));
      }
    }
    return clips;
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void assertAlike(float[][] full, float[][] half) {
    double worst = 1;
    for (int i = 0; i < full.length; i++) {
      worst = Math.min(worst, cosine(full[i], half[i]));
    }
    System.out.printf("least cosine of float16 and float32: %.6f%n", worst);
    assertTrue(worst >= LEAST_COSINE, "cosine " + worst);
  }

  @Test
  void theBundledModelPointsTheSameWay() throws IOException, DecodeException {
    ModelBundle bundle = Bundles.open(Bundles.BUNDLED);
    List<FeatureMatrix> clips =
        speech(bundle.manifest().featureSpec(), bundle.manifest().normalization());
    try (GEmoClap full = GEmoClap.load(bundle);
        GEmoClap half = GEmoClap.load(bundle, Device.cpu(), Precision.FP16)) {
      assertAlike(full.embedSpeech(clips), half.embedSpeech(clips));
      List<String> sentences = List.of("anger", "a calm woman");
      assertAlike(full.embedText(sentences), half.embedText(sentences));
      assertEquals(full.parameters(), half.parameters());
      assertTrue(half.bytes() < 0.55 * full.bytes(), half.bytes() + " of " + full.bytes());
    }
  }

  @Test
  void aSpeechTowerPointsTheSameWay() throws IOException, DecodeException {
    assertAlike("wav2vec2-base", speech(FeatureSpec.waveform(true), null).subList(0, 2));
  }

  @Exhaustive
  @ParameterizedTest
  @ValueSource(
      strings = {
        "wav2vec2-base",
        "hubert-large",
        "wavlm-base",
        "wavlm-large",
        "data2vec-audio-base"
      })
  void everySpeechTowerPointsTheSameWay(String kind) throws IOException, DecodeException {
    assertAlike(kind, speech(FeatureSpec.waveform(true), null));
  }

  private static void assertAlike(String kind, List<FeatureMatrix> clips)
      throws IOException, DecodeException {
    float[][] full = embedded(kind, clips, false);
    assertAlike(full, embedded(kind, clips, true));
  }

  private static float[][] embedded(String kind, List<FeatureMatrix> clips, boolean halved)
      throws IOException, DecodeException {
    TorchEngine.start();
    try (var off = Tensors.noGradient();
        NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      SpeechEncoder encoder = SpeechFixtures.encoder(manager, kind);
      if (halved) {
        encoder.halve();
      }
      float[] flat = Tensors.values(Tensors.unit(encoder.forward(manager, clips, false)));
      int dims = flat.length / clips.size();
      float[][] rows = new float[clips.size()][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = java.util.Arrays.copyOfRange(flat, i * dims, (i + 1) * dims);
      }
      return rows;
    }
  }
}
