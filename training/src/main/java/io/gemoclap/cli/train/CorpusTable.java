package io.gemoclap.cli.train;

import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Durations;
import io.gemoclap.training.corpus.Problem;
import io.gemoclap.training.corpus.Utterance;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Prints what a corpus holds: counts with hours, lengths, what is left out, problems. */
record CorpusTable(Corpus corpus, Durations durations, PrintStream out) {
  private static final int ROWS = 40;
  private static final int BAR = 40;
  private static final double[] EDGES = {0, 0.5, 1, 2, 3, 4, 5, 7.5, 10, 15, 20, 30, 60};

  static void print(Corpus corpus, Durations durations, List<Problem> problems, PrintStream out) {
    CorpusTable table = new CorpusTable(corpus, durations, out);
    out.println(
        "Corpus "
            + corpus.name()
            + (corpus.labelMap().isEmpty() ? "" : ", label map ")
            + corpus.labelMap());
    table.counts("label", Utterance::emotion);
    table.counts("gender", utterance -> utterance.gender().name().toLowerCase(Locale.ROOT));
    table.counts("speaker", Utterance::speaker);
    table.counts("session", Utterance::session);
    table.histogram();
    if (!corpus.leftOut().isEmpty()) {
      out.println();
      out.println("deliberately omitted: " + new TreeMap<>(corpus.leftOut()));
    }
    if (!problems.isEmpty()) {
      out.println();
      problems.forEach(problem -> out.println("problem: " + problem));
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "Done: %d utterances, %.2f h, %d problems%n",
        corpus.utterances().size(),
        hours(durations.seconds().values()),
        problems.size());
  }

  private static double hours(Collection<Double> seconds) {
    return seconds.stream().mapToDouble(Double::doubleValue).sum() / 3600;
  }

  /** One row a value; nothing where the corpus tells nothing. */
  private void counts(String title, Function<Utterance, String> of) {
    Map<String, List<Double>> groups = new TreeMap<>();
    for (Utterance utterance : corpus.utterances()) {
      String value = of.apply(utterance);
      groups
          .computeIfAbsent(value.isEmpty() ? "(unknown)" : value, key -> new ArrayList<>())
          .add(durations.seconds().getOrDefault(utterance.id(), 0.0));
    }
    if (groups.keySet().equals(Set.of("(unknown)"))) {
      return;
    }
    out.println();
    out.printf(
        Locale.ROOT, "%-24s %10s %8s%n", title + " (" + groups.size() + ")", "utterances", "hours");
    int row = 0;
    for (Map.Entry<String, List<Double>> group : groups.entrySet()) {
      if (row++ == ROWS) {
        out.println("... and " + (groups.size() - ROWS) + " more");
        break;
      }
      out.printf(
          Locale.ROOT,
          "%-24s %10d %8.2f%n",
          group.getKey(),
          group.getValue().size(),
          hours(group.getValue()));
    }
  }

  private void histogram() {
    if (durations.seconds().isEmpty()) {
      return;
    }
    int[] counts = new int[EDGES.length];
    for (double seconds : durations.seconds().values()) {
      int bin = 0;
      while (bin + 1 < EDGES.length && seconds >= EDGES[bin + 1]) {
        bin++;
      }
      counts[bin]++;
    }
    int most = Arrays.stream(counts).max().orElse(1);
    out.println();
    out.printf(Locale.ROOT, "%-24s %10s%n", "seconds", "utterances");
    for (int bin = 0; bin < counts.length; bin++) {
      if (counts[bin] > 0) {
        String to = bin + 1 < EDGES.length ? " to " + EDGES[bin + 1] : " and more";
        String bar = "#".repeat((int) Math.ceil((double) BAR * counts[bin] / most));
        out.printf(Locale.ROOT, "%-24s %10d  %s%n", EDGES[bin] + to, counts[bin], bar);
      }
    }
  }
}
