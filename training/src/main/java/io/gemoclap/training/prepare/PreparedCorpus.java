package io.gemoclap.training.prepare;

import com.google.common.collect.AbstractIterator;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A corpus whose features lie in shards: streams any part of it, one shard open at a time.
 * Immutable.
 */
public final class PreparedCorpus {
  private final String folder;
  private final Map<String, Utterance> usable = new LinkedHashMap<>();
  private final Map<String, Set<String>> shards = new LinkedHashMap<>();

  private PreparedCorpus(String folder) {
    this.folder = folder;
  }

  /**
   * Opens what {@link PrepareCorpus} left.
   *
   * @param shards names of the shards, from {@link PrepareCorpus#shardNames}
   * @throws IOException when a shard is missing
   */
  public static PreparedCorpus open(String folder, List<String> shards, List<Utterance> utterances)
      throws IOException {
    PreparedCorpus prepared = new PreparedCorpus(folder);
    Set<String> ids = new HashSet<>();
    for (String shard : shards) {
      ShardIndex index = ShardIndex.read(folder, shard);
      if (index == null) {
        throw new IOException(
            "The features in '" + folder + "' are not complete: shard " + shard + " is missing");
      }
      prepared.shards.put(shard, Set.copyOf(index.utterances()));
      ids.addAll(index.utterances());
    }
    for (Utterance utterance : utterances) {
      if (ids.contains(utterance.id())) {
        prepared.usable.put(utterance.id(), utterance);
      }
    }
    return prepared;
  }

  /** Those utterances of a list that have features. */
  public List<Utterance> usable(List<Utterance> part) {
    return part.stream().filter(utterance -> usable.containsKey(utterance.id())).toList();
  }

  /** The examples of some utterances, in the order in which shards hold them. */
  public Examples examples(List<Utterance> part) {
    Set<String> ids = new HashSet<>();
    usable(part).forEach(utterance -> ids.add(utterance.id()));
    List<String> names =
        shards.entrySet().stream()
            .filter(shard -> !Collections.disjoint(shard.getValue(), ids))
            .map(Map.Entry::getKey)
            .toList();
    return new Examples() {
      @Override
      public int size() {
        return ids.size();
      }

      @Override
      public Reading read(SplittableRandom random) {
        List<String> order = new ArrayList<>(names);
        for (int i = order.size() - 1; i > 0; i--) {
          Collections.swap(order, i, random.nextInt(i + 1));
        }
        return new ShardStream(order, ids);
      }
    };
  }

  /** Shard after shard. */
  private final class ShardStream extends AbstractIterator<Example> implements Examples.Reading {
    private final Iterator<String> order;
    private final Set<String> ids;
    private ShardFile.Reader reader;

    ShardStream(List<String> order, Set<String> ids) {
      this.order = order.iterator();
      this.ids = ids;
    }

    @Override
    protected Example computeNext() {
      try {
        while (reader != null || order.hasNext()) {
          if (reader == null) {
            reader = new ShardFile.Reader(ShardIndex.file(folder, order.next(), ".avro"), ids);
          }
          ShardFile.Entry entry = reader.next();
          if (entry != null) {
            return new Example(usable.get(entry.utterance()), entry.seconds(), entry.versions());
          }
          close();
        }
        return endOfData();
      } catch (IOException e) {
        throw new UncheckedIOException("The features in '" + folder + "' cannot be read", e);
      }
    }

    @Override
    public void close() throws IOException {
      if (reader != null) {
        reader.close();
        reader = null;
      }
    }
  }
}
