package io.gemoclap.overview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.overview.ArchiveReport.Bin;
import io.gemoclap.overview.ArchiveReport.Emotion;
import io.gemoclap.overview.ArchiveReport.FailureKinds;
import io.gemoclap.overview.ArchiveReport.Group;
import io.gemoclap.overview.ArchiveReport.Grouping;
import io.gemoclap.overview.ArchiveReport.Period;
import io.gemoclap.overview.ArchiveReport.Speech;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes the report of what was added up. Immutable. */
record ReportBuilder(String folder, String summary, List<String> by, String date)
    implements Serializable {
  /** The column that is no metadata. */
  static final String CHANNEL = "channel";

  /** Begins the keys of days. */
  static final String DATE = "\u0001";

  private static final int GROUPS = 40;
  private static final int PERIODS = 60;
  private static final char END = '\u0000';

  static String key(String column, String value) {
    return column + END + value;
  }

  /** Metadata columns to group by. */
  Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>(List.of(NormalizeFeatures.SPEAKER));
    columns.addAll(by);
    columns.remove(CHANNEL);
    return columns;
  }

  ArchiveReport build(
      Totals totals, Course course, Map<String, Times> groups, Map<String, FailureCount> failures)
      throws JsonProcessingException {
    JsonNode counts = new ObjectMapper().readTree(summary);
    Map<String, Map<String, Times>> columns = new TreeMap<>();
    groups.forEach(
        (key, times) -> {
          int end = key.indexOf(END);
          columns
              .computeIfAbsent(key.substring(0, end), c -> new TreeMap<>())
              .put(key.substring(end + 1), times);
        });
    String dates = dateColumn(columns);
    FailureCount notSpeech =
        failures.getOrDefault(FailureKind.NO_SPEECH.name(), new FailureCount());
    Times all = totals.times();
    return new ArchiveReport(
        folder,
        List.copyOf(totals.models()),
        List.copyOf(totals.labelSets()),
        counts.path("recordings").asLong(),
        counts.path("failed_recordings").asLong(),
        counts.path("audio_seconds").asDouble(),
        new Speech(
            all.segments(),
            all.seconds(),
            all.uncertainSegments(),
            all.uncertainSeconds(),
            all.partialSegments(),
            notSpeech.count() - notSpeech.recordings(),
            all.meanConfidence()),
        emotions(all, course),
        failures.entrySet().stream()
            .map(f -> new FailureKinds(f.getKey(), f.getValue().count(), f.getValue().examples()))
            .sorted(Comparator.comparingLong(FailureKinds::count).reversed())
            .toList(),
        course(course),
        dates,
        dates.isEmpty() ? List.of() : calendar(columns.get(DATE + dates)),
        List.copyOf(totals.columns()),
        groupings(columns),
        confidences(totals.confidences()),
        distances(totals.distances()),
        totals.mostCertain(),
        totals.leastCertain());
  }

  private static List<Emotion> emotions(Times all, Course course) {
    List<Emotion> emotions = new ArrayList<>();
    all.expected()
        .forEach(
            (label, expected) ->
                emotions.add(
                    emotion(
                        label,
                        all.shown().getOrDefault(label, 0.0),
                        all.seconds(),
                        course.halfWidth(label),
                        all.partialSegments() == 0 ? expected / all.seconds() : null)));
    emotions.sort(Comparator.comparingDouble(Emotion::seconds).reversed());
    if (all.uncertainSegments() > 0) {
      emotions.add(
          emotion(
              Course.UNCERTAIN,
              all.uncertainSeconds(),
              all.seconds(),
              course.halfWidth(Course.UNCERTAIN),
              null));
    }
    return emotions;
  }

  private static Emotion emotion(
      String label, double seconds, double all, double halfWidth, Double expected) {
    double share = seconds / all;
    boolean known = !Double.isNaN(halfWidth);
    return new Emotion(
        label,
        seconds,
        share,
        known ? Math.max(0, share - halfWidth) : null,
        known ? Math.min(1, share + halfWidth) : null,
        expected);
  }

  private static List<Period> course(Course course) {
    List<Period> parts = new ArrayList<>();
    for (int part = 0; part < Course.PARTS; part++) {
      Map<String, Double> labels = new TreeMap<>();
      double seconds = 0;
      for (Map.Entry<String, double[]> label : course.parts().entrySet()) {
        labels.put(label.getKey(), label.getValue()[part]);
        seconds += label.getValue()[part];
      }
      Double uncertain = labels.remove(Course.UNCERTAIN);
      int width = 100 / Course.PARTS;
      parts.add(
          new Period(
              "%s–%s %%".formatted(part * width, (part + 1) * width),
              seconds,
              uncertain == null ? 0 : uncertain,
              labels));
    }
    return parts;
  }

  /** The column with the most dated speech. */
  private static String dateColumn(Map<String, Map<String, Times>> columns) {
    String best = "";
    double most = 0;
    for (Map.Entry<String, Map<String, Times>> column : columns.entrySet()) {
      if (column.getKey().startsWith(DATE)) {
        double dated = column.getValue().values().stream().mapToDouble(Times::seconds).sum();
        if (dated > most) {
          most = dated;
          best = column.getKey().substring(DATE.length());
        }
      }
    }
    return best;
  }

  /** Days, or if these are too many months, or years. */
  private static List<Period> calendar(Map<String, Times> days) {
    Map<String, Times> periods = days;
    for (int digits : new int[] {"2021-03-14".length(), "2021-03".length(), "2021".length()}) {
      periods = new TreeMap<>();
      for (Map.Entry<String, Times> day : days.entrySet()) {
        String name = day.getKey();
        periods
            .computeIfAbsent(name.substring(0, Math.min(digits, name.length())), n -> new Times())
            .add(day.getValue());
      }
      if (periods.size() <= PERIODS) {
        break;
      }
    }
    return periods.entrySet().stream()
        .map(
            period ->
                new Period(
                    period.getKey(),
                    period.getValue().seconds(),
                    period.getValue().uncertainSeconds(),
                    Map.copyOf(period.getValue().shown())))
        .toList();
  }

  private List<Grouping> groupings(Map<String, Map<String, Times>> columns) {
    List<Grouping> groupings = new ArrayList<>();
    List<String> names = new ArrayList<>(columns());
    names.add(CHANNEL);
    for (String name : names) {
      Map<String, Times> values = columns.getOrDefault(name, Map.of());
      boolean asked = by.contains(name);
      if (values.size() > 1 || (asked && values.keySet().stream().anyMatch(v -> !v.isEmpty()))) {
        groupings.add(
            new Grouping(
                name,
                values.size(),
                values.entrySet().stream()
                    .sorted(
                        Comparator.comparingDouble(
                                (Map.Entry<String, Times> value) -> value.getValue().seconds())
                            .reversed()
                            .thenComparing(Map.Entry::getKey))
                    .limit(GROUPS)
                    .map(value -> group(value.getKey(), value.getValue()))
                    .toList()));
      }
    }
    return groupings;
  }

  private static Group group(String name, Times times) {
    return new Group(
        name,
        times.segments(),
        times.seconds(),
        times.uncertainSeconds(),
        times.meanConfidence(),
        Map.copyOf(times.shown()));
  }

  private static List<Bin> confidences(long[] segments) {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < segments.length; i++) {
      bins.add(new Bin((double) i / segments.length, (i + 1.0) / segments.length, segments[i]));
    }
    return bins;
  }

  private static List<Bin> distances(long[] segments) {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < segments.length; i++) {
      bins.add(
          new Bin(
              i == 0 ? 0 : Totals.DISTANCES[i - 1],
              i < Totals.DISTANCES.length ? Totals.DISTANCES[i] : null,
              segments[i]));
    }
    return bins;
  }
}
