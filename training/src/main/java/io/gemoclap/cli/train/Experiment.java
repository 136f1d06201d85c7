package io.gemoclap.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of the table of experiments. Cells that a table lacks are null.
 *
 * @param id its name
 * @param command {@code train}, also where it is not given, or {@code evaluate}
 * @param corpus kind of the corpus, which is also the name of its folder; or {@code
 *     <kind>:<folder>/<file>}
 * @param variant loss; of training only, like the next three
 * @param alpha weight of emotion
 * @param prompts what the sentences say
 * @param seeds one run each, separated by spaces
 * @param options further options of the command
 * @param uar expected UAR in per cent, the mean of the seeds
 * @param tolerance points by which another machine's may differ
 */
record Experiment(
    String id,
    String command,
    String corpus,
    String variant,
    String alpha,
    String prompts,
    String seeds,
    String options,
    double uar,
    double tolerance) {

  /** Whether a finished bundle is evaluated. */
  boolean isEvaluation() {
    return "evaluate".equals(command);
  }

  /** Where the results of a seed, or of an evaluation, are. */
  Path folder(String seed, Path output) {
    return isEvaluation() ? output.resolve(id) : output.resolve(id).resolve("seed-" + seed);
  }

  /**
   * The command with its arguments.
   *
   * @param data folder of the corpus; null for the default
   */
  List<String> arguments(String seed, Path data, Path output, boolean overwrite) {
    List<String> arguments = new ArrayList<>();
    arguments.add(isEvaluation() ? "evaluate" : "train");
    arguments.add("--corpus=" + spec(data));
    arguments.add("--output=" + folder(seed, output));
    if (isEvaluation()) {
      arguments.add("--overwrite");
    } else {
      arguments.add("--features=" + output.resolve("features"));
      arguments.add("--variant=" + variant);
      arguments.add("--alpha=" + alpha);
      arguments.add("--prompts=" + prompts);
      arguments.add("--seed=" + seed);
      arguments.add("--no-final");
      arguments.add(overwrite ? "--overwrite" : "--resume");
    }
    for (String option : options.split(" ", -1)) {
      if (!option.isBlank()) {
        arguments.add(option);
      }
    }
    return arguments;
  }

  private String spec(Path data) {
    int colon = corpus.indexOf(':');
    String kind = colon < 0 ? corpus : corpus.substring(0, colon);
    Path place = Path.of(corpus.substring(colon + 1));
    if (data == null) {
      String root = System.getenv("GEMOCLAP_DATA");
      return kind + ":" + Path.of(root == null ? "../shared/data" : root).resolve(place);
    }
    return kind
        + ":"
        + (place.getNameCount() == 1 ? data : data.resolve(place.subpath(1, place.getNameCount())));
  }
}
