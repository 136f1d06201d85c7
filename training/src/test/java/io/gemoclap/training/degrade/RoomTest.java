package io.gemoclap.training.degrade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RoomTest {
  private static double energy(double[] response, int from) {
    return Arrays.stream(response).skip(from).map(x -> x * x).sum();
  }

  /**
   * Time in which the energy that is still to come (Schroeder 1965) falls from −5 to −25 dB, × 3.
   */
  private static double reverberationTime(double[] response) {
    double all = energy(response, 1);
    int at5 = 1;
    int at25 = 1;
    while (Signals.decibels(energy(response, at5) / all) > -5) {
      at5 += 20;
    }
    while (Signals.decibels(energy(response, at25) / all) > -25) {
      at25 += 20;
    }
    return 3.0 * (at25 - at5) / Signals.RATE;
  }

  @Test
  void decaysInTheTimeThatWasAskedFor() {
    double[] response = new Room(0.6, 0.6, 0).response(Signals.RATE, Signals.random());
    assertEquals(0.55, reverberationTime(response), 0.12);
    assertTrue(
        reverberationTime(new Room(0.2, 0.2, 0).response(Signals.RATE, Signals.random())) < 0.3);
  }

  @Test
  void theDirectSoundIsAsMuchLouderAsAskedFor() {
    for (double ratio : new double[] {0, 6}) {
      double[] response = new Room(0.3, 0.5, ratio).response(Signals.RATE, Signals.random());
      assertEquals(1, response[0]);
      assertEquals(ratio, Signals.decibels(1 / energy(response, 1)), 1e-6);
    }
  }

  @Test
  void highFrequenciesDecayFaster() {
    double[] response = new Room(0.8, 0.8, 0).response(Signals.RATE, Signals.random());
    double early = Signals.share(Arrays.copyOfRange(response, 800, 2_400), 4_000, 8_000);
    double late = Signals.share(Arrays.copyOfRange(response, 6_000, 7_600), 4_000, 8_000);
    assertTrue(late < 0.5 * early, early + " then " + late);
  }

  @Test
  void anArchiveHasOneRoomAndTimeDoesNotMove() {
    Room room = new Room(0.2, 0.9, 3);
    assertArrayEquals(
        room.response(Signals.RATE, new SplittableRandom(9)),
        room.response(Signals.RATE, new SplittableRandom(9)));
    float[] click = new float[8_000];
    click[1_000] = 1;
    float[] after = room.apply(click, Signals.RATE, Signals.random(), Signals.random());
    assertEquals(0, after[999], 1e-6);
    assertEquals(1, after[1_000], 1e-6);
  }
}
