package io.gemoclap.training.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GainTest {

  @Test
  void theErrorIsTheDeviationOverAllSignsOfTheGroups() {
    double[] contributions = {3, 1, -2, 5, 0.5};
    List<String> groups = List.of("a", "a", "b", "c", "c");
    Gain gain = Gain.of(contributions, groups);
    assertEquals(7.5, gain.value(), 1e-12);
    double[] sums = {4, -2, 5.5};
    double squares = 0;
    for (int signs = 0; signs < 8; signs++) {
      double sum = 0;
      for (int group = 0; group < 3; group++) {
        sum += (signs >> group & 1) == 0 ? sums[group] : -sums[group];
      }
      squares += sum * sum / 8;
    }
    assertEquals(Math.sqrt(squares), gain.error(), 1e-12);
    assertTrue(gain.isClear());
  }

  @Test
  void clipsOfOneSpeakerWhichAreAlikeCountAsOne() {
    double[] contributions = {1, 1, -0.5, -0.5};
    assertEquals(
        Math.sqrt(2.5), Gain.of(contributions, List.of("a", "b", "c", "d")).error(), 1e-12);
    Gain speakers = Gain.of(contributions, List.of("a", "a", "b", "b"));
    assertEquals(Math.sqrt(5), speakers.error(), 1e-12);
    assertFalse(speakers.isClear());
    assertFalse(speakers.isClearLoss());
  }

  @Test
  void whatIsWorseIsNoGain() {
    Gain worse = Gain.of(new double[] {-1, -1}, List.of("a", "b"));
    assertFalse(worse.isClear());
    assertTrue(worse.isClearLoss());
    Gain same = Gain.of(new double[2], List.of("a", "b"));
    assertFalse(same.isClear() || same.isClearLoss());
  }
}
