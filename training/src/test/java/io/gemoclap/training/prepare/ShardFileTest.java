package io.gemoclap.training.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gemoclap.features.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardFileTest {
  @TempDir private Path folder;

  @BeforeAll
  static void fileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private static ResourceId resource(Path file) {
    return FileSystems.matchNewResource(file.toString(), false);
  }

  private static ShardFile.Entry entry(String id, int versions) {
    FeatureMatrix matrix = FeatureMatrix.of(2, 3, new float[] {1, 2, 3, 4, 5, 6});
    return new ShardFile.Entry(id, 1.5, java.util.Collections.nCopies(versions, matrix));
  }

  @Test
  void givesBackTheEntriesThatAreWanted() throws IOException {
    ResourceId shard = resource(folder.resolve("shard.avro"));
    try (ShardFile.Writer writer = new ShardFile.Writer(shard)) {
      for (String id : List.of("a", "b", "c")) {
        writer.write(entry(id, 2));
      }
    }
    try (ShardFile.Reader reader = new ShardFile.Reader(shard, Set.of("a", "c"))) {
      assertEquals("a", reader.next().utterance());
      ShardFile.Entry c = reader.next();
      assertEquals("c", c.utterance());
      assertEquals(2, c.versions().size());
      assertEquals(6f, c.versions().get(1).values()[5]);
      assertNull(reader.next());
    }
  }

  /** {@code /dev/full} refuses every byte as a full disk does. */
  @Test
  void aFullDiskIsSaidWithTheFile() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    Path link = Files.createSymbolicLink(folder.resolve("shard.avro"), full);
    IOException e =
        assertThrows(
            IOException.class,
            () -> {
              try (ShardFile.Writer writer = new ShardFile.Writer(resource(link))) {
                writer.write(entry("a", 1));
              }
            });
    Files.delete(link);
    assertTrue(e.getMessage().contains("shard.avro"), e.getMessage());
    assertTrue(e.getMessage().contains("No space left"), e.getMessage());
  }
}
