package io.gemoclap.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.model.Precision;
import io.gemoclap.write.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What an earlier job was given holds again where a command is not given anything else. */
final class InheritedOptionsTest {
  @TempDir private Path folder;

  @Command
  private static final class Job {
    @Mixin private final ScoringOptions scoring = new ScoringOptions();
    @Mixin private final FormatOption format = new FormatOption();
    @Mixin private final EmbeddingOptions embedding = new EmbeddingOptions();

    static Job of(String... arguments) {
      Job job = new Job();
      new CommandLine(job).parseArgs(arguments);
      return job;
    }

    Map<String, String> settings() throws IOException {
      Map<String, String> settings = new HashMap<>();
      scoring.describe(settings);
      format.describe(settings);
      settings.put("--precision", embedding.precision().name());
      return settings;
    }

    List<String> inherit(Map<String, String> settings) {
      format.inherit(settings);
      embedding.inherit(settings);
      return scoring.inherit(settings);
    }
  }

  private Job first() throws IOException {
    Path templates = Files.writeString(folder.resolve("templates.txt"), "a {} voice\n{} speech\n");
    Job first =
        Job.of(
            "--labels=Furious, bored",
            "--templates=" + templates,
            "--top-k=1",
            "--abstain-below=0.5",
            "--format=jsonl,parquet",
            "--precision=FP16");
    Map<String, String> settings = first.settings();
    Files.delete(templates);
    Job again = Job.of();
    again.inherit(settings);
    return again;
  }

  @Test
  void allSettingsHoldAgainEvenIfTheFileOfTemplatesIsGone() throws IOException {
    Job again = first();
    assertEquals(EnumSet.allOf(OutputFormat.class), again.format.formats());
    assertEquals(Precision.FP16, again.embedding.precision());
    Map<String, String> settings = again.settings();
    assertEquals("a {} voice | {} speech", settings.get("--templates"));
    assertEquals(
        List.of(
            "--labels=" + settings.get("--labels"),
            "--templates=a {} voice | {} speech",
            "--top-k=1",
            "--abstain-below=0.5"),
        Job.of().inherit(settings));
  }

  @Test
  void whatIsGivenTakesPrecedence() throws IOException {
    Map<String, String> settings = first().settings();
    Job other = Job.of("--labels=x,y", "--top-k=2", "--format=parquet", "--precision=FP32");
    assertEquals(
        List.of("--templates=a {} voice | {} speech", "--abstain-below=0.5"),
        other.inherit(settings));
    assertEquals("x,y", other.settings().get("--labels"));
    assertEquals("2", other.settings().get("--top-k"));
    assertEquals(EnumSet.of(OutputFormat.PARQUET), other.format.formats());
    assertEquals(Precision.FP32, other.embedding.precision());
  }

  @Test
  void nothingIsTakenFromAJobThatWasGivenNothing() throws IOException {
    Job job = Job.of();
    assertEquals(List.of(), job.inherit(Job.of().settings()));
    assertEquals(List.of(), job.inherit(Map.of()));
    assertEquals(Job.of().settings(), job.settings());
    assertEquals(EnumSet.of(OutputFormat.JSONL), job.format.formats());
  }
}
