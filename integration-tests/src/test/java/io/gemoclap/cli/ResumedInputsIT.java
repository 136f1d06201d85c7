package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ObjectArrays;
import io.gemoclap.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --resume} takes for the same recording. */
final class ResumedInputsIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();

  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void nameTheOutput() {
    output = folder.resolve("out");
  }

  private Run annotate(Path input, String... options) {
    String[] required = {"annotate", "--input=" + input, "--output=" + output};
    return Run.gemoclap(ObjectArrays.concat(required, options, String.class));
  }

  /** A link to what is annotated adds nothing, and results of another file are not kept. */
  @Test
  void resumingKnowsAFileByAnyLinkAndNoticesThatItChanged() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.copy(SAMPLES.resolve("german-male-48k-stereo.wav"), outside.resolve("c.wav"));
    Files.writeString(outside.resolve("letter.wav"), "Sincerely yours.\n".repeat(9));
    Path archive = Files.createDirectory(folder.resolve("archive"));
    Files.createSymbolicLink(archive.resolve("b"), outside);
    assertEquals(0, annotate(archive).status());
    List<JsonNode> recordings = Written.jsonLines(output, "recordings");
    List<JsonNode> failures = Written.jsonLines(output, "failures");
    assertEquals(List.of(1, 1), List.of(recordings.size(), failures.size()));

    Files.createSymbolicLink(archive.resolve("a"), outside);
    Run again = annotate(archive, "--resume");
    assertEquals(0, again.status(), again.err());
    assertEquals(recordings, Written.jsonLines(output, "recordings"));
    assertEquals(failures, Written.jsonLines(output, "failures"));

    Files.copy(
        SAMPLES.resolve("english-female-22k.ogg"),
        outside.resolve("c.wav"),
        StandardCopyOption.REPLACE_EXISTING);
    annotate(archive, "--resume")
        .failsWith(2, "1 recordings have changed since they were annotated into '" + output + "'");
    assertEquals(recordings, Written.jsonLines(output, "recordings"));
  }
}
