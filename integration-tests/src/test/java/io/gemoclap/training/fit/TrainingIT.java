package io.gemoclap.training.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.primitives.Floats;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.text.ByteLevelBpe;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.training.SineCorpus;
import io.gemoclap.training.augment.Perturbation;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.fit.TrainConfig.Balance;
import io.gemoclap.training.fit.TrainConfig.Decay;
import io.gemoclap.training.fit.TrainConfig.Network;
import io.gemoclap.training.fit.TrainConfig.Objective;
import io.gemoclap.training.fit.TrainConfig.Optimization;
import io.gemoclap.training.fit.TrainConfig.Sampling;
import io.gemoclap.training.objective.Targets;
import io.gemoclap.training.objective.Variant;
import io.gemoclap.training.prompts.PromptMode;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training loop on a man and a woman made of sines. */
final class TrainingIT {
  private static final FoldTrainer.Judge NO_JUDGE = (epoch, towers, tokenizer) -> Double.NaN;

  @TempDir private static Path folder;
  private static Corpus corpus;
  private static Examples examples;
  private static Wordings wordings;
  private static ByteLevelBpe bpe;

  @BeforeAll
  static void writesACorpus() throws IOException, DecodeException {
    corpus = SineCorpus.write(folder.resolve("corpus"), 1);
    FeatureSpec spec = FeatureSpec.emotionFunctionals();
    SplittableRandom random = new SplittableRandom(1);
    List<Example> all = new ArrayList<>();
    for (Utterance utterance : corpus.utterances()) {
      FeatureMatrix clean = features(utterance, Perturbation.none(spec), spec);
      FeatureMatrix copy =
          features(utterance, Perturbation.draw(spec, utterance.gender(), random), spec);
      all.add(new Example(utterance, 0.6, List.of(clean, copy)));
    }
    examples = Examples.of(all);
    wordings = Wordings.load();
    bpe = ByteLevelBpe.learn(wordings.sentences(corpus.labels()), 300);
  }

