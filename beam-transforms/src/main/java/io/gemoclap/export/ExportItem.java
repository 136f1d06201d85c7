package io.gemoclap.export;

import com.google.auto.value.AutoValue;
import com.google.common.hash.Hashing;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.quality.SegmentQuality;
import io.gemoclap.score.EmotionScores;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;
import org.jspecify.annotations.Nullable;

/** A segment on its way into a corpus. Immutable. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
abstract class ExportItem {
  static final String MODEL = "model";
  static final String PEOPLE = "people";

  private static final int SPEAKER_DIGITS = 6;
  private static final int LONGEST_STEM = 80;

  /** File systems allow 255 bytes in a name; a key adds 32 or more, and an ending. */
  private static final int MOST_STEM_BYTES = 160;

  private static final int DIGITS = 12;

  @SchemaCreate
  static ExportItem create(
      EmotionScores segment,
      String label,
      String labelSource,
      String split,
      @Nullable SegmentQuality quality) {
    return new AutoValue_ExportItem(segment, label, labelSource, split, quality);
  }

  static ExportItem of(EmotionScores segment, String label, String labelSource) {
    return create(segment, label, labelSource, "", null);
  }

  @SchemaFieldNumber("0")
  abstract EmotionScores getSegment();

  /** The label that the corpus gives the segment. */
  @SchemaFieldNumber("1")
  abstract String getLabel();

  /** {@link #MODEL} or {@link #PEOPLE}. */
  @SchemaFieldNumber("2")
  abstract String getLabelSource();

  /** Empty until it is dealt. */
  @SchemaFieldNumber("3")
  abstract String getSplit();

  /** Null until it is measured. */
  @SchemaFieldNumber("4")
  abstract @Nullable SegmentQuality getQuality();

  ExportItem withSplit(String split) {
    return create(getSegment(), getLabel(), getLabelSource(), split, getQuality());
  }

  ExportItem withQuality(SegmentQuality quality) {
    return create(getSegment(), getLabel(), getLabelSource(), getSplit(), quality);
  }

  double seconds() {
    return getSegment().getEndSeconds() - getSegment().getStartSeconds();
  }

  /**
   * The speaker's name, which is the same in two recordings only if the person is; empty if the
   * metadata name none.
   */
  String speaker() {
    String speaker = metadata(NormalizeFeatures.SPEAKER);
    if (speaker.isEmpty() || hasSpeakerOfArchive()) {
      return speaker;
    }
    String recording = getSegment().getRecording();
    return "%s-%s-%s"
        .formatted(stem(recording), digest(recording).substring(0, SPEAKER_DIGITS), speaker);
  }

  /** Whether the metadata name the speaker, and do so in all recordings alike. */
  boolean hasSpeakerOfArchive() {
    return !metadata(NormalizeFeatures.SPEAKER).isEmpty()
        && !NormalizeFeatures.IN_RECORDING.equals(metadata(NormalizeFeatures.SPEAKER_SCOPE));
  }

  String metadata(String column) {
    return getSegment().getMetadata().getOrDefault(column, "").strip();
  }

  /**
   * The segment's name in the corpus: the same in every export, made of letters, digits, "-" and
   * "_" only, and different for different segments. The digits at its end tell recordings apart
   * whose names differ in other characters only.
   */
  String key() {
    return String.format(
        Locale.ROOT,
        "%s_%d_%07d-%07d_%s",
        stem(getSegment().getRecording()),
        getSegment().getChannel(),
        Math.round(getSegment().getStartSeconds() * 1000),
        Math.round(getSegment().getEndSeconds() * 1000),
        digest(getSegment().getSegmentId()).substring(0, DIGITS));
  }

  static String digest(String id) {
    return Hashing.sha256().hashString(id, StandardCharsets.UTF_8).toString();
  }

  /** The name of a recording without folder and ending. */
  static String name(String recording) {
    String name = recording.substring(recording.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** The same as far as every file system can have it. */
  static String stem(String recording) {
    String stem = name(recording).replaceAll("[^\\p{L}\\p{N}-]+", "_");
    int end = 0;
    int bytes = 0;
    for (int letters = 0; letters < LONGEST_STEM && end < stem.length(); letters++) {
      String letter = Character.toString(stem.codePointAt(end));
      bytes += letter.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_STEM_BYTES) {
        break;
      }
      end += letter.length();
    }
    return stem.substring(0, end);
  }
}
