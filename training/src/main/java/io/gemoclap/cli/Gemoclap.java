package io.gemoclap.cli;

import io.gemoclap.cli.adapt.AdaptCommand;
import io.gemoclap.cli.adapt.AdaptStudyCommand;
import io.gemoclap.cli.annotate.AnnotateCommand;
import io.gemoclap.cli.benchmark.BenchmarkCommand;
import io.gemoclap.cli.console.BeamArguments;
import io.gemoclap.cli.console.Commands;
import io.gemoclap.cli.console.LocaleCheck;
import io.gemoclap.cli.console.Sentences;
import io.gemoclap.cli.console.UnsuccessfulException;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.evaluate.EvaluateCommand;
import io.gemoclap.cli.export.ExportCommand;
import io.gemoclap.cli.report.ReportCommand;
import io.gemoclap.cli.rescore.RescoreCommand;
import io.gemoclap.cli.review.ReviewCommand;
import io.gemoclap.cli.sample.SampleCommand;
import io.gemoclap.cli.train.CalibrateCommand;
import io.gemoclap.cli.train.CompareCommand;
import io.gemoclap.cli.train.CorpusCommand;
import io.gemoclap.cli.train.ExperimentCommand;
import io.gemoclap.cli.train.FeatureRobustnessCommand;
import io.gemoclap.cli.train.ImportCommand;
import io.gemoclap.cli.train.TrainCommand;
import io.gemoclap.cli.train.TrainSpeechClassifierCommand;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code gemoclap} command. Exit status: 0 done, 1 the job failed, 2 wrong usage, 3 too many
 * items failed.
 */
@Command(
    name = "gemoclap",
    description = "Recognises emotion in large amounts of speech.",
    mixinStandardHelpOptions = true,
    version = "gemoclap 0.1.0",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:done",
      "1:the job failed",
      "2:wrong usage; nothing was done",
      "3:the job ran, but more recordings failed than --max-failures allows"
    },
    subcommands = {
      AnnotateCommand.class,
      TrainCommand.class,
      ExperimentCommand.class,
      CorpusCommand.class,
      EvaluateCommand.class,
      AdaptCommand.class,
      AdaptStudyCommand.class,
      RescoreCommand.class,
      ExportCommand.class,
      SampleCommand.class,
      ReportCommand.class,
      ReviewCommand.class,
      CompareCommand.class,
      BenchmarkCommand.class,
      ImportCommand.class,
      CalibrateCommand.class,
      DoctorCommand.class,
      TrainSpeechClassifierCommand.class,
      FeatureRobustnessCommand.class
    })
public final class Gemoclap implements Commands {
  private Gemoclap() {}

  /** Runs a subcommand and exits with its status. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  public static int execute(String... args) {
    CommandLine commandLine = commandLine();
    try {
      LocaleCheck.requireReadable(args);
    } catch (WrongUsageException e) {
      commandLine.getErr().println("Wrong usage: " + e.getMessage());
      return 2;
    }
    return commandLine.execute(BeamArguments.last(commandLine, args));
  }

  @Override
  public int run(String... args) {
    return execute(args);
  }

  public static CommandLine commandLine() {
    IExecutionExceptionHandler failed =
        (e, command, parse) -> {
          if (e instanceof UnsuccessfulException) {
            command.getErr().println(e.getMessage());
            return 3;
          }
          boolean usage = e instanceof WrongUsageException;
          command.getErr().println((usage ? "Wrong usage: " : "Failed: ") + Sentences.of(e));
          if (!usage && System.getenv("GEMOCLAP_DEBUG") != null) {
            e.printStackTrace(command.getErr());
          }
          return usage ? 2 : 1;
        };
    IParameterExceptionHandler refused =
        (e, args) -> {
          PrintWriter err = e.getCommandLine().getErr();
          err.println("Wrong usage: " + e.getMessage());
          suggest(e, err);
          err.println("See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          return 2;
        };
    return new CommandLine(new Gemoclap())
        .setExecutionExceptionHandler(failed)
        .setParameterExceptionHandler(refused)
        .setExecutionStrategy(Gemoclap::execute)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static void suggest(ParameterException e, PrintWriter err) {
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      err.println("Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?");
    }
  }

  /** Runs the last subcommand once this process has what every job needs. */
  private static int execute(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    try {
      Sentences.requireTemporaryFolder();
    } catch (IOException e) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
    }
    return new RunLast().execute(parsed);
  }
}
