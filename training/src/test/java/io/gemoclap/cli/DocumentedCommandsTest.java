package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import io.gemoclap.Markdown;
import io.gemoclap.cli.console.BeamArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Every {@code ./gemoclap} command in a shell block of a page has options that exist. */
final class DocumentedCommandsTest {
  private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```");

  /** What readers replace, such as {@code <folder>}. */
  private static final Pattern PLACEHOLDER = Pattern.compile("<[^>\\n]+>");

  /** Options of Beam's module for AWS, which users add to the class path. */
  private static final String OF_ADDED_MODULE = "--aws";

  private static List<String> commands(String page) {
    List<String> commands = new ArrayList<>();
    Matcher block = SHELL.matcher(page);
    while (block.find()) {
      String lines = block.group(1).replaceAll("\\\\\\n\\s*", "");
      for (String line : Splitter.on('\n').split(lines)) {
        if (line.startsWith("./gemoclap ")) {
          commands.add(line.replaceFirst("\\s+#.*", "").strip());
        }
      }
    }
    return commands;
  }

  private static void parse(String command) {
    String words = PLACEHOLDER.matcher(command).replaceAll("x").replace("'", "").replace("\"", "");
    String[] arguments =
        Splitter.onPattern("\\s+")
            .splitToStream(words)
            .skip(1)
            .filter(word -> !word.startsWith(OF_ADDED_MODULE))
            .toArray(String[]::new);
    CommandLine gemoclap = Gemoclap.commandLine();
    gemoclap.parseArgs(BeamArguments.last(gemoclap, arguments));
  }

  @Test
  void everyCommandOfAPageIsOneThatTheCommandLineKnows() throws IOException {
    List<String> refused = new ArrayList<>();
    int count = 0;
    for (Path page : Markdown.pages()) {
      for (String command : commands(Files.readString(page))) {
        count++;
        try {
          parse(command);
        } catch (ParameterException e) {
          refused.add(Markdown.root().relativize(page) + ": " + command + ": " + e.getMessage());
        }
      }
    }
    assertTrue(count > 20, "commands: " + count);
    assertEquals(List.of(), refused);
  }

  @Test
  void aCommandWithAnUnknownOptionIsNoticed() {
    List<String> commands =
        commands(
            "```sh\n./gemoclap annotate --input=<my folder> \\\n    --outputs=out # writes\n```\n");
    assertEquals(List.of("./gemoclap annotate --input=<my folder> --outputs=out"), commands);
    assertThrows(ParameterException.class, () -> parse(commands.get(0)));
  }
}
