package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.Exhaustive;
import io.gemoclap.training.SineCorpus;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a native library a job fails before any recording, and the message has the remedy. */
final class MissingNativesIT {
  private static final Path SAMPLE =
      Path.of("examples", "samples", "german-male-8k-mulaw.wav").toAbsolutePath();

  private static final String FFMPEG = "ffmpeg-.*-linux-x86_64.jar";

  @TempDir private Path folder;

  @Test
  void withoutPyTorchAJobFailsAndNoRecordingIsBlamed() throws IOException, InterruptedException {
    assertAnnotationFails("pytorch-native-.*.jar", "PyTorch", "pytorch-native-cpu");
  }

  @Exhaustive
  @Test
  void withoutFFmpegAJobFailsAndNoRecordingIsBlamed() throws IOException, InterruptedException {
    assertAnnotationFails(FFMPEG, "FFmpeg", "ffmpeg and javacpp");
  }

  @Exhaustive
  @Test
  void withoutFFmpegIsolatedDecodersFailTheJobToo() throws IOException, InterruptedException {
    assertAnnotationFails(FFMPEG, "FFmpeg", "ffmpeg and javacpp", "--decoder=isolated");
  }

  /** The preparation of a corpus says so too, and computes nothing. */
  @Exhaustive
  @Test
  void withoutFFmpegTrainingFailsAndNoUtteranceIsBlamed() throws IOException, InterruptedException {
    SineCorpus.write(folder.resolve("corpus"), 2);
    Path output = folder.resolve("out");
    assertFails(
        FFMPEG,
        "FFmpeg",
        "ffmpeg and javacpp",
        List.of(
            "train",
            "--corpus=emodb:" + folder.resolve("corpus"),
            "--baseline",
            "--output=" + output));
    assertFalse(Files.exists(output.resolve("failures.jsonl")));
    assertFalse(Files.exists(output.resolve("report.json")));
  }

  /** Annotates a sample, and leaves the file with the job's settings alone. */
  private void assertAnnotationFails(String jar, String library, String remedy, String... options)
      throws IOException, InterruptedException {
    Path output = folder.resolve("out");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("annotate", "--input=" + SAMPLE, "--output=" + output));
    command.add("--segment=whole");
    command.addAll(List.of(options));
    assertFails(jar, library, remedy, command);
    try (Stream<Path> files = Files.list(output)) {
      assertEquals(
          List.of("job.json"),
          files
              .map(f -> f.getFileName().toString())
              .filter(name -> !name.equals("normalization.json"))
              .toList());
    }
  }

  private void assertFails(String jar, String library, String remedy, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    command.addAll(List.of("-cp", classPathWithout(jar), Gemoclap.class.getName()));
    command.addAll(arguments);
    command.addAll(List.of("--", "--runner=DirectRunner"));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Another cache may hold the library already.
    builder.environment().put("GEMOCLAP_CACHE", folder.resolve("cache").toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), said);

    assertEquals(1, process.exitValue(), said);
    String sentence = said.lines().filter(l -> l.startsWith("Failed: ")).findFirst().orElse(said);
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    for (String part :
        List.of(library + " cannot be started", "on " + platform, "-linux-x86_64.jar", remedy)) {
      assertTrue(sentence.contains(part), sentence);
    }
    assertFalse(sentence.contains("lib folder of the cluster"), sentence);
  }

  private static String classPathWithout(String jar) {
    Predicate<String> kept = entry -> !Path.of(entry).getFileName().toString().matches(jar);
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(kept)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
