package io.gemoclap.cli.console;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.Streams;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;
import picocli.CommandLine;

/**
 * Lets options of Beam and its runners stand among ours: {@code --runner=FlinkRunner} is moved
 * after {@code --}, where a subcommand finds the options for Beam. An option that is neither ours
 * nor Beam's stays, and is refused.
 */
public final class BeamArguments {
  private static final String SEPARATOR = "--";

  private BeamArguments() {}

  /** The same arguments with those of Beam last. */
  public static String[] last(CommandLine commandLine, String[] args) {
    if (args.length == 0 || !commandLine.getSubcommands().containsKey(args[0])) {
      return args;
    }
    Set<String> ours =
        commandLine.getSubcommands().get(args[0]).getCommandSpec().optionsMap().keySet();
    Supplier<Set<String>> beams = Suppliers.memoize(BeamArguments::names);
    List<String> front = new ArrayList<>();
    List<String> back = new ArrayList<>();
    boolean separated = false;
    for (String arg : args) {
      String option = arg.split("=", 2)[0];
      boolean beam =
          option.startsWith("--")
              && !option.equals(SEPARATOR)
              && !ours.contains(option)
              && beams.get().contains(option.substring(2));
      if (separated || beam) {
        back.add(arg);
      } else if (arg.equals(SEPARATOR)) {
        separated = true;
      } else {
        front.add(arg);
      }
    }
    if (!back.isEmpty()) {
      front.add(SEPARATOR);
      front.addAll(back);
    }
    return front.toArray(String[]::new);
  }

  /**
   * Property names of all registered options, as {@code runner} of {@code getRunner}. The
   * registrars name them in milliseconds, whereas {@code PipelineOptionsFactory} first validates
   * each of them.
   */
  private static Set<String> names() {
    return Streams.stream(ServiceLoader.load(PipelineOptionsRegistrar.class))
        .flatMap(registrar -> Streams.stream(registrar.getPipelineOptions()))
        .flatMap(BeamArguments::getters)
        .collect(Collectors.toSet());
  }

  private static Stream<String> getters(Class<? extends PipelineOptions> options) {
    return Stream.of(options.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .map(Method::getName)
        .filter(name -> name.matches("(get|is)[A-Z].*"))
        .map(name -> name.replaceFirst("^(get|is)", ""))
        .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1));
  }
}
