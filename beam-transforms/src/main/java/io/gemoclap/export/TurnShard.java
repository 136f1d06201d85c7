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
    Map<String, String> digits = digits(byRecording);
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
      String id = recording.getKey();
      String ending = requireNonNull(digits.get(id));
      String text = format.text(id, ExportItem.name(id) + ending, turns);
      String file = folder() + ExportItem.stem(id) + ending + "." + format.suffix();
      try (OutputStream out = shard.create(file, "text/plain")) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private String folder() {
    return settings.splits().size() == 1 ? "" : shard.split() + "/";
  }

  /**
   * What is appended to the name of each recording: digits if files of several recordings, which
   * are all in this shard, would have the same name; otherwise nothing.
   */
  private static Map<String, String> digits(Map<String, List<ExportItem>> byRecording) {
    Map<String, Integer> counts = new HashMap<>();
    byRecording.keySet().forEach(id -> counts.merge(ExportItem.stem(id), 1, Integer::sum));
    Map<String, String> digits = new HashMap<>();
    for (String id : byRecording.keySet()) {
      boolean alone = counts.getOrDefault(ExportItem.stem(id), 1) == 1;
      digits.put(id, alone ? "" : "-" + ExportItem.digest(id).substring(0, DIGITS));
    }
    return digits;
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
