package io.gemoclap.model.speech;

import java.util.SplittableRandom;

/**
 * Random spans to mask on one axis, drawn as wav2vec 2.0's training does (Baevski et al. 2020,
 * section 3.1): a number of spans by the axis's length, rounded at random, at distinct places where
 * they fit; they may overlap.
 */
final class SpanMask {
  private SpanMask() {}

  /**
   * One value for each place: 1 where masked, else 0.
   *
   * @param length of the axis
   */
  static float[] draw(SplittableRandom random, int length, SpeechConfig.Spans spans) {
    float[] mask = new float[length];
    int places = length - spans.length() + 1;
    double wanted = spans.share() * length / spans.length();
    int count = Math.max(spans.least(), (int) (wanted + random.nextDouble()));
    count = Math.min(count, Math.min(length / spans.length(), places));
    int left = count;
    // Selection sampling: each place is a start with the chance that gives count of them.
    for (int place = 0; place < places && left > 0; place++) {
      if (random.nextInt(places - place) < left) {
        left--;
        java.util.Arrays.fill(mask, place, place + spans.length(), 1);
      }
    }
    return mask;
  }
}
