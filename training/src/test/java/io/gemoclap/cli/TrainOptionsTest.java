package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.train.TrainCommand;
import io.gemoclap.training.run.RunIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Every option of {@code train} either decides the numbers of a run, and is then compared when the
 * run is resumed, or decides only how it is carried out, and may then change.
 */
final class TrainOptionsTest {
  /** Options that decide numbers, each with another value, and what both runs are given besides. */
  private static final Map<String, List<String>> NUMBERS =
      Map.ofEntries(
          Map.entry("--corpus", List.of("--corpus=emodb:edited")),
          Map.entry("--variant", List.of("--variant=EMO")),
          Map.entry("--alpha", List.of("--alpha=0.5")),
          Map.entry("--targets", List.of("--targets=SOFTMAX")),
          Map.entry("--prompts", List.of("--prompts=emotion")),
          Map.entry("--folds", List.of("--folds=leave-one-speaker-out")),
          Map.entry("--dev-share", List.of("--dev-share=0.25")),
          Map.entry("--baseline", List.of("--baseline")),
          Map.entry("--encoder", List.of("--encoder=logmel-conv")),
          Map.entry(
              "--train-layers",
              List.of("--train-layers=heads", "--encoder=bundled", "--normalize=auto")),
          Map.entry("--copies", List.of("--copies=2")),
          Map.entry("--degraded-copies", List.of("--degraded-copies=3")),
          Map.entry("--consistency", List.of("--consistency")),
          Map.entry("--normalize", List.of("--normalize=speaker")),
          Map.entry("--prior-weight", List.of("--prior-weight=9")),
          Map.entry("--archive-weight", List.of("--archive-weight=9", "--normalize=auto")),
          Map.entry("--layers", List.of("--layers=2")),
          Map.entry("--hidden", List.of("--hidden=64")),
          Map.entry("--seed", List.of("--seed=2")),
          Map.entry("--epochs", List.of("--epochs=6")),
          Map.entry("--patience", List.of("--patience=3")),
          Map.entry("--batch", List.of("--batch=16")),
          Map.entry("--micro-batch", List.of("--micro-batch=8")),
          Map.entry("--learning-rate", List.of("--learning-rate=0.1")),
          Map.entry("--text-learning-rate", List.of("--text-learning-rate=0.1")),
          Map.entry("--head-learning-rate", List.of("--head-learning-rate=0.1")),
          Map.entry("--freeze-audio", List.of("--freeze-audio=1")),
          Map.entry("--freeze-text", List.of("--freeze-text=1")),
          Map.entry("--decay", List.of("--decay=LINEAR")),
          Map.entry("--averaging", List.of("--averaging=0.9")),
          Map.entry("--text-steps", List.of("--text-steps=10")),
          Map.entry("--text-teacher", List.of("--text-teacher=0.5")),
          Map.entry("--balance", List.of("--balance=CLASS")),
          Map.entry("--shuffle-buffer", List.of("--shuffle-buffer=16")));

  /** Options that decide only how a run is carried out, each with another value. */
  private static final Map<String, String> EXECUTION =
      Map.of(
          "--output", "--output=moved",
          "--features", "--features=elsewhere",
          "--checkpoint-seconds", "--checkpoint-seconds=5",
          "--fold-memory", "--fold-memory=2g",
          "--no-final", "--no-final",
          "--gpu", "--gpu",
          "--overwrite", "--overwrite",
          "--resume", "--resume",
          "--help", "--help",
          "--version", "--version");

  @TempDir private Path folder;

  @BeforeEach
  void writesTheCorpora() throws IOException {
    corpus("corpus");
    corpus("edited");
    Files.move(folder.resolve("edited/03a01Wa.wav"), folder.resolve("edited/03a01Fb.wav"));
  }

  /** Files of EmoDB's names, whose content nobody decodes here. */
  private void corpus(String name) throws IOException {
    for (String speaker : List.of("03", "08", "10", "09", "11", "13")) {
      for (String text : List.of("a01", "a02")) {
        for (String emotion : List.of("W", "F", "N", "T")) {
          String id = speaker + text + emotion + "a";
          Path file = folder.resolve(name).resolve(id + ".wav");
          Files.createDirectories(file.getParent());
          Files.writeString(file, id);
        }
      }
    }
  }

  private RunIdentity identity(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    for (String needed : List.of("--corpus=emodb:corpus", "--output=run")) {
      String name = needed.substring(0, needed.indexOf('='));
      if (arguments.stream().noneMatch(argument -> argument.startsWith(name))) {
        arguments.add(needed);
      }
    }
    arguments.replaceAll(argument -> argument.replace("emodb:", "emodb:" + folder + "/"));
    TrainCommand command = new TrainCommand();
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    return command.plan().identity();
  }

  private Path begun(RunIdentity identity) throws IOException {
    Path run = folder.resolve("run");
    identity.begin(run);
    return run;
  }

  private static Set<String> options() {
    Set<String> names = new TreeSet<>();
    new CommandLine(new TrainCommand())
        .getCommandSpec()
        .options()
        .forEach(option -> names.add(option.longestName()));
    return names;
  }

  static Set<String> numbers() {
    return NUMBERS.keySet();
  }

  static Set<String> execution() {
    return EXECUTION.keySet();
  }

