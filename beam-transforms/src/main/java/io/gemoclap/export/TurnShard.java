package io.gemoclap.export;

import static java.util.Objects.requireNonNull;

import io.gemoclap.export.turns.TurnFormat;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import io.gemoclap.turns.EmotionTurn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file with emotion turns for each recording of a shard. */
final class TurnShard {
  private static final int DIGITS = 8;

  private final Shard shard;
  private final ExportSettings settings;
  private final TurnFormat format;

  TurnShard(Shard shard, ExportSettings settings) {
    this.shard = shard;
    this.settings = settings;
    format = settings.format().turns();
  }

  /** Writes the files, and counts segments of uncertain turns as dropped unless these are kept. */
  void write(Map<String, List<ExportItem>> byRecording, ExportTotals totals) throws IOException {
    Map<String, String> names = names(byRecording);
    for (Map.Entry<String, List<ExportItem>> recording : byRecording.entrySet()) {
      Map<String, ExportItem> items = new HashMap<>();
      List<EmotionScores> segments = new ArrayList<>();
      for (ExportItem item : recording.getValue()) {
        items.put(item.getSegment().getSegmentId(), item);
        segments.add(labelled(item));
      }
      List<EmotionTurn> turns = new ArrayList<>();
      for (EmotionTurn turn : settings.turns().of(segments)) {
        boolean kept = !turn.getAbstained() || settings.filter().uncertain();
        for (String segment : turn.getSegmentIds()) {
          ExportItem item = requireNonNull(items.get(segment));
          if (kept) {
            totals.take(item);
          } else {
            totals.drop(DropReason.UNCERTAIN, Amount.of(item));
          }
        }
        if (kept) {
          turns.add(turn);
        }
      }
      try (OutputStream out =
          shard.create(requireNonNull(names.get(recording.getKey())), "text/plain")) {
        out.write(format.text(recording.getKey(), turns).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /**
   * The names of the files: those of the recordings. Recordings of the same name, all of which are
   * in this shard, are told apart by digits.
   */
  private Map<String, String> names(Map<String, List<ExportItem>> byRecording) {
    Map<String, Integer> counts = new HashMap<>();
    byRecording.keySet().forEach(id -> counts.merge(ExportItem.stem(id), 1, Integer::sum));
    String folder = settings.splits().size() == 1 ? "" : shard.split() + "/";
    Map<String, String> names = new TreeMap<>();
    for (String recording : byRecording.keySet()) {
      String stem = ExportItem.stem(recording);
      names.put(
          recording,
          "%s%s%s.%s"
              .formatted(
                  folder,
                  stem,
                  counts.getOrDefault(stem, 1) == 1
                      ? ""
                      : "-" + ExportItem.digest(recording).substring(0, DIGITS),
                  format.suffix()));
    }
    return names;
  }

  /** A label that people gave is certain. */
  private static EmotionScores labelled(ExportItem item) {
    EmotionScores segment = item.getSegment();
    if (item.getLabelSource().equals(ExportItem.MODEL)) {
      return segment;
    }
    return segment.toBuilder()
        .setEmotion(item.getLabel())
        .setConfidence(1)
        .setAbstained(false)
        .setScores(List.of(LabelScore.of(item.getLabel(), 1)))
        .build();
  }
}
