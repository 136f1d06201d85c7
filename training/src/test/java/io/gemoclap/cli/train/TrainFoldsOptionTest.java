package io.gemoclap.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.console.WrongUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code train} says when folds do not fit the corpus, and what it suggests. */
final class TrainFoldsOptionTest {
  @TempDir private Path folder;

  /** A manifest of some speakers, each with a gender, of whom each says six things twice. */
  private Path manifest(String... speakers) throws IOException {
    List<String> rows = new ArrayList<>(List.of("path,emotion,speaker,gender"));
    for (String speaker : speakers) {
      for (int i = 0; i < 12; i++) {
        String file = speaker.replace(',', '-') + i + ".wav";
        Files.writeString(folder.resolve(file), speaker + i);
        rows.add(file + "," + (i % 2 == 0 ? "sad" : "calm") + "," + speaker);
      }
    }
    return Files.write(folder.resolve("corpus.csv"), rows);
  }

  private static TrainCommand train(Path manifest, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--corpus=csv:" + manifest, "--output=run"));
    arguments.addAll(List.of(more));
    TrainCommand command = new TrainCommand();
    new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
    return command;
  }

  private static String refusal(Path manifest, String... more) {
    return assertThrows(WrongUsageException.class, () -> train(manifest, more).plan()).getMessage();
  }

  /** Every suggestion is one that the command accepts. */
  private static List<String> suggestions(String message, Path manifest) throws IOException {
    List<String> suggestions = new ArrayList<>();
    for (String word : message.substring(message.indexOf("Folds that fit")).split(" ", -1)) {
      if (word.startsWith("--folds=")) {
        train(manifest, word).plan();
        suggestions.add(word.substring("--folds=".length()));
      }
    }
    return suggestions;
  }

  @Test
  void twoWomenMayBeDistinguishedButNotPaired() throws IOException {
    Path manifest = manifest("ann,female", "eve,female");
    String message = refusal(manifest);
    assertTrue(message.startsWith("The default folds, speaker-pairs, do not fit"), message);
    assertEquals(
        List.of("speaker-k:2", "leave-one-speaker-out", "random-k:5", "random-k:2"),
        suggestions(message, manifest));
  }

  @Test
  void withoutSpeakersOnlyUtterancesCanBeDealt() throws IOException {
    Path manifest = manifest(",");
    String message = refusal(manifest);
    assertFalse(message.contains("--folds:"), message);
    assertEquals(List.of("random-k:5", "random-k:2"), suggestions(message, manifest));
  }

  @Test
  void foldsThatWereGivenAreNamedAsGiven() throws IOException {
    Path manifest = manifest("ann,female", "eve,female");
    String message = refusal(manifest, "--folds=leave-one-session-out");
    assertTrue(message.startsWith("--folds=leave-one-session-out: "), message);
    assertTrue(message.contains("--folds=speaker-k:2"), message);
  }

  @Test
  void anImpossibleShareIsNotBlamedOnTheFolds() throws IOException {
    String message = refusal(manifest("ann,female", "eve,female"), "--dev-share=1");
    assertTrue(message.startsWith("--dev-share must be in [0, 1)"), message);
  }
}