  private static FeatureMatrix features(
      Utterance utterance, Perturbation perturbation, FeatureSpec spec)
      throws IOException, DecodeException {
    AtomicReference<float[]> samples = new AtomicReference<>(new float[0]);
    SampleSink sink =
        new SampleSink() {
          @Override
          public void begin(int channels) {}

          @Override
          public void accept(int channel, float[] block, int count) {
            samples.set(Floats.concat(samples.get(), Arrays.copyOf(block, count)));
          }
        };
    try (SeekableByteChannel channel = utterance.open()) {
      new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, perturbation.decodingRate(spec))
          .decode(channel, utterance.uri(), sink);
    }
    return perturbation.extract(samples.get(), spec);
  }

  private static Optimization optimization(int epochs, int microBatch, double averaging) {
    return TrainConfig.defaults().optimization().toBuilder()
        .setEpochs(epochs)
        .setBatchSize(8)
        .setMicroBatch(microBatch)
        .setAveraging(averaging)
        .setTextSteps(5)
        .build();
  }

  private static TrainConfig config(int epochs, long seed) {
    return new TrainConfig(
        new Objective(Variant.SL, 0.8, Targets.ROW, PromptMode.EMOTION_GENDER),
        new Network("functionals", 32, 32, 1, 0.1, 0.2),
        optimization(epochs, 0, 0),
        new Sampling(Balance.NONE, 12),
        null,
        seed);
  }

  private record Run(Map<String, FloatTensor> weights, List<Double> losses) {}

  private static Run train(TrainConfig config, Map<String, FloatTensor> text) throws IOException {
    return train(config, text, null, NO_JUDGE);
  }

  private static Run train(
      TrainConfig config, Map<String, FloatTensor> text, Path checkpoints, FoldTrainer.Judge judge)
      throws IOException {
    List<Double> losses = new ArrayList<>();
    try (FoldTrainer trainer =
        new FoldTrainer(config, corpus.labels(), wordings, new FromScratch(bpe, text), false)) {
      trainer.withCheckpoints(checkpoints, Duration.ZERO);
      var towers =
          trainer.train(
              corpus.utterances(),
              examples,
              (epoch, now, tokenizer) -> {
                losses.add(epoch.loss());
                return judge.judge(epoch, now, tokenizer);
              });
      return new Run(towers.snapshot(), losses);
    }
  }

  private static Map<String, FloatTensor> warmUp(TrainConfig config) throws IOException {
    return new TextWarmUp(config, corpus.labels(), wordings, bpe).run((step, loss) -> {});
  }

  private static void assertSame(Map<String, FloatTensor> one, Map<String, FloatTensor> other) {
    assertClose(one, other, 0);
  }

  private static void assertClose(
      Map<String, FloatTensor> one, Map<String, FloatTensor> other, float tolerance) {
    assertEquals(one.keySet(), other.keySet());
    one.forEach(
        (name, tensor) ->
            assertArrayEquals(tensor.values(), other.get(name).values(), tolerance, name));
  }

  private static float[] head(Run run) {
    return run.weights().get("heads.audio.0.weight").values();
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
    assertFalse(Arrays.equals(head(first), head(train(config(3, 12), text))));
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
    try (Examples.Reading reading = examples.read(new SplittableRandom(0))) {
      while (reading.hasNext()) {
        for (FeatureMatrix matrix : reading.next().versions()) {
          sum += matrix.value(0, 0);
          rows++;
        }
      }
    }
    assertEquals(32, rows);
    assertEquals(sum / rows, means[0], 1e-4 * Math.abs(sum / rows) + 1e-5);
  }

  /** Interrupted within an epoch and between two, with averaging and a chosen epoch. */
  @Test
  void aResumedTrainingEndsWithTheWeightsOfAnUninterruptedOne() throws IOException {
    TrainConfig config = config(5, 3).withOptimization(optimization(5, 0, 0.9));
    FoldTrainer.Judge judge = (epoch, towers, tokenizer) -> epoch.number() == 4 ? 2 : 1;
    Run undisturbed = train(config, Map.of(), null, judge);
    Path checkpoints = folder.resolve("checkpoints");
    for (int death : new int[] {1, 3, 5}) {
      assertThrows(
          IllegalStateException.class,
          () ->
              train(
                  config,
                  Map.of(),
                  checkpoints,
                  (epoch, towers, tokenizer) -> {
                    if (epoch.number() == death) {
                      throw new IllegalStateException("killed");
                    }
                    return judge.judge(epoch, towers, tokenizer);
                  }));
    }
    Run goneOn = train(config, Map.of(), checkpoints, judge);
    assertEquals(1, goneOn.losses().size());
    assertEquals(undisturbed.losses().get(4), goneOn.losses().get(0), 1e-12);
    assertSame(undisturbed.weights(), goneOn.weights());
  }

  @Test
  void aCheckpointOfOtherSettingsIsRejected() throws IOException {
    Path checkpoints = folder.resolve("other");
    train(config(1, 1), Map.of(), checkpoints, NO_JUDGE);
    IOException e =
        assertThrows(IOException.class, () -> train(config(2, 1), Map.of(), checkpoints, NO_JUDGE));
    assertTrue(e.getMessage().contains("other settings"), e.getMessage());
  }

  @Test
  void theChosenEpochsWeightsAreKept() throws IOException {
    Map<String, FloatTensor> second =
        train(config(4, 5), Map.of(), null, (e, t, k) -> e.number() == 2 ? 1 : 0).weights();
    List<Map<String, FloatTensor>> seen = new ArrayList<>();
    train(
        config(4, 5),
        Map.of(),
        null,
        (epoch, towers, tokenizer) -> {
          seen.add(towers.snapshot());
          return Double.NaN;
        });
    assertSame(seen.get(1), second);
  }

  @Test
  void trainingEndsEarlyWithoutABetterScore() throws IOException {
    TrainConfig base = config(20, 1);
    TrainConfig patient =
        base.withOptimization(
            base.optimization().toBuilder()
                .setPatience(3)
                .setDecay(Decay.LINEAR)
                .setTextSteps(0)
                .build());
    Run run = train(patient, Map.of(), null, (e, t, k) -> e.number() == 2 ? 1 : 0);
    assertEquals(5, run.losses().size());
  }

  @Test
  void frozenTowersStayAsTheyAre() throws IOException {
    TrainConfig base = config(2, 1);
    TrainConfig frozen =
        base.withOptimization(
            base.optimization().toBuilder()
                .setFreezeAudioEpochs(1)
                .setFreezeTextEpochs(2)
                .setTextSteps(0)
                .build());
    List<Map<String, FloatTensor>> seen = new ArrayList<>();
    train(
        frozen,
        Map.of(),
        null,
        (epoch, towers, tokenizer) -> {
          seen.add(towers.snapshot());
          return Double.NaN;
        });
    seen.get(0)
        .forEach(
            (name, tensor) -> {
              boolean same = Arrays.equals(tensor.values(), seen.get(1).get(name).values());
              if (name.startsWith("text.") || name.startsWith("audio.standardize")) {
                assertTrue(same, name);
              } else if (name.equals("audio.layers.0.weight") || name.startsWith("heads.audio.0")) {
                assertFalse(same, name);
              }
            });
  }

  @Test
  void aLossThatIsNotANumberEndsTrainingWithASentence() {
    TrainConfig base = config(3, 1);
    TrainConfig wild =
        base.withOptimization(
            base.optimization().toBuilder()
                .setLearningRate(1e30)
                .setTextLearningRate(1e30)
                .setWarmup(0)
                .setWeightDecay(0)
                .setClipNorm(1e30)
                .setTextSteps(0)
                .build());
    TrainingFailedException e =
        assertThrows(TrainingFailedException.class, () -> train(wild, Map.of()));
    assertTrue(e.getMessage().contains("learning rate"), e.getMessage());
  }
}
