package io.gemoclap.training.prepare;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.failure.FailureKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The audio files of one shard, each decoded when the first of its utterances is asked for. Holds
 * the features of the utterances that are yet to be asked for. Not thread-safe.
 */
final class ShardSources {
  private final FeaturePlan plan;
  private final SourceFeatures.Opener opener;
  private final SourceFeatures.Extraction extraction;
  private final Map<String, List<ShardPlan.Item>> sources = new LinkedHashMap<>();
  private final Map<String, Outcome> ready = new HashMap<>();

  /**
   * What came of an utterance: one of the two.
   *
   * @param entry its features, or null
   * @param failed why there are none, or null
   */
  record Outcome(ShardFile.Entry entry, ShardIndex.Failed failed) {
    static Outcome failed(ShardPlan.Item item, FailureKind kind, String reason) {
      return new Outcome(null, new ShardIndex.Failed(item.id(), kind, reason));
    }
  }

  ShardSources(
      ShardPlan shard, SourceFeatures.Opener opener, SourceFeatures.Extraction extraction) {
    this.plan = shard.plan();
    this.opener = opener;
    this.extraction = extraction;
    for (ShardPlan.Item item : shard.items()) {
      sources.computeIfAbsent(item.uri(), uri -> new ArrayList<>()).add(item);
    }
  }

  /** What came of an utterance, to be asked for once. */
  Outcome next(ShardPlan.Item item) {
    List<ShardPlan.Item> source = sources.remove(item.uri());
    if (source != null) {
      compute(source);
    }
    return ready.remove(item.id());
  }

  private void compute(List<ShardPlan.Item> source) {
    try {
      ready.putAll(SourceFeatures.of(source, plan, opener, extraction));
    } catch (DecodeException e) {
      for (ShardPlan.Item item : source) {
        ready.put(item.id(), Outcome.failed(item, e.kind(), e.getMessage()));
      }
    }
  }
}
