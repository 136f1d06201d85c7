package io.gemoclap.training.example;

import io.gemoclap.features.GroupStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is known of the speech of a group: its statistics, and those of some of its utterances, from
 * which a smaller group can be drawn. Keeps at most 32 utterances, each equally likely.
 */
public final class KnownSpeech {
  /** From this many utterances on, statistics are close to those of all. */
  private static final int MOST = 32;

  private final List<String> ids = new ArrayList<>();
  private final List<GroupStatistics> some = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private GroupStatistics all = GroupStatistics.none();
  private int seen;

  /** Adds an utterance. */
  public void add(String id, GroupStatistics own) {
    all = all.plus(own);
    seen++;
    if (some.size() < MOST) {
      ids.add(id);
      some.add(own);
      return;
    }
    int place = random.nextInt(seen);
    if (place < MOST) {
      ids.set(place, id);
      some.set(place, own);
    }
  }

  /** The statistics of all utterances. */
  public GroupStatistics all() {
    return all;
  }

  /**
   * Statistics of an utterance and of others of the group, drawn without replacement.
   *
   * @param own statistics of the utterance {@code id}
   * @param others how many; fewer if fewer are known
   */
  public GroupStatistics with(String id, GroupStatistics own, int others, SplittableRandom chance) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      if (!ids.get(i).equals(id)) {
        places.add(i);
      }
    }
    GroupStatistics known = own;
    for (int drawn = 0; drawn < others && !places.isEmpty(); drawn++) {
      int place = chance.nextInt(places.size());
      known = known.plus(some.get(places.get(place)));
      places.set(place, places.get(places.size() - 1));
      places.remove(places.size() - 1);
    }
    return known;
  }
}
