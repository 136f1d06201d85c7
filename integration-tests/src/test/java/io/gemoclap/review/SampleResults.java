package io.gemoclap.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.cli.Gemoclap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Results of the bundled model for some samples, annotated once in a JVM and copied for a test. */
public final class SampleResults {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();
  private static @Nullable Path annotated;

  private SampleResults() {}

  /** Three recordings with a speaker, a date and a transcript, which lie in {@code recordings}. */
  private static synchronized Path annotated() throws IOException {
    if (annotated == null) {
      Path folder = Files.createTempDirectory("sample-results");
      Path recordings = Files.createDirectory(folder.resolve("recordings"));
      for (String name :
          List.of("conversation.ogg", "german-male-44k.m4a", "english-male-8k.amr")) {
        Files.copy(SAMPLES.resolve(name), recordings.resolve(name));
      }
      Files.writeString(
          recordings.resolve("archive.csv"),
          """
          path,speaker,date,transcript
          conversation.ogg,anna and ben,2024-03-01,
          german-male-44k.m4a,carl,2024-03-02,<b>Guten Tag</b>
          english-male-8k.amr,dora,2024-03-03,Good morning
          """);
      int status =
          Gemoclap.execute(
              "annotate",
              "--input=" + recordings.resolve("archive.csv"),
              "--output=" + folder.resolve("out"),
              "--embeddings",
              "--runner=DirectRunner");
      assertEquals(0, status);
      annotated = folder;
    }
    return annotated;
  }

  /** The folder of the recordings, which tests share and must not change. */
  public static Path recordings() throws IOException {
    return annotated().resolve("recordings");
  }

  /** Copies the results to a folder, as if the recordings had been moved since. */
  public static Path copyOfMoved(Path folder) throws IOException {
    Path results = copyTo(folder);
    try (Stream<Path> files = Files.list(results)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        Files.writeString(
            file, Files.readString(file).replace(recordings().toString(), "/moved/away"));
      }
    }
    return results;
  }

  /** Copies the results to a folder that does not exist yet. */
  public static Path copyTo(Path folder) throws IOException {
    Path from = annotated().resolve("out");
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return folder;
  }
}
