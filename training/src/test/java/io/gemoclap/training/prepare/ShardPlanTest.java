package io.gemoclap.training.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gemoclap.features.FeaturePart.Preset;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardPlanTest {
  private static final FeaturePlan PLAN = new FeaturePlan(FeatureSpec.emotionFunctionals(), 2, 1);

  @TempDir private Path folder;
  private final List<Utterance> utterances = new ArrayList<>();

  @BeforeEach
  void writesFiles() throws IOException {
    for (int i = 0; i < 100; i++) {
      Path file = Files.writeString(folder.resolve(i + ".wav"), "audio " + i);
      utterances.add(
          Utterance.of("u" + i, file.toString()).speaker(i % 2 == 0 ? "a" : "b").build());
    }
  }

  private List<String> names(FeaturePlan plan) {
    return ShardPlan.of(utterances, plan).stream().map(ShardPlan::name).toList();
  }

  @Test
  void shardsHoldEachUtteranceOnceSpeakerAfterSpeaker() {
    List<ShardPlan> shards = ShardPlan.of(utterances, PLAN);
    assertEquals(List.of(64, 36), shards.stream().map(shard -> shard.items().size()).toList());
    long even =
        shards.get(0).items().subList(0, 50).stream()
            .filter(item -> Integer.parseInt(item.id().substring(1)) % 2 == 0)
            .count();
    assertEquals(50, even);
  }

  @Test
  void theSameInputAsksForTheSameShards() {
    List<String> names = names(PLAN);
    java.util.Collections.reverse(utterances);
    assertEquals(names, names(PLAN));
  }

  @Test
  void whateverDecidesTheContentAsksForOthers() {
    List<String> names = names(PLAN);
    assertNotEquals(names, names(new FeaturePlan(PLAN.spec(), 3, 1)));
    assertNotEquals(names, names(new FeaturePlan(PLAN.spec(), 2, 2)));
    assertNotEquals(names, names(new FeaturePlan(FeatureSpec.logMel(Preset.KALDI), 2, 1)));
  }

  @Test
  void aReplacedFileAsksForItsOwnShardAlone() throws IOException {
    List<String> names = names(PLAN);
    Files.writeString(folder.resolve("0.wav"), "other audio");
    List<String> after = names(PLAN);
    assertNotEquals(names.get(0), after.get(0));
    assertEquals(names.get(1), after.get(1));
  }
}
