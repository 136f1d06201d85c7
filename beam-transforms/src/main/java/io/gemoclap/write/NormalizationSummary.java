package io.gemoclap.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.score.EmotionScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code summary.json} says of the normalisation: which levels took part, in how many of the
 * scored segments.
 *
 * @param by which levels are used where they are known
 * @param archiveVersion version of the archive's statistics; empty if none were given
 */
record NormalizationSummary(Normalization by, String archiveVersion) implements Serializable {
  private static final String ARCHIVE = "archive";
  private static final String SPEAKER = "speaker";
  private static final String RECORDING = "recording";

  /** The levels that standardised a segment, below the training corpus. */
  List<String> levels(EmotionScores score) {
    List<String> levels = new ArrayList<>();
    if (by.usesArchive()) {
      levels.add(ARCHIVE);
    }
    if (by.usesGroups()) {
      String speaker = score.getMetadata().getOrDefault(NormalizeFeatures.SPEAKER, "");
      levels.add(by.usesSpeakers() && !speaker.isBlank() ? SPEAKER : RECORDING);
    }
    return levels;
  }

  /**
   * Adds the fields.
   *
   * @param segments by level
   */
  void write(ObjectNode summary, Map<String, Long> segments) {
    summary.put("normalize", by.toString());
    ObjectNode levels = summary.putObject("normalize_levels");
    segments.forEach(levels::put);
    if (!archiveVersion.isEmpty()) {
      summary.put("archive_statistics", archiveVersion);
    }
  }
}
