package io.gemoclap.corrections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class AgreementTest {
  /** Fleiss (1971), table 1: 30 patients, six psychiatrists each, five diagnoses. */
  private static final int[][] DIAGNOSES = {
    {0, 0, 0, 6, 0}, {0, 3, 0, 0, 3}, {0, 1, 4, 0, 1}, {0, 0, 0, 0, 6}, {0, 3, 0, 3, 0},
    {2, 0, 4, 0, 0}, {0, 0, 4, 0, 2}, {2, 0, 3, 1, 0}, {2, 0, 0, 4, 0}, {0, 0, 0, 0, 6},
    {1, 0, 0, 5, 0}, {1, 1, 0, 4, 0}, {0, 3, 3, 0, 0}, {1, 0, 0, 5, 0}, {0, 2, 0, 3, 1},
    {0, 0, 5, 0, 1}, {3, 0, 0, 1, 2}, {5, 1, 0, 0, 0}, {0, 2, 0, 4, 0}, {1, 0, 2, 0, 3},
    {0, 0, 0, 0, 6}, {0, 1, 0, 5, 0}, {0, 2, 0, 1, 3}, {2, 0, 0, 4, 0}, {1, 0, 0, 4, 1},
    {0, 5, 0, 1, 0}, {4, 0, 0, 0, 2}, {0, 2, 0, 4, 0}, {1, 0, 5, 0, 0}, {0, 0, 0, 0, 6}
  };

  @Test
  void fleissKappaIsThatOfHisPaper() {
    assertEquals(0.430, Agreement.fleiss(DIAGNOSES), 0.0005);
  }

  @Test
  void cohensKappaIsThatOfHisPaper() {
    // Cohen (1960), the frequencies of 200 patients.
    assertEquals(
        0.492, Agreement.cohen(new int[][] {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}}), 0.0005);
  }

  @Test
  void totalAgreementIsOneAndAgreementAtChanceIsZero() {
    assertEquals(1, Agreement.cohen(new int[][] {{3, 0}, {0, 2}}));
    assertEquals(0, Agreement.cohen(new int[][] {{1, 1}, {1, 1}}));
    assertEquals(1, Agreement.fleiss(new int[][] {{3, 0}, {0, 3}}));
    assertEquals(-1, Agreement.cohen(new int[][] {{0, 2}, {2, 0}}));
  }

  @Test
  void ifAllAgreeOnOneLabelKappaIsUndefined() {
    assertUndefined(Agreement.cohen(new int[][] {{7, 0}, {0, 0}}));
    assertUndefined(Agreement.fleiss(new int[][] {{3, 0}, {3, 0}, {3, 0}}));
    assertUndefined(Agreement.cohen(new int[][] {{0, 0}, {0, 0}}));
    assertUndefined(Agreement.fleiss(new int[0][]));
    assertUndefined(Agreement.fleiss(new int[][] {{1, 0}, {0, 1}}));
    assertEquals("undefined", Agreement.shown(Double.NaN));
    assertEquals("0.43", Agreement.shown(Agreement.fleiss(DIAGNOSES)));
  }

  @Test
  void itemsOfDifferentNumbersOfRatersAreNotPooled() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Agreement.fleiss(new int[][] {{2, 0}, {2, 1}}));
    assertEquals("An item has 3 raters, the first 2", e.getMessage());
  }

  @Test
  void pairsAndGroupsComeFromTheSegmentsThatSeveralPeopleJudged() {
    Agreement agreement =
        Corrections.of(
                List.of(
                    Corrected.label("s1", "kim", "sad", 0),
                    Corrected.label("s1", "lee", "Sad", 0),
                    Corrected.label("s1", "sam", "sad", 0),
                    Corrected.label("s2", "kim", "anger", 0),
                    Corrected.answer("s2", "lee", Answer.NOT_SPEECH, 0),
                    Corrected.label("s3", "kim", "anger", 0),
                    Corrected.label("s3", "lee", "anger", 0),
                    Corrected.label("s4", "kim", "anger", 0),
                    Corrected.answer("s4", "lee", Answer.UNSURE, 0)),
                UnaryOperator.identity())
            .agreement();
    assertEquals(3, agreement.pairs().size());
    Agreement.Pair pair = agreement.pairs().get(0);
    assertEquals(List.of("kim", "lee"), List.of(pair.first(), pair.second()));
    assertEquals(3, pair.segments(), "An answer 'unsure' judges nothing");
    assertEquals(2 / 3.0, pair.agreed());
    // By hand: p_o = 2/3; p_e = 1/3 * 1/3 + 2/3 * 1/3 = 1/3.
    assertEquals(0.5, pair.kappa(), 1e-12);
    assertUndefined(agreement.pairs().get(1).kappa());

    assertEquals(List.of(2, 3), agreement.groups().stream().map(Agreement.Group::raters).toList());
    Agreement.Group two = agreement.groups().get(0);
    assertEquals(2, two.segments());
    // By hand: P = 1/2; anger 3/4 and not speech 1/4 of the ratings, P_e = 10/16.
    assertEquals((1 / 2.0 - 10 / 16.0) / (6 / 16.0), two.kappa(), 1e-12);
    assertUndefined(agreement.groups().get(1).kappa());
  }

  private static void assertUndefined(double kappa) {
    assertTrue(Double.isNaN(kappa), () -> "kappa is " + kappa);
  }
}
