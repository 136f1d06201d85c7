package io.gemoclap.training.robustness;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.GroupStatistics;
import io.gemoclap.training.degrade.Degradation;
import io.gemoclap.training.degrade.Severity;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * For each feature column, how much it says of emotions and how much of the recording. All figures
 * are shares of a column's variance, without unit.
 *
 * @param rows one for each column, those that degradations change most against emotion first
 */
public record RobustnessTable(List<Row> rows) {
  private static final String NEUTRAL = "neutral";

  /** Copies the list. */
  public RobustnessTable {
    rows = List.copyOf(rows);
  }

  /**
   * A column.
   *
   * @param feature its name
   * @param emotion variance between the means of the emotions, as a share of the variance of clean
   *     utterances (η²), 0 to 1
   * @param mild share of the variance over utterances and their copies under mild degradations that
   *     lies between the copies of one utterance, 0 to 1
   * @param harsh the same under harsh ones
   * @param other squared difference of the means of neutral speech in both corpora, as a share of
   *     the variance of clean utterances, 0 or more; null without another corpus
   */
  public record Row(
      String feature, double emotion, double mild, double harsh, @Nullable Double other) {
    double ratio() {
      return (mild + harsh) / Math.max(emotion, 1e-3);
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%s,%.4f,%.4f,%.4f,%s",
          feature,
          emotion,
          mild,
          harsh,
          other == null ? "" : String.format(Locale.ROOT, "%.4f", other));
    }
  }

  /**
   * Compares the versions of utterances.
   *
   * @param versions clean, then after each {@link Degradation} in its order
   * @param names of the columns
   * @param other utterances of another corpus, of which those labelled {@code neutral} count; null
   *     for none
   */
  public static RobustnessTable of(Examples versions, List<String> names, @Nullable Examples other)
      throws IOException {
    Map<String, GroupStatistics> emotions = new TreeMap<>();
    DegradationShare mild = new DegradationShare();
    DegradationShare harsh = new DegradationShare();
    versions.forEach(
        example -> {
          emotions.merge(
              example.utterance().emotion(),
              GroupStatistics.of(example.clean()),
              GroupStatistics::plus);
          mild.add(example.clean(), degraded(example, Severity.MILD));
          harsh.add(example.clean(), degraded(example, Severity.HARSH));
        });
    GroupStatistics all =
        emotions.values().stream().reduce(GroupStatistics.none(), GroupStatistics::plus);
    GroupStatistics neutral = emotions.getOrDefault(NEUTRAL, GroupStatistics.none());
    GroupStatistics elsewhere = other == null ? GroupStatistics.none() : neutral(other);
    List<Row> rows = new ArrayList<>();
    for (int d = 0; d < names.size(); d++) {
      double variance = Math.max(all.variance(d), 1e-12);
      double between = 0;
      for (GroupStatistics emotion : emotions.values()) {
        double shift = emotion.mean(d) - all.mean(d);
        between += shift * shift * emotion.segments() / all.segments();
      }
      Double shifted = null;
      if (neutral.segments() > 0 && elsewhere.segments() > 0) {
        double shift = elsewhere.mean(d) - neutral.mean(d);
        shifted = shift * shift / variance;
      }
      rows.add(new Row(names.get(d), between / variance, mild.of(d), harsh.of(d), shifted));
    }
    rows.sort((a, b) -> Double.compare(b.ratio(), a.ratio()));
    return new RobustnessTable(rows);
  }

  private static List<FeatureMatrix> degraded(Example example, Severity severity) {
    List<FeatureMatrix> versions = new ArrayList<>();
    for (Degradation degradation : Degradation.values()) {
      if (degradation.severity() == severity) {
        versions.add(example.versions().get(1 + degradation.index()));
      }
    }
    return versions;
  }

  private static GroupStatistics neutral(Examples other) throws IOException {
    List<GroupStatistics> all = new ArrayList<>();
    other.forEach(
        example -> {
          if (example.utterance().emotion().equals(NEUTRAL)) {
            all.add(GroupStatistics.of(example.clean()));
          }
        });
    return all.stream().reduce(GroupStatistics.none(), GroupStatistics::plus);
  }

  /** The table as lines of CSV, with a header. */
  public List<String> csv() {
    List<String> lines = new ArrayList<>(List.of("feature,emotion,mild,harsh,other_corpus"));
    rows.forEach(row -> lines.add(row.line()));
    return lines;
  }
}
