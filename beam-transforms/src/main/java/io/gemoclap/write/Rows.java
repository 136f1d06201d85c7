package io.gemoclap.write;

import static io.gemoclap.write.ColumnType.FLAG;
import static io.gemoclap.write.ColumnType.INTEGER;
import static io.gemoclap.write.ColumnType.LIST;
import static io.gemoclap.write.ColumnType.LONG;
import static io.gemoclap.write.ColumnType.NUMBER;
import static io.gemoclap.write.ColumnType.PROBABILITIES;
import static io.gemoclap.write.ColumnType.TEXT;
import static io.gemoclap.write.ColumnType.TEXTS;
import static io.gemoclap.write.ColumnType.VECTOR;

import com.google.common.primitives.Floats;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.EmotionShare;
import io.gemoclap.score.LabelScore;
import io.gemoclap.score.RecordingSummary;
import io.gemoclap.turns.EmotionTurn;
import io.gemoclap.write.RowType.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;

/** The columns of every output, documented in {@code docs/output.md}. */
final class Rows {
  static final RowType<EmotionScores> ANNOTATION =
      new RowType<>(
          "Annotation",
          List.of(
              new Column<>("recording", TEXT, EmotionScores::getRecording),
              new Column<>("segment_id", TEXT, EmotionScores::getSegmentId),
              new Column<>("channel", INTEGER, EmotionScores::getChannel),
              new Column<>("start_s", NUMBER, EmotionScores::getStartSeconds),
              new Column<>("end_s", NUMBER, EmotionScores::getEndSeconds),
              new Column<>("speech_probability", NUMBER, EmotionScores::getSpeechProbability),
              new Column<>("emotion", TEXT, EmotionScores::getEmotion),
              new Column<>("confidence", NUMBER, EmotionScores::getConfidence),
              new Column<>("abstained", FLAG, EmotionScores::getAbstained),
              new Column<>("out_of_domain", NUMBER, EmotionScores::getOutOfDomain),
              new Column<>("scores", PROBABILITIES, s -> map(s.getScores())),
              new Column<>("gender", TEXT, EmotionScores::getGender),
              new Column<>("gender_scores", PROBABILITIES, s -> map(s.getGenderScores())),
              new Column<>("model_id", TEXT, EmotionScores::getModelId),
              new Column<>("label_set", TEXT, EmotionScores::getLabelSet),
              new Column<>("metadata", TEXTS, EmotionScores::getMetadata)));

  static final RowType<RecordingSummary> RECORDING =
      new RowType<>(
          "RecordingSummary",
          List.of(
              new Column<>("recording", TEXT, RecordingSummary::getRecording),
              new Column<>("channel", INTEGER, RecordingSummary::getChannel),
              new Column<>("segments", INTEGER, RecordingSummary::getSegments),
              new Column<>("speech_s", NUMBER, RecordingSummary::getSpeechSeconds),
              new Column<>("duration_s", NUMBER, RecordingSummary::getRecordingSeconds),
              new Column<>("truncated", FLAG, RecordingSummary::getTruncated),
              new Column<>("emotion", TEXT, RecordingSummary::getEmotion),
              new Column<>("scores", PROBABILITIES, s -> map(s.getScores())),
              new Column<>("gender", TEXT, RecordingSummary::getGender),
              new Column<>("gender_scores", PROBABILITIES, s -> map(s.getGenderScores())),
              new Column<>("label_set", TEXT, RecordingSummary::getLabelSet),
              new Column<>("model_id", TEXT, RecordingSummary::getModelId),
              new Column<>("notes", LIST, RecordingSummary::getNotes)));

  static final RowType<DecodedRecording> DECODED =
      new RowType<>(
          "DecodedRecording",
          List.of(
              new Column<>("recording", TEXT, DecodedRecording::getRecording),
              new Column<>("segments", INTEGER, DecodedRecording::getSegments),
              new Column<>("duration_s", NUMBER, DecodedRecording::getSeconds),
              new Column<>("truncated", FLAG, DecodedRecording::getTruncated),
              new Column<>("container", TEXT, DecodedRecording::getContainer),
              new Column<>("codec", TEXT, DecodedRecording::getCodec),
              new Column<>("source_rate", INTEGER, DecodedRecording::getSourceRate),
              new Column<>("channels", INTEGER, DecodedRecording::getChannels),
              new Column<>("bad_packets", LONG, DecodedRecording::getBadPackets),
              new Column<>("non_finite_samples", LONG, DecodedRecording::getNonFiniteSamples),
              new Column<>("metadata", TEXTS, DecodedRecording::getMetadata),
              new Column<>("notes", LIST, DecodedRecording::getNotes)));

