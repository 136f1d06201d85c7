package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code --help} of every command says of default values. */
final class HelpTest {
  private static final Pattern TWICE = Pattern.compile("Default: (\\S+?)\\.? +Default: \\1( |$)");

  static Stream<String> commands() {
    return all(Gemoclap.commandLine()).map(command -> command.getCommandSpec().qualifiedName(" "));
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().distinct().flatMap(HelpTest::all));
  }

  private static CommandLine command(String name) {
    return all(Gemoclap.commandLine())
        .filter(command -> command.getCommandSpec().qualifiedName(" ").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void showsEachDefaultOnce(String name) {
    CommandSpec spec = command(name).getCommandSpec();
    List<String> twice = new ArrayList<>();
    List<ArgSpec> arguments = new ArrayList<>(spec.options());
    arguments.addAll(spec.positionalParameters());
    for (ArgSpec argument : arguments) {
      boolean told =
          String.join(" ", argument.description()).toLowerCase(Locale.ROOT).contains("default");
      boolean shown =
          argument.showDefaultValue() == Visibility.ALWAYS
              || (argument.showDefaultValue() == Visibility.ON_DEMAND
                  && spec.usageMessage().showDefaultValues()
                  && argument.defaultValue() != null);
      if (told && shown) {
        twice.add(argument.paramLabel() + " of " + argument);
      }
    }
    assertEquals(List.of(), twice);
    String help = command(name).getUsageMessage().replaceAll("\\s+", " ");
    assertFalse(TWICE.matcher(help).find(), help);
  }
}
