package io.gemoclap.training.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.failure.FailureKind;
import io.gemoclap.features.FeaturePart.Preset;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Only failures that would occur again keep an utterance from being tried again. */
final class PrepareCorpusTest {
  private static final FeaturePlan PLAN = new FeaturePlan(FeatureSpec.logMel(Preset.LIBROSA), 0, 1);

  @TempDir private Path folder;
  private List<Utterance> utterances;
  private String features;

  @BeforeEach
  void writesOneRecording() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    Path file = Tones.write(folder.resolve("a.wav"), 16_000, 1);
    utterances = List.of(Utterance.of("a", file.toString()).build());
    features = Files.createDirectories(folder.resolve("features")).toString();
  }

  private PrepareCorpus prepare() {
    return PrepareCorpus.of(utterances, PLAN, features);
  }

  private void run() {
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    pipeline.apply(prepare());
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
  }

  private List<Utterance> usable() throws IOException {
    return PreparedCorpus.open(features, prepare().shardNames(), utterances).usable(utterances);
  }

  /** As an earlier run leaves it: a shard whose only utterance failed. */
  private void leaveFailure(FailureKind kind) throws IOException {
    String shard = prepare().shardNames().get(0);
    try (ShardFile.Writer empty = new ShardFile.Writer(ShardIndex.file(features, shard, ".avro"))) {
      assertTrue(empty != null);
    }
    new ShardIndex(List.of(), List.of(new ShardIndex.Failed("a", kind, "because")), 0)
        .write(features, shard, ".attempt");
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void aFailureIsTriedAgainIfItMayBeTemporary(FailureKind kind) throws IOException {
    leaveFailure(kind);
    assertEquals(kind.mayBeTemporary() ? 0 : 1, prepare().shardsFound());
    run();
    assertEquals(kind.mayBeTemporary() ? 1 : 0, usable().size());
    assertEquals(kind.mayBeTemporary() ? 0 : 1, prepare().failures().size());
  }

  @Test
  void aCompleteShardIsNotComputedAgain() throws IOException {
    run();
    assertEquals(1, prepare().shardsFound());
    Path shard = Path.of(features).resolve(prepare().shardNames().get(0) + ".avro");
    Files.delete(shard);
    run();
    assertTrue(Files.notExists(shard), "it was computed again");
  }
}
