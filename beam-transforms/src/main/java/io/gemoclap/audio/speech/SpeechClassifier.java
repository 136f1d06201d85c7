package io.gemoclap.audio.speech;

import io.gemoclap.audio.signal.RealTransform;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Estimates how likely a segment is speech, and not music, noise, a tone or another sound.
 *
 * <p>A small network of our own judges the {@linkplain SpeechCues spectrum and its changes}; {@code
 * docs/decisions/0028-speech-classifier.md} says what it was trained and tested on. The result
 * depends on the samples alone, not on the model that scores the emotion. Cues are measured in
 * frames of 32 ms at 16 kHz, at which the network was trained, and of 20 to 46 ms at other rates.
 * Not thread-safe: it reuses its buffers.
 *
 * @hidden
 */
@Internal
public final class SpeechClassifier {
  /** The lowest sampling rate in Hz at which the result means something. */
  public static final int LOWEST_RATE = 8_000;

  /** Longer segments are judged in parts that are at most this long. */
  private static final double PART_SECONDS = 10;

  private final SpeechNetwork network;
  private final SpeechCues cues;
  private final int longest;

  /**
   * A classifier with the network that this project has trained.
   *
   * @param sampleRate rate of the samples in Hz, 1,000 or more
   * @param transforms makes the Fourier transform
   */
  public SpeechClassifier(int sampleRate, RealTransform.Factory transforms) {
    this.network = SpeechNetwork.bundled();
    this.cues = new SpeechCues(sampleRate, transforms);
    this.longest = (int) (PART_SECONDS * sampleRate);
  }

  /** The cues of a stretch of sound of at most ten seconds, to train a network. */
  public static double[] cues(float[] samples, int sampleRate) {
    return new SpeechCues(sampleRate, RealTransform::inJava).of(samples, 0, samples.length);
  }

  /**
   * The probability that a segment is speech. Of a segment of more than ten seconds, this is the
   * mean over its parts, weighted by how much of each is sound: the share of its sound that is
   * speech.
   *
   * @param samples mono samples, full scale ±1; at least one
   * @return [0, 1]; 0 for digital silence
   */
  public double probability(float[] samples) {
    int parts = (samples.length + longest - 1) / longest;
    double sum = 0;
    int frames = 0;
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) samples.length * i / parts);
      int to = (int) ((long) samples.length * (i + 1) / parts);
      double[] values = cues.of(samples, from, to);
      if (cues.activeFrames() > 0) {
        sum += cues.activeFrames() * network.probability(values);
        frames += cues.activeFrames();
      }
    }
    return frames == 0 ? 0 : sum / frames;
  }
}
