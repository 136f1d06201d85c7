package io.gemoclap.turns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.primitives.ImmutableDoubleArray;
import io.gemoclap.turns.TurnSmoother.Segment;
import io.gemoclap.turns.TurnSmoother.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TurnSmootherTest {
  /** No turn is too short. */
  private static final TurnSmoother PATHS = new TurnSmoother(0.8, 0, 2);

  /** One second each, without gaps; of two labels, the first has the probability given. */
  private static List<Segment> seconds(double... first) {
    List<Segment> segments = new ArrayList<>();
    for (double p : first) {
      int start = segments.size();
      segments.add(new Segment(start, start + 1, scores(p, 1 - p)));
    }
    return segments;
  }

  private static ImmutableDoubleArray scores(double... scores) {
    return ImmutableDoubleArray.copyOf(scores);
  }

  @Test
  void nothingHasNoTurnsAndOneSegmentHasOne() {
    assertEquals(List.of(), PATHS.turns(List.of()));
    assertEquals(List.of(new Turn(0, 1, 1)), PATHS.turns(seconds(0.4)));
  }

  /** To leave a label and come back costs 2 · ln(0.8 / 0.2) = ln 16. */
  @ParameterizedTest
  @CsvSource({"15.9, false", "16.1, true"})
  void aSegmentStandsOutIfItsScoresOutweighTwoChanges(double ratio, boolean standsOut) {
    double p = 1 / (1 + ratio);
    List<Turn> expected =
        standsOut
            ? List.of(new Turn(0, 1, 0), new Turn(1, 2, 1), new Turn(2, 3, 0))
            : List.of(new Turn(0, 3, 0));
    assertEquals(expected, PATHS.turns(seconds(0.99, p, 0.99)));
  }

  /** At the end, one change is enough: ln 4. */
  @ParameterizedTest
  @CsvSource({"3.9, false", "4.1, true"})
  void theLastSegmentNeedsOneChange(double ratio, boolean standsOut) {
    double p = 1 / (1 + ratio);
    List<Turn> expected =
        standsOut ? List.of(new Turn(0, 1, 0), new Turn(1, 2, 1)) : List.of(new Turn(0, 2, 0));
    assertEquals(expected, PATHS.turns(seconds(0.999, p)));
  }

  /**
   * After g seconds, a label stays with 0.5 + 0.3 · exp(−g / 2); at g = 1 that is 0.68196, and a
   * change costs ln(0.68196 / 0.31804) = ln 2.1442.
   */
  @ParameterizedTest
  @CsvSource({"2.14, false", "2.15, true"})
  void aGapMakesChangesMoreLikely(double ratio, boolean standsOut) {
    double p = 1 / (1 + ratio);
    List<Segment> segments =
        List.of(new Segment(0, 1, scores(0.999, 0.001)), new Segment(2, 3, scores(p, 1 - p)));
    assertEquals(standsOut ? 2 : 1, PATHS.turns(segments).size());
  }

  @Test
  void segmentsThatOverlapHaveNoGap() {
    double p = 1 / (1 + 3.9);
    List<Segment> segments =
        List.of(
            new Segment(0, 5, scores(0.999, 0.001)),
            new Segment(1, 2, scores(0.999, 0.001)),
            new Segment(4.5, 6, scores(p, 1 - p)));
    assertEquals(List.of(new Turn(0, 3, 0)), PATHS.turns(segments));
  }

  @Test
  void aLongGapEndsATurnAndNothingIsRememberedAcrossIt() {
    ImmutableDoubleArray slightlySecond = scores(0.49, 0.51);
    List<Segment> segments =
        List.of(
            new Segment(0, 1, scores(0.999, 0.001)),
            new Segment(3, 4, scores(0.999, 0.001)),
            new Segment(6.001, 7, slightlySecond));
    assertEquals(List.of(new Turn(0, 2, 0), new Turn(2, 3, 1)), PATHS.turns(segments));
    assertEquals(
        3,
        new TurnSmoother(0.8, 60, 0).turns(segments).size(),
        "a short turn does not join a neighbour across the gap");
  }

  /** The label of each segment alone, which is what 1 / K means. */
  @Test
  void withoutInertiaEachSegmentHasItsOwnLabel() {
    List<Turn> turns = new TurnSmoother(0.5, 0, 2).turns(seconds(0.6, 0.4, 0.45, 0.51));
    assertEquals(List.of(new Turn(0, 1, 0), new Turn(1, 3, 1), new Turn(3, 4, 0)), turns);
  }

  @Test
  void aScoreOfZeroDoesNotForbidALabel() {
    assertEquals(List.of(new Turn(0, 5, 0)), PATHS.turns(seconds(1, 1, 0.5, 1, 1)));
    List<Turn> turns = new TurnSmoother(0.9999, 0, 2).turns(seconds(1, 1, 0, 1, 1));
    assertEquals(List.of(new Turn(0, 5, 0)), turns);
  }

  /** Labels 0, 2 and 1; the middle one is too short and a little more like the third turn. */
  @Test
  void aShortTurnJoinsTheNeighbourThatIsMoreLikelyForItsSegments() {
    List<Segment> segments =
        List.of(
            new Segment(0, 5, scores(0.98, 0.01, 0.01)),
            new Segment(5, 5.5, scores(0.004, 0.006, 0.99)),
            new Segment(5.5, 9, scores(0.01, 0.98, 0.01)));
    TurnSmoother lax = new TurnSmoother(1 / 3.0, 0, 2);
    assertEquals(
        List.of(new Turn(0, 1, 0), new Turn(1, 2, 2), new Turn(2, 3, 1)), lax.turns(segments));
    TurnSmoother smoother = new TurnSmoother(1 / 3.0, 0.501, 2);
    assertEquals(List.of(new Turn(0, 1, 0), new Turn(1, 3, 1)), smoother.turns(segments));
    assertEquals(3, new TurnSmoother(1 / 3.0, 0.5, 2).turns(segments).size(), "0.5 s is enough");
  }

  @Test
  void ofAlikeNeighboursTheEarlierOneIsJoined() {
    List<Segment> segments =
        List.of(
            new Segment(0, 5, scores(0.98, 0.01, 0.01)),
            new Segment(5, 5.5, scores(0.005, 0.005, 0.99)),
            new Segment(5.5, 9, scores(0.01, 0.98, 0.01)));
    assertEquals(
        List.of(new Turn(0, 2, 0), new Turn(2, 3, 1)),
        new TurnSmoother(1 / 3.0, 1, 2).turns(segments));
  }

  @Test
  void neighboursOfTheSameLabelBecomeOneTurnWithWhatWasBetweenThem() {
    TurnSmoother smoother = new TurnSmoother(0.5, 1.5, 2);
    assertEquals(List.of(new Turn(0, 5, 0)), smoother.turns(seconds(0.9, 0.9, 0.1, 0.9, 0.9)));
  }

  /** All are too short, so the first joins the second, and both together the third. */
  @Test
  void shortTurnsAreJoinedUntilNoneIsLeft() {
    List<Turn> turns = new TurnSmoother(0.5, 10, 2).turns(seconds(0.9, 0.1, 0.9));
    assertEquals(1, turns.size());
    assertEquals(3, turns.get(0).to());
  }

  @Test
  void oneLabelIsOneTurn() {
    List<Segment> segments = List.of(new Segment(0, 1, scores(1)), new Segment(2, 3, scores(1)));
    assertEquals(List.of(new Turn(0, 2, 0)), PATHS.turns(segments));
  }

  /** Against all paths, tried one by one. */
  @Test
  void noPathIsMoreLikelyThanTheOneTaken() {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 200; trial++) {
      int labels = 2 + random.nextInt(3);
      double stay = 0.05 + 0.9 * random.nextDouble();
      List<Segment> segments = new ArrayList<>();
      double start = 0;
      for (int t = 0; t < 5; t++) {
        ImmutableDoubleArray scores = ImmutableDoubleArray.copyOf(random.doubles(labels));
        segments.add(new Segment(start, start + 1, scores));
        start += 1 + 2 * random.nextDouble();
      }
      int[] taken = new int[5];
      for (Turn turn : new TurnSmoother(stay, 0, 2).turns(segments)) {
        for (int t = turn.from(); t < turn.to(); t++) {
          taken[t] = turn.label();
        }
      }
      double best = Double.NEGATIVE_INFINITY;
      for (int path = 0; path < Math.pow(labels, 5); path++) {
        int[] tried = new int[5];
        for (int t = 0, rest = path; t < 5; t++, rest /= labels) {
          tried[t] = rest % labels;
        }
        best = Math.max(best, logLikelihood(segments, tried, stay, labels));
      }
      assertEquals(best, logLikelihood(segments, taken, stay, labels), 1e-9);
    }
  }

  private static double logLikelihood(List<Segment> segments, int[] path, double stay, int labels) {
    double sum = 0;
    for (int t = 0; t < path.length; t++) {
      sum += Math.log(segments.get(t).scores().get(path[t]));
      if (t > 0) {
        double gap = segments.get(t).start() - segments.get(t - 1).end();
        double stays = 1.0 / labels + (stay - 1.0 / labels) * Math.exp(-gap / 2);
        sum += Math.log(path[t] == path[t - 1] ? stays : (1 - stays) / (labels - 1));
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 2, stayProbability",
    "1, 1, 2, stayProbability",
    "NaN, 1, 2, stayProbability",
    "0.8, -1, 2, minimumSeconds",
    "0.8, NaN, 2, minimumSeconds",
    "0.8, 1, -1, maximumGap",
    "0.8, 1, Infinity, maximumGap"
  })
  void settingsOutOfRangeAreNamed(double stay, double minimum, double gap, String name) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new TurnSmoother(stay, minimum, gap))
            .getMessage();
    assertTrue(message.startsWith(name + " is "), message);
  }
}
