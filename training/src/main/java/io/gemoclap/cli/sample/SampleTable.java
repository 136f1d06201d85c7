package io.gemoclap.cli.sample;

import io.gemoclap.sample.Part;
import io.gemoclap.sample.Stratum;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what was chosen. */
final class SampleTable {
  private static final int ROWS = 20;

  private SampleTable() {}

  static void print(SampleJob.Chosen chosen, PrintStream out) {
    Map<Part, Long> parts =
        chosen.segments().stream()
            .collect(Collectors.groupingBy(s -> s.part(), Collectors.counting()));
    double seconds = chosen.segments().stream().mapToDouble(s -> s.seconds()).sum();
    out.printf(
        Locale.ROOT,
        "%d segments, %.1f minutes: %d random, %d uncertain, %d diverse%n",
        chosen.segments().size(),
        seconds / 60,
        parts.getOrDefault(Part.RANDOM, 0L),
        parts.getOrDefault(Part.UNCERTAIN, 0L),
        parts.getOrDefault(Part.DIVERSE, 0L));
    List<Stratum> strata = chosen.strata().list();
    if (!strata.isEmpty()) {
      out.printf(Locale.ROOT, "%10s %8s  %s%n", "segments", "random", "stratum");
    }
    for (Stratum stratum : strata.subList(0, Math.min(ROWS, strata.size()))) {
      out.printf(Locale.ROOT, "%10d %8d  %s%n", stratum.size(), stratum.sample(), stratum.name());
    }
    if (strata.size() > ROWS) {
      out.println("... and " + (strata.size() - ROWS) + " more strata");
    }
    chosen.notes().forEach(out::println);
  }
}
