package io.gemoclap.cli.annotate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.archive.JobSettings;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option of {@code annotate} either decides the rows of a folder, and is then compared when
 * the folder is resumed, or decides only how a job is carried out, and may then change, or is for
 * input without end, which has no folder to be resumed.
 */
final class AnnotateOptionsTest {
  /** Options that decide rows, each with another value. */
  private static final Map<String, String> ROWS =
      Map.ofEntries(
          Map.entry("--model", "--model=<other>"),
          Map.entry("--labels", "--labels=angry,calm"),
          Map.entry("--templates", "--templates=<templates>"),
          Map.entry("--segment", "--segment=whole"),
          Map.entry("--segments", "--segments=csv:<segments>"),
          Map.entry("--tier", "--tier=words"),
          Map.entry("--speaker-from", "--speaker-from=none"),
          Map.entry("--speaker-names", "--speaker-names=archive"),
          Map.entry("--channels", "--channels=split"),
          Map.entry("--stream", "--stream=first"),
          Map.entry("--speech-threshold", "--speech-threshold=0.5"),
          Map.entry("--normalize", "--normalize=recording"),
          Map.entry("--format", "--format=parquet"),
          Map.entry("--top-k", "--top-k=1"),
          Map.entry("--abstain-below", "--abstain-below=0.5"),
          Map.entry("--embeddings", "--embeddings"),
          Map.entry("--features", "--features"),
          Map.entry("--turns", "--turns"),
          Map.entry("--precision", "--precision=FP16"));

  /** Options that decide only how a job is carried out, each with another value. */
  private static final Map<String, String> EXECUTION =
      Map.ofEntries(
          Map.entry("--input", "--input=<more>"),
          Map.entry("--output", "--output=moved"),
          Map.entry("--overwrite", "--overwrite"),
          Map.entry("--resume", "--resume"),
          Map.entry("--retry-failures", "--retry-failures"),
          Map.entry("--renew-statistics", "--renew-statistics"),
          Map.entry("--dry-run", "--dry-run"),
          Map.entry("--part", "--part=3"),
          Map.entry("--max-failures", "--max-failures=0.5"),
          Map.entry("--decoder", "--decoder=isolated"),
          Map.entry("--allowed-roots", "--allowed-roots=/"),
          Map.entry("--gpu", "--gpu"),
          Map.entry("--help", "--help"),
          Map.entry("--version", "--version"));

  @TempDir private Path folder;

  @BeforeEach
  void writesTheInput() throws IOException {
    Files.createDirectories(folder.resolve("calls"));
    Files.writeString(folder.resolve("calls/a.wav"), "nobody decodes it here");
    Files.createDirectories(folder.resolve("more"));
    Files.writeString(folder.resolve("more/b.wav"), "nor this");
    Files.writeString(folder.resolve("segments"), "recording,start,end\na,0,1\n");
    Files.writeString(folder.resolve("templates"), "This voice is {}.");
    writeAnotherBundle();
  }

  /** The bundled model with another licence, and so another id. */
  private void writeAnotherBundle() throws IOException {
    ModelBundle bundled = Bundles.open(Bundles.BUNDLED);
    for (String name : bundled.manifest().files().keySet()) {
      Path copy = folder.resolve("other").resolve(name);
      Files.createDirectories(copy.getParent());
      Files.copy(bundled.folder().resolve(name), copy);
    }
    String manifest = Files.readString(bundled.folder().resolve(ModelBundle.MANIFEST));
    Files.writeString(
        folder.resolve("other").resolve(ModelBundle.MANIFEST),
        manifest.replace("Apache-2.0", "another"));
  }

  private JobSettings settings(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    for (String needed : List.of("--input=<calls>", "--output=results")) {
      String name = needed.substring(0, needed.indexOf('='));
      if (arguments.stream().noneMatch(argument -> argument.startsWith(name))) {
        arguments.add(needed);
      }
    }
    arguments.replaceAll(argument -> argument.replaceAll("<(\\w+)>", folder + "/$1"));
    AnnotateCommand command = new AnnotateCommand();
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    return command.settings();
  }

  private ResultFolder begun() throws IOException {
    ResultFolder results = new ResultFolder(folder.resolve("results").toString());
    settings().write(results);
    return results;
  }

  private static List<OptionSpec> options() {
    return new CommandLine(new AnnotateCommand()).getCommandSpec().options();
  }

  /** Options that {@link StreamingOptions#requireUnused} refuses for input with an end. */
  private static Set<String> live() {
    return options().stream()
        .filter(
            option ->
                option.userObject() instanceof Field field
                    && field.getDeclaringClass() == StreamingOptions.class)
        .map(OptionSpec::longestName)
        .collect(Collectors.toSet());
  }

  static Set<String> rows() {
    return ROWS.keySet();
  }

  static Set<String> execution() {
    return EXECUTION.keySet();
  }

  @Test
  void everyOptionIsClassified() {
    Set<String> classified = new TreeSet<>(ROWS.keySet());
    classified.addAll(EXECUTION.keySet());
    classified.addAll(live());
    assertEquals(
        ROWS.size() + EXECUTION.size() + live().size(), classified.size(), "classified twice");
    assertEquals(
        classified,
        options().stream()
            .map(OptionSpec::longestName)
            .collect(Collectors.toCollection(TreeSet::new)),
        "decide of each new option whether AnnotateCommand.settings has to record it");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aFolderIsNotResumedAfterAnOptionThatDecidesRowsHasChanged(String option) throws IOException {
    ResultFolder results = begun();
    settings().requireSameIn(results);
    JobSettings other = settings(ROWS.get(option));
    String message =
        assertThrows(IllegalArgumentException.class, () -> other.requireSameIn(results))
            .getMessage();
    assertTrue(message.contains(option + "="), message);
    assertTrue(message.contains("--overwrite"), message);
  }

  @ParameterizedTest
  @MethodSource("execution")
  void aFolderIsResumedAfterAnOptionThatDecidesOnlyExecutionHasChanged(String option)
      throws IOException {
    ResultFolder results = begun();
    JobSettings other = settings(EXECUTION.get(option));
    assertDoesNotThrow(() -> other.requireSameIn(results));
  }

  @Test
  void everyDifferenceIsListedWithBothValues() throws IOException {
    ResultFolder results = begun();
    JobSettings other = settings("--top-k=1", "--channels=split");
    String message =
        assertThrows(IllegalArgumentException.class, () -> other.requireSameIn(results))
            .getMessage();
    assertTrue(message.contains("--top-k=all, not 1"), message);
    assertTrue(message.contains("--channels=mix, not split"), message);
  }

  @Test
  void theSameLabelsWrittenOtherwiseAreTheSame() throws IOException {
    ResultFolder results = new ResultFolder(folder.resolve("results").toString());
    settings("--labels=angry,calm").write(results);
    JobSettings other = settings("--labels=angry, calm");
    assertDoesNotThrow(() -> other.requireSameIn(results));
  }
}
