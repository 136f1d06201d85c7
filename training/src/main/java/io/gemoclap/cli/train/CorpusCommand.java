package io.gemoclap.cli.train;

import io.gemoclap.training.corpus.Corpus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gemoclap corpus}. */
@Command(
    name = "corpus",
    description = {
      "Inspects corpora, which are specified as <kind>:<folder or file>.",
      "Kinds: " + Corpus.KINDS + "."
    },
    mixinStandardHelpOptions = true,
    subcommands = InspectCommand.class)
public final class CorpusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "corpus needs a subcommand: inspect");
  }
}
