package io.gemoclap.export;

import com.google.common.collect.ImmutableList;
import io.gemoclap.quality.SegmentQuality;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The columns that each row of a corpus has, whatever its format. */
final class CorpusColumns {
  /** Types of columns. */
  enum Type {
    TEXT("string"),
    NUMBER("float64"),
    INTEGER("int32"),
    FLAG("bool"),
    /** A list of a text and a number: {@code label}, {@code probability}. */
    SCORES(""),
    /** A list of two texts: {@code name}, {@code value}. */
    PAIRS("");

    private final String arrow;

    Type(String arrow) {
      this.arrow = arrow;
    }

    /** The type's name in Arrow and Hugging Face; empty for lists. */
    String arrow() {
      return arrow;
    }
  }

  /**
   * A column.
   *
   * @param description one phrase, for the dataset card
   * @param value null where it is not known
   */
  record Column(
      String name, Type type, String description, Function<ExportItem, @Nullable Object> value) {}

  /** Columns of the segment's quality. */
  static final ImmutableList<String> QUALITY =
      ImmutableList.of("snr_db", "clipping", "bandwidth_hz", "level_dbfs", "speech_share");

  private static final ImmutableList<Column> ALL =
      ImmutableList.of(
          text("id", "name of the segment in the corpus", ExportItem::key),
          text("emotion", "the label", ExportItem::getLabel),
          text("label_source", "who gave the label: model or people", ExportItem::getLabelSource),
          text("model_emotion", "most probable label", i -> i.getSegment().getEmotion()),
          number("confidence", "its calibrated probability", EmotionScores::getConfidence),
          new Column(
              "abstained",
              Type.FLAG,
              "whether the model was uncertain",
              i -> i.getSegment().getAbstained()),
          new Column("scores", Type.SCORES, "probability of each label", CorpusColumns::scores),
          text(
              "model_gender", "most probable gender of the voice", i -> i.getSegment().getGender()),
          text("speaker", "speaker, if the metadata name one", ExportItem::speaker),
          text("gender", "gender, if the metadata name one", i -> i.metadata("gender")),
          text("language", "language, if the metadata name one", i -> i.metadata("language")),
          text("text", "transcript, if the metadata have one", i -> i.metadata("text")),
          text("recording", "recording that it is from", i -> i.getSegment().getRecording()),
          new Column(
              "channel", Type.INTEGER, "its channel, from 0", i -> i.getSegment().getChannel()),
          number("start_s", "start in the recording, in seconds", EmotionScores::getStartSeconds),
          number("end_s", "end in the recording, in seconds", EmotionScores::getEndSeconds),
          number(
              "speech_probability",
              "probability that it is speech; −1 if unknown",
              EmotionScores::getSpeechProbability),
          number(
              "out_of_domain",
              "distance from the model's training data, about 1 for speech like it; −1 if unknown",
              EmotionScores::getOutOfDomain),
          quality(
              "snr_db",
              "signal-to-noise ratio in dB (WADA-SNR, Kim and Stern 2008)",
              SegmentQuality::getSnrDb),
          quality(
              "clipping",
              "share of samples in runs of three or more at 0.99 of full scale",
              SegmentQuality::getClipping),
          quality(
              "bandwidth_hz",
              "highest frequency within 50 dB of the loudest (Welch 1967)",
              SegmentQuality::getBandwidthHz),
          quality("level_dbfs", "level in dB of full scale", SegmentQuality::getLevelDbfs),
          quality(
              "speech_share",
              "share of the time with speech (ITU-T P.56, method B)",
              SegmentQuality::getSpeechShare),
          text("segment_id", "id in the results", i -> i.getSegment().getSegmentId()),
          text("model_id", "digest of the model", i -> i.getSegment().getModelId()),
          text(
              "label_set",
              "digest of labels and prompt templates",
              i -> i.getSegment().getLabelSet()),
          new Column("metadata", Type.PAIRS, "all metadata", CorpusColumns::pairs));

  private CorpusColumns() {}

  static List<Column> all() {
    return ALL;
  }

  /** The measures of a segment's quality by their columns; none if they are not known. */
  static Map<String, Object> quality(ExportItem item) {
    Map<String, Object> measures = new LinkedHashMap<>();
    for (Column column : ALL) {
      Object value = QUALITY.contains(column.name()) ? column.value().apply(item) : null;
      if (value != null) {
        measures.put(column.name(), value);
      }
    }
    return measures;
  }

  /** The row of a segment, in the order of the columns. */
  static Map<String, @Nullable Object> row(ExportItem item) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    ALL.forEach(column -> row.put(column.name(), column.value().apply(item)));
    return row;
  }

  private static Column text(String name, String description, Function<ExportItem, String> value) {
    return new Column(name, Type.TEXT, description, value::apply);
  }

  private static Column number(
      String name, String description, ToDoubleFunction<EmotionScores> value) {
    return new Column(
        name, Type.NUMBER, description, item -> value.applyAsDouble(item.getSegment()));
  }

  private static Column quality(
      String name, String description, ToDoubleFunction<SegmentQuality> value) {
    return new Column(
        name,
        Type.NUMBER,
        description,
        item -> item.getQuality() == null ? null : value.applyAsDouble(item.getQuality()));
  }

  private static Object scores(ExportItem item) {
    List<Map<String, Object>> scores = new ArrayList<>();
    for (LabelScore score : item.getSegment().getScores()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("label", score.getLabel());
      entry.put("probability", score.getProbability());
      scores.add(entry);
    }
    return scores;
  }

  private static Object pairs(ExportItem item) {
    List<Map<String, Object>> pairs = new ArrayList<>();
    new TreeMap<>(item.getSegment().getMetadata())
        .forEach(
            (name, value) -> {
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("name", name);
              entry.put("value", value);
              pairs.add(entry);
            });
    return pairs;
  }
}
