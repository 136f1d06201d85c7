package io.gemoclap.training.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.speech.SpeechNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NetworkTrainerTest {
  /** Speech is where both cues have the same sign, which no weighted sum of them can tell. */
  private static List<SpeechClip> clips(long seed) {
    Random random = new Random(seed);
    List<SpeechClip> clips = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double a = random.nextBoolean() ? 1 : -1;
      double b = random.nextBoolean() ? 1 : -1;
      double[] cues = {
        100 + 10 * (a + 0.2 * random.nextGaussian()), 0.01 * (b + 0.2 * random.nextGaussian())
      };
      clips.add(new SpeechClip("source " + i % 10, a * b > 0, cues));
    }
    return clips;
  }

  @Test
  void separatesWhatNoWeightedSumCanSeparate() {
    SpeechNetwork network = NetworkTrainer.fit(clips(1), 1);
    int right = 0;
    for (SpeechClip clip : clips(2)) {
      right += network.probability(clip.cues()) >= 0.5 == clip.speech() ? 1 : 0;
    }
    assertTrue(right > 190, "right: " + right);
  }

  @Test
  void theSameSeedGivesTheSameNetwork() throws IOException {
    assertEquals(
        NetworkTrainer.fit(clips(1), 7).toJson(), NetworkTrainer.fit(clips(1), 7).toJson());
  }

  @Test
  void aSourceHeldOutIsJudgedByANetworkThatHasNotSeenIt() {
    // Each source has a cue of its own that tells its kind: of no use for the others.
    List<SpeechClip> clips = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      int source = i % 10;
      boolean speech = source % 2 == 0;
      double[] cues = new double[10];
      cues[source] = 1 + 0.1 * random.nextGaussian();
      clips.add(new SpeechClip("source " + source, speech, cues));
    }
    SpeechNetwork network = NetworkTrainer.fit(clips, 1);
    assertEquals(0, Rejections.count(clips, network, 0.5).get(0).rejected());
    HeldOutSources.Point middle = HeldOutSources.curve(clips, 1).get(9);
    assertEquals(0.5, middle.threshold());
    assertTrue(middle.lost() > 0.2 || middle.rejected() < 0.8, middle.toString());
  }

  @Test
  void countsTheRejectedOfEachSourceAndOfAll() {
    SpeechNetwork network =
        new SpeechNetwork(
            new double[1],
            new double[] {1},
            new double[][] {{1}},
            new double[1],
            new double[] {10},
            0);
    List<SpeechClip> clips =
        List.of(
            new SpeechClip("b", true, new double[] {1}),
            new SpeechClip("a", true, new double[] {-1}),
            new SpeechClip("a", true, new double[] {1}));
    assertEquals(
        List.of(
            new Rejections.Row("a", 2, 1),
            new Rejections.Row("b", 1, 0),
            new Rejections.Row("all", 3, 1)),
        Rejections.count(clips, network, 0.5));
  }
}
