package io.gemoclap.cli.train;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.evaluate.McNemar;
import io.gemoclap.training.report.Comparison;
import io.gemoclap.training.report.Comparison.Drawn;
import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.report.SelectedEpoch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap compare}. */
@Command(
    name = "compare",
    description = {
      "Tests whether one run is better than another, utterance by utterance.",
      "Differences are B minus A in percentage points, with 95 %% intervals and p of a paired"
          + " bootstrap of 2,000 resamples."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "<run A>", description = "Folder of the first run.")
  private Path folderA;

  @Parameters(index = "1", paramLabel = "<run B>", description = "Folder of the second run.")
  private Path folderB;

  @Option(
      names = "--draw",
      defaultValue = "UTTERANCES",
      description = {
        "Unit of resampling: utterances (within each class) or speakers (whole).",
        "${COMPLETION-CANDIDATES}."
      })
  private Drawn drawn;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the resamples.")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    FinishedRun a = WrongUsageException.ifRefused(() -> FinishedRun.read(folderA));
    FinishedRun b = WrongUsageException.ifRefused(() -> FinishedRun.read(folderB));
    try {
      print(a.info().id(), b.info().id(), Comparison.of(a, b, drawn, seed));
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
    return 0;
  }

  private void print(String idA, String idB, Comparison comparison) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("A: %s, %s".formatted(idA, how(comparison.checkpointA(), comparison.promptsA())));
    out.println("B: %s, %s".formatted(idB, how(comparison.checkpointB(), comparison.promptsB())));
    out.printf(
        Locale.ROOT,
        "%d utterances of %d speakers; resampled: %s%n%n",
        comparison.utterances(),
        comparison.speakers(),
        drawn == Drawn.UTTERANCES ? "utterances within each class" : "whole speakers");
    out.println(row("metric", "A", "B", "B - A", "95 % interval", "p"));
    for (Comparison.Row each : comparison.rows()) {
      Interval interval = each.interval();
      out.println(
          row(
              each.metric(),
              number("%.1f %%", each.a()),
              number("%.1f %%", each.b()),
              number("%+.1f", each.difference()),
              number("%+.1f", interval.low()) + " to " + number("%+.1f", interval.high()),
              p(each.p())));
    }
    McNemar test = comparison.mcNemar();
    out.printf(
        Locale.ROOT,
        "%nMcNemar: %d utterances only A has right, %d only B; p = %s (%s)%n",
        test.onlyA(),
        test.onlyB(),
        p(test.p()),
        test.exact() ? "exact" : "chi-square with continuity correction");
  }

  private static String how(SelectedEpoch checkpoint, String prompts) {
    return checkpoint.phrase() + ", label sentences say " + prompts;
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%-9s %8s %8s %8s %17s %8s", (Object[]) cells);
  }

  private static String number(String format, double share) {
    return String.format(Locale.ROOT, format, 100 * share);
  }

  private static String p(double p) {
    return p < 0.0005 ? "< 0.0005" : String.format(Locale.ROOT, "%.3f", p);
  }
}