  @Test
  void everyOptionIsClassified() {
    Set<String> classified = new TreeSet<>(NUMBERS.keySet());
    classified.addAll(EXECUTION.keySet());
    assertEquals(NUMBERS.size() + EXECUTION.size(), classified.size(), "classified twice");
    assertEquals(
        classified, options(), "decide of each new option whether RunIdentity has to record it");
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void aRunIsNotResumedAfterAnOptionThatDecidesNumbersHasChanged(String option) throws IOException {
    List<String> arguments = NUMBERS.get(option);
    String changed = arguments.get(0);
    String[] besides = arguments.subList(1, arguments.size()).toArray(String[]::new);
    Path run = begun(identity(besides));
    identity(besides).requireSameIn(run);
    RunIdentity other = identity(arguments.toArray(String[]::new));
    String message =
        assertThrows(IllegalArgumentException.class, () -> other.requireSameIn(run), changed)
            .getMessage();
    assertTrue(message.contains("was started with "), message);
    assertTrue(message.contains("--overwrite"), message);
  }

  @ParameterizedTest
  @MethodSource("execution")
  void aRunIsResumedAfterAnOptionThatDecidesOnlyExecutionHasChanged(String option)
      throws IOException {
    Path run = begun(identity());
    RunIdentity other = identity(EXECUTION.get(option));
    assertDoesNotThrow(() -> other.requireSameIn(run));
  }

  @Test
  void everyDifferenceIsListedWithBothValues() throws IOException {
    Path run = begun(identity());
    RunIdentity other = identity("--dev-share=0.5", "--epochs=6");
    String message =
        assertThrows(IllegalArgumentException.class, () -> other.requireSameIn(run)).getMessage();
    assertTrue(message.contains("folds.dev_share=0.0, not 0.5"), message);
    assertTrue(message.contains("optimization.epochs=60, not 6"), message);
  }

  /** The command, which refuses before it prepares or trains anything. */
  @Test
  void theCommandRefusesAnotherShareAsWrongUsage() throws IOException {
    Path run = begun(identity());
    StringWriter err = new StringWriter();
    int status =
        Gemoclap.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute(
                "train",
                "--corpus=emodb:" + folder.resolve("corpus"),
                "--output=" + run,
                "--resume",
                "--dev-share=0.5");
    assertEquals(2, status, err.toString());
    assertTrue(err.toString().contains("folds.dev_share=0.0, not 0.5"), err.toString());
    assertEquals(List.of("identity.json"), List.of(run.toFile().list()), "nothing was added");
  }

  /** Beam would take the name for a pattern, and the run would not find its own files. */
  @ParameterizedTest
  @CsvSource({"runs [1], features", "runs, features [1]", "'{a,b}/run', features", "run, a*"})
  void aFolderThatBeamTakesForAPatternIsRefusedBeforeAnyWork(String output, String features) {
    StringWriter err = new StringWriter();
    int status =
        Gemoclap.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute(
                "train",
                "--corpus=emodb:" + folder.resolve("corpus"),
                "--output=" + folder.resolve(output),
                "--features=" + folder.resolve(features));
    assertEquals(2, status, err.toString());
    assertTrue(err.toString().contains("Choose a folder without any of * ?"), err.toString());
    Set<String> left = new TreeSet<>(List.of(folder.toFile().list()));
    assertEquals(Set.of("corpus", "edited"), left, "nothing was written");
  }

  @Test
  void aReplacedRecordingOfTheSameNameIsNoticed() throws IOException {
    Path run = begun(identity());
    Path file = folder.resolve("corpus/03a01Wa.wav");
    FileTime before = Files.getLastModifiedTime(file);
    Files.writeString(file, "03a01Wz");
    Files.setLastModifiedTime(file, before);
    RunIdentity other = identity();
    String message =
        assertThrows(IllegalArgumentException.class, () -> other.requireSameIn(run)).getMessage();
    assertTrue(message.contains("corpus.audio="), message);
  }

  @Test
  void aCorpusThatWasMovedOrCopiedIsTheSame() throws IOException {
    Path run = begun(identity());
    Files.move(folder.resolve("corpus"), folder.resolve("moved"));
    Path file = folder.resolve("moved/03a01Wa.wav");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    RunIdentity other = identity("--corpus=emodb:moved");
    assertDoesNotThrow(() -> other.requireSameIn(run));
  }

  @Test
  void anEditedFoldFileIsNoticed() throws IOException {
    Path file = folder.resolve("folds.csv");
    List<String> rows = new ArrayList<>(List.of("fold,part,utterance"));
    try (var files = Files.list(folder.resolve("corpus"))) {
      for (Path audio : files.sorted().toList()) {
        String id = audio.getFileName().toString().replace(".wav", "");
        boolean tested = id.startsWith("03") || id.startsWith("08");
        rows.add("first," + (tested ? "test," : "train,") + id);
      }
    }
    Files.write(file, rows);
    Path run = begun(identity("--folds=file:" + file));
    rows.removeIf(row -> row.endsWith("13a02Ta"));
    Files.write(file, rows);
    RunIdentity other = identity("--folds=file:" + file);
    String message =
        assertThrows(IllegalArgumentException.class, () -> other.requireSameIn(run)).getMessage();
    assertTrue(message.contains("folds.digest="), message);
  }

  @Test
  void aRunThatDidNotRecordItsIdentityIsRejected() throws IOException {
    Path run = Files.createDirectories(folder.resolve("old"));
    Files.writeString(run.resolve("job.json"), "{}");
    RunIdentity identity = identity();
    String message =
        assertThrows(IllegalArgumentException.class, () -> identity.requireSameIn(run))
            .getMessage();
    assertTrue(message.contains("has no identity.json"), message);
  }
}
