package io.gemoclap.training.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.ByteLevelBpe;
import io.gemoclap.model.FloatTensor;
import io.gemoclap.training.augment.FeatureTable;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.objective.Targets;
import io.gemoclap.training.objective.Variant;
import io.gemoclap.training.prompts.PromptMode;
import io.gemoclap.training.prompts.Wordings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A man and a woman who say two things in four ways, all made of sines. */
final class TrainingIT {
  private static final int RATE = 16_000;
  private static final String EMOTIONS = "WFNT";

  @TempDir private static Path folder;
  private static Corpus corpus;
  private static FeatureTable features;
  private static Wordings wordings;
  private static ByteLevelBpe bpe;

  @BeforeAll
  static void writesACorpus() throws IOException {
    for (int i = 0; i < 16; i++) {
      String speaker = i % 2 == 0 ? "03" : "08";
      char emotion = EMOTIONS.charAt(i / 2 % 4);
      String name = speaker + "a0" + (1 + i / 8) + emotion + "a.wav";
      write(folder.resolve(name), utterance(i % 2 == 0 ? 110 : 210, emotion, i));
    }
    corpus = Corpus.read("emodb:" + folder);
    features = FeatureTable.compute(corpus, FeatureSpec.emotionFunctionals(), 1, 1, done -> {});
    wordings = Wordings.load();
    bpe = ByteLevelBpe.learn(wordings.sentences(corpus.labels()), 300);
  }

  /** Angry is loud and wavers fast, happy rises, neutral is level, sad is soft and falls. */
  private static short[] utterance(double pitch, char emotion, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int place = EMOTIONS.indexOf(emotion);
    double rise = new double[] {0, 0.6, 0, -0.4}[place];
    double gain = new double[] {0.5, 0.3, 0.2, 0.08}[place];
    double waver = place == 0 ? 0.1 : 0.01;
    short[] samples = new short[RATE * 6 / 10];
    double phase = 0;
    for (int i = 0; i < samples.length; i++) {
      double time = (double) i / samples.length;
      double octaves = rise * (time - 0.5) + waver * Math.sin(2 * Math.PI * 6 * time);
      phase += 2 * Math.PI * pitch * Math.pow(2, octaves) / RATE;
      double sum = 0.02 * (2 * random.nextDouble() - 1);
      for (int k = 1; k <= 12; k++) {
        sum += Math.sin(k * phase) / (k * (1 + 0.5 * place));
      }
      samples[i] = (short) (gain * sum * Math.sin(Math.PI * time) * 12_000);
    }
    return samples;
  }

  private static void write(Path file, short[] samples) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
    try (AudioInputStream in =
        new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, samples.length)) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
    }
  }

  private static TrainConfig config(int epochs, long seed) {
    return new TrainConfig(
        Variant.SL,
        0.8,
        Targets.ROW,
        PromptMode.EMOTION_GENDER,
        "functionals",
        1,
        epochs,
        8,
        2e-3,
        2e-4,
        1e-3,
        5,
        0.01,
        0.05,
        5,
        32,
        32,
        1,
        0.1,
        0.2,
        seed);
  }

  private record Run(Map<String, FloatTensor> weights, List<Double> losses) {}

  private static Run train(TrainConfig config, Map<String, FloatTensor> text) throws IOException {
    List<Double> losses = new ArrayList<>();
    try (FoldTrainer trainer =
        new FoldTrainer(config, corpus.labels(), wordings, bpe, text, features)) {
      var towers = trainer.train(corpus.utterances(), (epoch, loss) -> losses.add(loss));
      return new Run(towers.snapshot(), losses);
    }
  }

  private static Map<String, FloatTensor> warmUp(TrainConfig config) throws IOException {
    return new TextWarmUp(config, corpus.labels(), wordings, bpe).run((step, loss) -> {});
  }

  private static void assertSame(Map<String, FloatTensor> one, Map<String, FloatTensor> other) {
    assertEquals(one.keySet(), other.keySet());
    one.forEach(
        (name, tensor) -> assertArrayEquals(tensor.values(), other.get(name).values(), 0, name));
  }

  @Test
  void oneSeedGivesOneSetOfWeights() throws IOException {
    TrainConfig config = config(3, 11);
    Map<String, FloatTensor> text = warmUp(config);
    assertSame(text, warmUp(config));
    Run first = train(config, text);
    Run second = train(config, text);
    assertSame(first.weights(), second.weights());
    assertEquals(first.losses(), second.losses());
    assertFalse(
        java.util.Arrays.equals(
            first.weights().get("heads.audio.0.weight").values(),
            train(config(3, 12), text).weights().get("heads.audio.0.weight").values()));
  }

  @Test
  void theLossFalls() throws IOException {
    List<Double> losses = train(config(60, 1), Map.of()).losses();
    double last = losses.subList(55, 60).stream().mapToDouble(x -> x).average().orElseThrow();
    assertEquals(60, losses.size());
    assertTrue(last < 0.6 * losses.get(0), losses::toString);
  }

  @Test
  void featuresAreStandardizedByTheTrainingUtterances() throws IOException {
    Map<String, FloatTensor> weights = train(config(1, 1), Map.of()).weights();
    float[] means = weights.get("audio.standardize.mean").values();
    double sum = 0;
    int rows = 0;
    for (var utterance : corpus.utterances()) {
      for (var matrix : features.versions(utterance)) {
        sum += matrix.value(0, 0);
        rows++;
      }
    }
    assertEquals(32, rows);
    assertEquals(sum / rows, means[0], 1e-4 * Math.abs(sum / rows) + 1e-5);
  }

  @Test
  void perturbedCopiesDifferFromTheRecordingAndDependOnTheSeedAlone() throws IOException {
    FeatureTable same =
        FeatureTable.compute(corpus, FeatureSpec.emotionFunctionals(), 1, 1, done -> {});
    for (var utterance : corpus.utterances()) {
      assertEquals(2, features.versions(utterance).size());
      assertEquals(features.versions(utterance), same.versions(utterance));
      assertFalse(features.versions(utterance).get(1).equals(features.clean(utterance)));
    }
  }
}
