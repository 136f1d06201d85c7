package io.gemoclap.training.prepare;

import com.google.common.collect.Lists;
import com.google.common.hash.Hashing;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.census.StoredFile;
import io.gemoclap.failure.FaultPolicy;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A shard that is to exist: some utterances of one speaker after the other. Its name is a digest of
 * all that decides its content, so a shard that is there is the right one, and a change of the
 * features, of a file or of a perturbation asks for another.
 *
 * @param name file name without suffix
 * @param plan what is computed
 * @param items the utterances
 */
record ShardPlan(String name, FeaturePlan plan, ArrayList<Item> items) implements Serializable {
  private static final int SIZE = 64;

  /** The fields of an utterance that its features depend on. */
  record Item(String id, String uri, Gender gender, double start, double end)
      implements Serializable {
    static Item of(Utterance utterance) {
      return new Item(
          utterance.id(),
          utterance.uri(),
          utterance.gender(),
          utterance.span().map(Span::startSeconds).orElse(0.0),
          utterance.span().map(Span::endSeconds).orElse(0.0));
    }

    Utterance utterance() {
      return Utterance.of(id, uri)
          .gender(gender)
          .span(end > 0 ? new Span(start, end) : null)
          .build();
    }
  }

  /** Plans the shards of a corpus; the same input gives the same plan. */
  static List<ShardPlan> of(List<Utterance> utterances, FeaturePlan plan) {
    List<Utterance> sorted = new ArrayList<>(utterances);
    sorted.sort(Comparator.comparing(Utterance::speaker).thenComparing(Utterance::id));
    List<ShardPlan> shards = new ArrayList<>();
    for (List<Utterance> part : Lists.partition(sorted, SIZE)) {
      ArrayList<Item> items = new ArrayList<>();
      part.forEach(utterance -> items.add(Item.of(utterance)));
      shards.add(new ShardPlan(name(plan, items), plan, items));
    }
    return shards;
  }

  private static String name(FeaturePlan plan, List<Item> items) {
    StringBuilder content = new StringBuilder();
    content.append(FeaturePlan.VERSION).append('\n').append(plan).append('\n');
    for (Item item : items) {
      content.append(item).append(' ').append(stamp(item.uri())).append('\n');
    }
    return Hashing.sha256().hashString(content, StandardCharsets.UTF_8).toString().substring(0, 32);
  }

  /**
   * Size and time of change of an audio file, by which a replaced file is noticed; of a file that
   * cannot be found, a word that says so.
   */
  private static String stamp(String uri) {
    try {
      return StoredFile.of(uri).stamp();
    } catch (IOException e) {
      FaultPolicy.throwIfOfWorker(e);
      return "missing";
    }
  }
}
