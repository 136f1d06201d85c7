package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.Exhaustive;
import io.gemoclap.review.LargeResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million rows: all of them are in the manifests or counted, and no speaker is in two splits. */
@Exhaustive
final class LargeExportIT {
  private static final int SEGMENTS = 1_000_000;

  @TempDir private Path folder;

  @Test
  void aManifestHasAMillionRows() throws IOException, SQLException {
    Path results = folder.resolve("results");
    LargeResults.write(results, SEGMENTS, 0, "0123456789abcdef");
    Path corpus = folder.resolve("corpus");
    assertEquals(
        0,
        Gemoclap.execute(
            "export",
            results.toString(),
            "--to=csv",
            "--output=" + corpus,
            "--keep-uncertain",
            "--splits=train=0.8,validation=0.1,test=0.1"));
    JsonNode report = new ObjectMapper().readTree(corpus.resolve("export.json").toFile());
    assertEquals(SEGMENTS, report.path("taken").path("segments").asInt());
    Map<String, String> splitOf = new HashMap<>();
    int rows = 0;
    for (String split : new String[] {"train", "validation", "test"}) {
      int inSplit = 0;
      try (Stream<String> lines = Files.lines(corpus.resolve(split + ".csv"))) {
        for (String line : (Iterable<String>) lines.skip(1)::iterator) {
          String speaker = line.split(",", -1)[3];
          assertEquals(split, splitOf.computeIfAbsent(speaker, name -> split), speaker);
          inSplit++;
        }
      }
      double share = split.equals("train") ? 0.8 : 0.1;
      assertEquals(share, (double) inSplit / SEGMENTS, 0.01, split);
      rows += inSplit;
    }
    assertEquals(SEGMENTS, rows);
  }
}
