package io.gemoclap.audio.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.signal.RealTransform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SpeechClassifierTest {
  private static final int RATE = 16_000;
  private static final double[] SCALE = {262, 294, 330, 349, 392, 440, 494, 523};

  private final SpeechClassifier classifier = new SpeechClassifier(RATE, RealTransform::inJava);

  private static float[] sound(double seconds, IntToDoubleFunction sample) {
    float[] samples = new float[(int) (seconds * RATE)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) sample.applyAsDouble(i);
    }
    return samples;
  }

  /** A plucked note of a scale, three to the second. */
  private static double melody(int i) {
    int note = i / (RATE / 3);
    double decay = Math.exp(-6.0 * (i % (RATE / 3)) / RATE);
    double hertz = SCALE[note * 5 % SCALE.length];
    double t = 2 * Math.PI * hertz * i / RATE;
    return 0.2 * decay * (Math.sin(t) + 0.5 * Math.sin(2 * t) + 0.25 * Math.sin(3 * t));
  }

  static Stream<Arguments> otherSounds() {
    Random random = new Random(1);
    return Stream.of(
        Arguments.of("melody", (IntToDoubleFunction) SpeechClassifierTest::melody),
        Arguments.of("noise", (IntToDoubleFunction) i -> 0.1 * random.nextGaussian()),
        Arguments.of(
            "swelling noise",
            (IntToDoubleFunction)
                i -> 0.1 * random.nextGaussian() * (1 + Math.sin(2.0 * Math.PI * i / RATE))),
        Arguments.of(
            "ring tone",
            (IntToDoubleFunction)
                i -> i % (2 * RATE) < RATE ? 0.2 * Math.sin(2 * Math.PI * 425 * i / RATE) : 0),
        Arguments.of(
            "hum", (IntToDoubleFunction) i -> 0.1 * Math.sin(2 * Math.PI * 100 * i / RATE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherSounds")
  void otherSoundsAreBelowTheThreshold(String name, IntToDoubleFunction sample) {
    double probability = classifier.probability(sound(5, sample));
    assertTrue(probability < DecodeAudio.SPEECH_THRESHOLD, name + ": " + probability);
  }

  @Test
  void digitalSilenceIsNotSpeech() {
    assertEquals(0, classifier.probability(new float[RATE]));
  }

  @Test
  void longSegmentsAreTheMeanOfTheirParts() {
    float[] first = sound(10, i -> melody(i));
    Random random = new Random(2);
    float[] second = sound(10, i -> 0.1 * random.nextGaussian());
    float[] both = Arrays.copyOf(first, 2 * first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    double a = classifier.probability(first);
    double b = classifier.probability(second);
    double mean = classifier.probability(both);
    assertTrue(mean >= Math.min(a, b) && mean <= Math.max(a, b), a + ", " + b + ": " + mean);
  }

  @Test
  void aNetworkIsReadAsItWasWritten() throws IOException {
    SpeechNetwork network =
        new SpeechNetwork(
            new double[] {1, 2},
            new double[] {3, 4},
            new double[][] {{5, 6}, {7, 8}},
            new double[] {0.5, -0.5},
            new double[] {1.5, 2.5},
            -1);
    SpeechNetwork read =
        SpeechNetwork.read(
            new ByteArrayInputStream(network.toJson().getBytes(StandardCharsets.UTF_8)));
    assertArrayEquals(network.weights()[1], read.weights()[1]);
    double[] cues = {1.1, 1.9};
    assertEquals(network.probability(cues), read.probability(cues));
  }

  @Test
  void theBundledNetworkFitsTheCues() {
    SpeechNetwork network = SpeechNetwork.bundled();
    assertEquals(SpeechCues.size(), network.means().length);
    assertEquals(SpeechCues.size(), network.scales().length);
    for (double[] row : network.weights()) {
      assertEquals(SpeechCues.size(), row.length);
    }
  }
}
