package io.gemoclap.corrections;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far people agree, beyond what chance would give. Immutable.
 *
 * @param pairs Cohen's κ of each two people who judged a segment both, in the order of their names
 * @param groups Fleiss' κ of the segments that the same number of people judged, two or more
 */
public record Agreement(List<Pair> pairs, List<Group> groups) {

  /**
   * Cohen's κ of two people.
   *
   * @param first the one
   * @param second the other
   * @param segments how many segments both judged
   * @param agreed share of them with the same answer, 0 to 1
   * @param kappa κ, at most 1; NaN if it is undefined, see {@link #cohen}
   */
  public record Pair(String first, String second, int segments, double agreed, double kappa) {}

  /**
   * Fleiss' κ of the segments that a number of people judged, not necessarily the same people.
   *
   * @param raters how many people judged each of the segments
   * @param segments how many segments there are
   * @param kappa κ, at most 1; NaN if it is undefined, see {@link #fleiss}
   */
  public record Group(int raters, int segments, double kappa) {}

  /** Copies the lists. */
  public Agreement {
    pairs = List.copyOf(pairs);
    groups = List.copyOf(groups);
  }

  /** κ with two decimals, or that it is undefined. */
  public static String shown(double kappa) {
    return Double.isNaN(kappa) ? "undefined" : String.format(Locale.ROOT, "%.2f", kappa);
  }

  /**
   * Cohen's κ = (p<sub>o</sub> − p<sub>e</sub>) / (1 − p<sub>e</sub>), with p<sub>o</sub> the share
   * of items on which two raters agree and p<sub>e</sub> the share expected from how often each of
   * them gives each answer: J. Cohen, "A coefficient of agreement for nominal scales", Educational
   * and Psychological Measurement 20 (1960), pp. 37–46.
   *
   * @param table how many items got answer i from one rater and answer j from the other
   * @return NaN if there is no item, or if both give one and the same answer to all: then
   *     p<sub>e</sub> is 1
   */
  public static double cohen(int[][] table) {
    double all = 0;
    double same = 0;
    double[] first = new double[table.length];
    double[] second = new double[table.length];
    for (int i = 0; i < table.length; i++) {
      for (int j = 0; j < table.length; j++) {
        all += table[i][j];
        first[i] += table[i][j];
        second[j] += table[i][j];
      }
      same += table[i][i];
    }
    double expected = 0;
    for (int i = 0; i < table.length; i++) {
      expected += first[i] * second[i];
    }
    // In counts, so that total agreement on one answer gives 0 / 0 exactly.
    return (same * all - expected) / (all * all - expected);
  }

  /**
   * Fleiss' κ = (P̄ − P̄<sub>e</sub>) / (1 − P̄<sub>e</sub>), with P̄ the share of pairs of ratings
   * of the same item that agree and P̄<sub>e</sub> = Σ p<sub>j</sub>², where p<sub>j</sub> is the
   * share of answer j in all ratings: J. L. Fleiss, "Measuring nominal scale agreement among many
   * raters", Psychological Bulletin 76 (1971), pp. 378–382.
   *
   * @param counts how many raters gave item i answer j; each item has the same number of raters
   * @return NaN if there is no item or one rater only, or if all ratings are the same answer: then
   *     P̄<sub>e</sub> is 1
   * @throws IllegalArgumentException if the numbers of raters differ
   */
  public static double fleiss(int[][] counts) {
    if (counts.length == 0) {
      return Double.NaN;
    }
    double raters = sum(counts[0]);
    double[] answers = new double[counts[0].length];
    double pairs = 0;
    for (int[] item : counts) {
      if (sum(item) != raters) {
        throw new IllegalArgumentException(
            "An item has " + sum(item) + " raters, the first " + (int) raters);
      }
      for (int j = 0; j < item.length; j++) {
        answers[j] += item[j];
        pairs += (double) item[j] * (item[j] - 1);
      }
    }
    double ratings = raters * counts.length;
    double expected = 0;
    for (double answer : answers) {
      expected += answer * answer;
    }
    double agreed = pairs / (ratings * (raters - 1));
    // In counts, so that total agreement on one answer gives 0 / 0 exactly.
    return (agreed * ratings * ratings - expected) / (ratings * ratings - expected);
  }

  /**
   * The agreement of people on segments.
   *
   * @param judged for each segment, who gave which answer
   */
  static Agreement of(List<Map<String, String>> judged) {
    Set<String> people = new TreeSet<>();
    Set<String> answers = new TreeSet<>();
    for (Map<String, String> of : judged) {
      people.addAll(of.keySet());
      answers.addAll(of.values());
    }
    List<String> categories = List.copyOf(answers);
    List<Pair> pairs = new ArrayList<>();
    for (String first : people) {
      for (String second : people) {
        if (first.compareTo(second) < 0) {
          pair(first, second, judged, categories, pairs);
        }
      }
    }
    return new Agreement(pairs, groups(judged, categories));
  }

  private static void pair(
      String first,
      String second,
      List<Map<String, String>> judged,
      List<String> categories,
      List<Pair> pairs) {
    int[][] table = new int[categories.size()][categories.size()];
    int segments = 0;
    int agreed = 0;
    for (Map<String, String> of : judged) {
      if (of.containsKey(first) && of.containsKey(second)) {
        int one = categories.indexOf(of.get(first));
        int other = categories.indexOf(of.get(second));
        table[one][other]++;
        segments++;
        agreed += one == other ? 1 : 0;
      }
    }
    if (segments > 0) {
      pairs.add(new Pair(first, second, segments, (double) agreed / segments, cohen(table)));
    }
  }

  private static List<Group> groups(List<Map<String, String>> judged, List<String> categories) {
    Map<Integer, List<int[]>> byRaters = new TreeMap<>();
    for (Map<String, String> of : judged) {
      if (of.size() >= 2) {
        int[] counts = new int[categories.size()];
        of.values().forEach(answer -> counts[categories.indexOf(answer)]++);
        byRaters.computeIfAbsent(of.size(), raters -> new ArrayList<>()).add(counts);
      }
    }
    List<Group> groups = new ArrayList<>();
    byRaters.forEach(
        (raters, items) ->
            groups.add(new Group(raters, items.size(), fleiss(items.toArray(int[][]::new)))));
    return groups;
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
