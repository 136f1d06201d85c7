package io.gemoclap.export;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a corpus, or a shard of it, has come to. Mutable while it is added up. */
final class ExportTotals implements Serializable {
  private static final long serialVersionUID = 1L;

  Amount taken = Amount.NONE;

  /** By {@link DropReason#code}. */
  final TreeMap<String, Amount> dropped = new TreeMap<>();

  final TreeMap<String, Amount> bySplit = new TreeMap<>();
  final TreeMap<String, Amount> byLabel = new TreeMap<>();
  final TreeMap<String, Amount> bySource = new TreeMap<>();

  /** Languages that the metadata name; "" for segments without one. */
  final TreeMap<String, Amount> byLanguage = new TreeMap<>();

  final TreeSet<String> models = new TreeSet<>();
  final TreeSet<String> labelSets = new TreeSet<>();

  /** Segments whose speaker is known. */
  long withSpeaker;

  /** Segments whose speaker has one name in all recordings. */
  long withSpeakerOfArchive;

  void take(ExportItem item) {
    Amount amount = Amount.of(item);
    taken = taken.plus(amount);
    bySplit.merge(item.getSplit(), amount, Amount::plus);
    byLabel.merge(item.getLabel(), amount, Amount::plus);
    bySource.merge(item.getLabelSource(), amount, Amount::plus);
    byLanguage.merge(item.metadata("language"), amount, Amount::plus);
    models.add(item.getSegment().getModelId());
    labelSets.add(item.getSegment().getLabelSet());
    withSpeaker += item.speaker().isEmpty() ? 0 : 1;
    withSpeakerOfArchive += item.hasSpeakerOfArchive() ? 1 : 0;
  }

  void drop(DropReason reason, Amount amount) {
    dropped.merge(reason.code(), amount, Amount::plus);
  }

  void add(ExportTotals other) {
    taken = taken.plus(other.taken);
    add(dropped, other.dropped);
    add(bySplit, other.bySplit);
    add(byLabel, other.byLabel);
    add(bySource, other.bySource);
    add(byLanguage, other.byLanguage);
    models.addAll(other.models);
    labelSets.addAll(other.labelSets);
    withSpeaker += other.withSpeaker;
    withSpeakerOfArchive += other.withSpeakerOfArchive;
  }

  private static void add(Map<String, Amount> to, Map<String, Amount> from) {
    from.forEach((name, amount) -> to.merge(name, amount, Amount::plus));
  }

  Amount allDropped() {
    return dropped.values().stream().reduce(Amount.NONE, Amount::plus);
  }
}