  static final RowType<EmotionShare> SHARE =
      new RowType<>(
          "EmotionShare",
          List.of(
              new Column<>("key", TEXT, EmotionShare::getKey),
              new Column<>("window_start", TEXT, s -> s.getStart().toString()),
              new Column<>("window_end", TEXT, s -> s.getEnd().toString()),
              new Column<>("label_set", TEXT, EmotionShare::getLabelSet),
              new Column<>("segments", LONG, EmotionShare::getSegments),
              new Column<>("speech_s", NUMBER, EmotionShare::getSpeechSeconds),
              new Column<>("shares", PROBABILITIES, s -> map(s.getShares()))));

  static final RowType<EmotionTurn> TURN =
      new RowType<>(
          "EmotionTurn",
          List.of(
              new Column<>("recording", TEXT, EmotionTurn::getRecording),
              new Column<>("channel", INTEGER, EmotionTurn::getChannel),
              new Column<>("speaker", TEXT, EmotionTurn::getSpeaker),
              new Column<>("start_s", NUMBER, EmotionTurn::getStartSeconds),
              new Column<>("end_s", NUMBER, EmotionTurn::getEndSeconds),
              new Column<>("emotion", TEXT, EmotionTurn::getEmotion),
              new Column<>("confidence", NUMBER, EmotionTurn::getConfidence),
              new Column<>("abstained", FLAG, EmotionTurn::getAbstained),
              new Column<>("scores", PROBABILITIES, t -> map(t.getScores())),
              new Column<>("segment_ids", LIST, EmotionTurn::getSegmentIds),
              new Column<>("model_id", TEXT, EmotionTurn::getModelId),
              new Column<>("label_set", TEXT, EmotionTurn::getLabelSet),
              new Column<>("metadata", TEXTS, EmotionTurn::getMetadata)));

  static final RowType<Failure> FAILURE =
      new RowType<>(
          "Failure",
          List.of(
              new Column<>("item", TEXT, Failure::getItem),
              new Column<>("recording", TEXT, Failure::getRecording),
              new Column<>("stage", TEXT, Failure::getStage),
              new Column<>("kind", TEXT, Failure::getKindName),
              new Column<>("message", TEXT, Failure::getMessage),
              new Column<>("start_s", NUMBER, Failure::getStartSeconds),
              new Column<>("metadata", TEXTS, Failure::getMetadata)));

  static final RowType<SpeechEmbedding> EMBEDDING =
      ofSegment(
          "Embedding",
          SpeechEmbedding::ref,
          List.of(
              new Column<>("model_id", TEXT, e -> e.model().id()),
              new Column<>("vector", VECTOR, e -> Floats.asList(e.vector())),
              new Column<>("out_of_domain", NUMBER, SpeechEmbedding::outOfDomain)));

  static final RowType<SpeechFeatures> FEATURES =
      ofSegment(
          "Features",
          SpeechFeatures::ref,
          List.of(
              new Column<>("frames", INTEGER, f -> f.matrix().frames()),
              new Column<>("dims", INTEGER, f -> f.matrix().dims()),
              new Column<>("values", VECTOR, f -> Floats.asList(f.matrix().values())),
              new Column<>("feature_spec", TEXT, f -> f.origin().spec()),
              new Column<>("normalization", TEXT, f -> f.origin().normalization())));

  private Rows() {}

  /** The given columns between those that identify a segment and its metadata. */
  private static <T> RowType<T> ofSegment(
      String name, SerializableFunction<T, SegmentRef> ref, List<Column<T>> columns) {
    List<Column<T>> all = new ArrayList<>();
    all.add(new Column<>("recording", TEXT, e -> ref.apply(e).recording()));
    all.add(new Column<>("segment_id", TEXT, e -> ref.apply(e).id()));
    all.add(new Column<>("channel", INTEGER, e -> ref.apply(e).channel()));
    all.add(new Column<>("start_s", NUMBER, e -> ref.apply(e).startSeconds()));
    all.add(new Column<>("end_s", NUMBER, e -> ref.apply(e).endSeconds()));
    all.addAll(columns);
    all.add(new Column<>("speech_probability", NUMBER, e -> ref.apply(e).speechProbability()));
    all.add(new Column<>("metadata", TEXTS, e -> ref.apply(e).metadata()));
    return new RowType<>(name, all);
  }

  private static Map<String, Double> map(List<LabelScore> scores) {
    Map<String, Double> map = new LinkedHashMap<>();
    scores.forEach(score -> map.put(score.getLabel(), score.getProbability()));
    return map;
  }
}
