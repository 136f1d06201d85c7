package io.gemoclap.cli.train;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Durations;
import io.gemoclap.training.corpus.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gemoclap corpus inspect}. */
@Command(
    name = "inspect",
    description = {
      "Reads a whole corpus, decodes its audio, and prints counts, durations and every problem.",
      "Kinds: " + Corpus.KINDS + "."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class InspectCommand implements Callable<Integer> {
  private static final long QUIET_NANOS = 10_000_000_000L;

  @Parameters(paramLabel = "<kind>:<folder or file>", description = "The corpus.")
  private String corpus;

  @Option(names = "--strict", description = "Exit with status 1 if there is a problem.")
  private boolean strict;

  private long last = System.nanoTime();

  @Override
  public Integer call() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    Corpus read = WrongUsageException.ifRefused(() -> Corpus.inspect(corpus));
    boolean terminal = System.getenv("GEMOCLAP_TERMINAL") != null;
    int files = (int) read.utterances().stream().map(u -> u.uri()).distinct().count();
    Durations durations = Durations.measure(read, done -> show(done, files, terminal, System.err));
    List<Problem> problems = new ArrayList<>(read.problems());
    problems.addAll(durations.problems());
    CorpusTable.print(read, durations, problems, System.out);
    return strict && !problems.isEmpty() ? 1 : 0;
  }

  private synchronized void show(int done, int files, boolean terminal, PrintStream out) {
    long time = System.nanoTime();
    if (terminal) {
      out.print("\rdecoded " + done + "/" + files + (done == files ? "\n" : ""));
      out.flush();
    } else if (time - last > QUIET_NANOS) {
      last = time;
      out.println("decoded " + done + "/" + files);
    }
  }
}
