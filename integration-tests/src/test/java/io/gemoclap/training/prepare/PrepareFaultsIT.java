package io.gemoclap.training.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.audio.FaultyFileSystem.Fault;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.WorkerFaults;
import io.gemoclap.features.FeaturePart.Preset;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The preparation of a corpus tells faults of a file from faults of the worker, as decoding for
 * annotation does.
 */
final class PrepareFaultsIT {
  private static final Path SAMPLES = Path.of("examples", "samples");
  private static final List<Path> FILES =
      List.of(SAMPLES.resolve("german-male-8k-mulaw.wav"), SAMPLES.resolve("english-male-22k.mp3"));
  private static final FeaturePlan PLAN = new FeaturePlan(FeatureSpec.logMel(Preset.LIBROSA), 0, 1);

  @TempDir private Path folder;

  @BeforeAll
  static void registersFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  /** Prepares two utterances of one file. */
  private PrepareCorpus prepare(Fault fault, Path file) throws IOException {
    String uri = fault.uri(file);
    PrepareCorpus prepare =
        PrepareCorpus.of(
            List.of(
                Utterance.of("first", uri).span(new Span(0, 0.5)).build(),
                Utterance.of("second", uri).span(new Span(0.5, 1)).build()),
            PLAN,
            Files.createDirectories(folder.resolve(file.getFileName())).toString());
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(prepare);
    pipeline.run().waitUntilFinish();
    return prepare;
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "CLOSE_IO", "CLOSE_UNCHECKED"})
  void aFileThatCannotBeClosedKeepsItsUtterances(Fault fault) throws IOException {
    for (Path file : FILES) {
      PrepareCorpus prepared = prepare(fault, file);
      assertEquals(List.of(), prepared.failures().stream().map(Failure::getMessage).toList());
      assertEquals(1, prepared.shardsFound());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN_UNCHECKED, UNREADABLE",
    "READ_IO, UNREADABLE",
    "READ_UNCHECKED, UNREADABLE",
  })
  void aFileThatCannotBeReadIsOneFailureOfEachUtterance(Fault fault, String kind)
      throws IOException {
    for (Path file : FILES) {
      assertEquals(
          List.of("first " + kind, "second " + kind),
          prepare(fault, file).failures().stream()
              .map(failure -> failure.getItem() + " " + failure.getKindName())
              .toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN_TOO_MANY_FILES, raise the limit of open files (ulimit -n)",
    "READ_DISK_FULL, free some space on the disk",
    "READ_LINKAGE, check the class path of the worker",
  })
  void aFaultOfTheWorkerEndsThePreparation(Fault fault, String remedy) {
    for (Path file : FILES) {
      WorkerFaults.assertThrown(remedy, () -> prepare(fault, file));
    }
  }
}
