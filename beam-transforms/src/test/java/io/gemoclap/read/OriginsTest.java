package io.gemoclap.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OriginsTest {
  @TempDir private Path folder;
  private Path results;

  @BeforeEach
  void annotates() throws IOException {
    results = results("results", "{\"--model\": \"a\"}", "embeddings", "features");
  }

  private Path results(String name, String job, String... kinds) throws IOException {
    Path results = Files.createDirectories(folder.resolve(name));
    Files.writeString(results.resolve("job.json"), job);
    for (String kind : kinds) {
      Files.writeString(results.resolve(kind + "-0.parquet"), "");
    }
    Files.writeString(
        results.resolve("summary-0.json"),
        "{\"files\": [%s]}"
            .formatted(
                String.join(
                    ", ",
                    List.of(kinds).stream().map(kind -> "\"" + kind + "-0.parquet\"").toList())));
    return results;
  }

  private Path rescored(String name, Path origin, String model, String before, String... kinds)
      throws IOException {
    String reference = Origins.reference(of(folder.resolve(name)), of(origin));
    return results(
        name,
        "{\"--model\": \"%s\", \"rescored_model\": \"%s\", \"rescored\": \"%s\"}"
            .formatted(model, before, reference),
        kinds);
  }

  private static ResultFolder of(Path path) {
    return new ResultFolder(path.toString());
  }

  @Test
  void theSameModelHasTheEmbeddingsAndFeaturesOfItsOrigin() throws IOException {
    Path once = rescored("results/rescored", results, "a", "a");
    Path twice = rescored("elsewhere", once, "a", "a");
    for (String kind : List.of("embeddings", "features")) {
      for (Path each : List.of(results, once, twice)) {
        assertEquals(of(results), Origins.holding(of(each), kind), each + " " + kind);
      }
    }
    assertEquals(List.of(of(twice), of(once), of(results)), Origins.line(of(twice)));
    assertEquals(of(once), Origins.holding(of(once), "annotations"), "rows are new");
  }

  @Test
  void anotherModelHasItsOwnEmbeddingsOrNone() throws IOException {
    Path without = rescored("without", results, "b", "a");
    assertEquals(of(without), Origins.holding(of(without), "embeddings"));
    assertEquals(of(results), Origins.holding(of(without), "features"));
    Path own = rescored("own", results, "b", "a", "embeddings");
    Path labels = rescored("labels", own, "b", "b");
    assertEquals(of(own), Origins.holding(of(labels), "embeddings"));
    assertEquals(of(results), Origins.holding(of(labels), "features"));
    Path again = rescored("again", without, "b", "b");
    assertEquals(
        of(again), Origins.holding(of(again), "embeddings"), "those of the first are of model a");
  }

  @Test
  void aFolderInsideItsOriginIsMovedWithIt() throws IOException {
    rescored("results/rescored", results, "a", "a");
    Path moved = Files.move(results, folder.resolve("moved"));
    assertEquals(Optional.of(of(moved)), Origins.of(of(moved.resolve("rescored"))));
  }

  @Test
  void anOriginThatIsGoneCountsAsNone() throws IOException {
    Path outside = rescored("outside", results, "a", "a");
    assertEquals(Optional.of(of(results)), Origins.of(of(outside)));
    Files.move(results, folder.resolve("moved"));
    assertEquals(Optional.empty(), Origins.of(of(outside)));
    assertEquals(of(outside), Origins.holding(of(outside), "embeddings"));
    assertEquals(Optional.empty(), Origins.of(of(folder.resolve("moved"))));
  }

  @Test
  void foldersInObjectStoresAreNamedToo() {
    ResultFolder origin = new ResultFolder("s3://bucket/results/");
    assertEquals("..", Origins.reference(new ResultFolder("s3://bucket/results/rescored"), origin));
    assertEquals(
        "s3://bucket/results", Origins.reference(new ResultFolder("s3://bucket/other"), origin));
    assertEquals("s3://bucket/results", Origins.reference(of(folder), origin));
  }

  @Test
  void damagedSettingsAreNamed() throws IOException {
    Files.writeString(results.resolve("job.json"), "{");
    IOException e = assertThrows(IOException.class, () -> Origins.of(of(results)));
    assertTrue(e.getMessage().startsWith("job.json in '" + results + "' is damaged"), e + "");
  }
}
