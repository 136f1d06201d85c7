package io.gemoclap.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.audio.Recording;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveStatisticsFileTest {
  private static final ArchiveStatistics STATISTICS =
      new ArchiveStatistics("0123abcd", 2, 5, 12.5, List.of(1.5f, -2f), List.of(0.1f, 3f));

  @TempDir private Path folder;

  private ResultFolder results() {
    return new ResultFolder(folder.toString());
  }

  @Test
  void whatIsWrittenIsReadAndNamesItsVersion() throws IOException {
    assertFalse(ArchiveStatisticsFile.isIn(results()));
    ArchiveStatisticsFile file = new ArchiveStatisticsFile("model", 70, STATISTICS);
    file.write(results());

    assertTrue(ArchiveStatisticsFile.isIn(results()));
    assertEquals(file, ArchiveStatisticsFile.read(results()));
    assertEquals(
        STATISTICS.version(),
        new ObjectMapper()
            .readTree(folder.resolve(ArchiveStatisticsFile.FILE).toFile())
            .get("version")
            .asText());
  }

  @Test
  void aChangedNumberIsNoticed() throws IOException {
    new ArchiveStatisticsFile("model", 70, STATISTICS).write(results());
    Path file = folder.resolve(ArchiveStatisticsFile.FILE);
    Files.writeString(file, Files.readString(file).replace("1.5", "1.6"));

    IOException e = assertThrows(IOException.class, () -> ArchiveStatisticsFile.read(results()));
    assertTrue(e.getMessage().contains("is damaged"), e.getMessage());
  }

  @Test
  void aSampleIsTheSameInAnyOrderAndNotTheFirst() {
    List<Recording> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      all.add(Recording.file("/archive/%04d.wav".formatted(i)));
    }
    List<Recording> sample = RecordingSample.of(all);
    assertEquals(RecordingSample.MOST, new HashSet<>(sample).size());
    assertNotEquals(new HashSet<>(all.subList(0, RecordingSample.MOST)), new HashSet<>(sample));
    Collections.reverse(all);
    assertEquals(sample, RecordingSample.of(all));
    assertEquals(3, RecordingSample.of(all.subList(0, 3)).size());
  }
}
