package io.gemoclap.export;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Which split each recording is in. Recordings that share a speaker, directly or through other
 * recordings, are one group, and no group is divided: so no speaker and no recording is in two
 * splits. The longest groups are dealt first, each to the split that lacks most of its share.
 * Immutable.
 *
 * @param splits split by recording
 */
record SplitPlan(Map<String, String> splits) implements Serializable {
  private static final long serialVersionUID = 1L;

  String of(String recording) {
    String split = splits.get(recording);
    if (split == null) {
      throw new IllegalStateException("No split was planned for '" + recording + "'");
    }
    return split;
  }

  /** Seconds of each speaker in each recording. */
  static final class Speech implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, TreeMap<String, Double>> recordings = new TreeMap<>();

    Speech add(String recording, String speaker, double seconds) {
      recordings
          .computeIfAbsent(recording, id -> new TreeMap<>())
          .merge(speaker, seconds, Double::sum);
      return this;
    }

    Speech add(Speech other) {
      other.recordings.forEach(
          (recording, speakers) ->
              speakers.forEach((speaker, seconds) -> add(recording, speaker, seconds)));
      return this;
    }

    /**
     * Deals the groups.
     *
     * @param shares share of the whole by split; they add up to 1
     */
    SplitPlan plan(Map<String, Double> shares) {
      Map<String, Group> groups = new LinkedHashMap<>();
      DisjointSets sets = new DisjointSets();
      Map<String, String> firstOf = new HashMap<>();
      recordings.forEach(
          (recording, speakers) ->
              speakers.keySet().stream()
                  .filter(speaker -> !speaker.isEmpty())
                  .forEach(
                      speaker -> {
                        String other = firstOf.putIfAbsent(speaker, recording);
                        if (other != null) {
                          sets.join(recording, other);
                        }
                      }));
      recordings.forEach(
          (recording, speakers) ->
              groups
                  .computeIfAbsent(sets.root(recording), root -> new Group())
                  .add(
                      recording,
                      speakers.values().stream().mapToDouble(Double::doubleValue).sum()));
      List<Group> order = new ArrayList<>(groups.values());
      order.sort(Comparator.comparingDouble((Group group) -> -group.seconds));
      double all = order.stream().mapToDouble(group -> group.seconds).sum();
      Map<String, Double> missing = new LinkedHashMap<>();
      shares.forEach((split, share) -> missing.put(split, share * all));
      Map<String, String> splits = new HashMap<>();
      for (Group group : order) {
        String split =
            missing.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        missing.merge(split, -group.seconds, Double::sum);
        group.recordings.forEach(recording -> splits.put(recording, split));
      }
      return new SplitPlan(splits);
    }
  }

  private static final class Group {
    final List<String> recordings = new ArrayList<>();
    double seconds;

    void add(String recording, double ofRecording) {
      recordings.add(recording);
      seconds += ofRecording;
    }
  }

  /** Sets of names that are joined (Tarjan 1975). */
  private static final class DisjointSets {
    private final Map<String, String> parents = new HashMap<>();

    String root(String name) {
      String root = name;
      while (parents.containsKey(root)) {
        root = parents.get(root);
      }
      for (String at = name; !at.equals(root); ) {
        String next = parents.put(at, root);
        at = next == null ? root : next;
      }
      return root;
    }

    void join(String a, String b) {
      String rootA = root(a);
      String rootB = root(b);
      if (!rootA.equals(rootB)) {
        // The earlier name stays, so that the order of joining does not matter.
        boolean first = rootA.compareTo(rootB) < 0;
        parents.put(first ? rootB : rootA, first ? rootA : rootB);
      }
    }
  }

  /** Collects who speaks where. Takes memory in proportion to the number of recordings. */
  static final class SpeechFn extends Combine.CombineFn<ExportItem, Speech, SplitPlan> {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, Double> shares;

    SpeechFn(Map<String, Double> shares) {
      this.shares = new LinkedHashMap<>(shares);
    }

    @Override
    public Speech createAccumulator() {
      return new Speech();
    }

    @Override
    public Speech addInput(Speech speech, ExportItem item) {
      return speech.add(item.getSegment().getRecording(), item.speaker(), item.seconds());
    }

    @Override
    public Speech mergeAccumulators(Iterable<Speech> parts) {
      Speech merged = new Speech();
      parts.forEach(merged::add);
      return merged;
    }

    @Override
    public SplitPlan extractOutput(Speech speech) {
      return speech.plan(shares);
    }

    @Override
    public Coder<Speech> getAccumulatorCoder(CoderRegistry registry, Coder<ExportItem> input) {
      return SerializableCoder.of(Speech.class);
    }

    @Override
    public Coder<SplitPlan> getDefaultOutputCoder(CoderRegistry registry, Coder<ExportItem> input) {
      return SerializableCoder.of(SplitPlan.class);
    }
  }

  /** Puts segments into their splits. */
  static final class SplitFn extends DoFn<ExportItem, ExportItem> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<SplitPlan> plan;

    SplitFn(PCollectionView<SplitPlan> plan) {
      this.plan = plan;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      ExportItem item = context.element();
      context.output(item.withSplit(context.sideInput(plan).of(item.getSegment().getRecording())));
    }
  }
}
