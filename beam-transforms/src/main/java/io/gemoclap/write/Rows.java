package io.gemoclap.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.EmotionShare;
import io.gemoclap.score.LabelScore;
import io.gemoclap.score.RecordingSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * The columns of every output, once: a name, an Avro type and a value each. JSON Lines and Parquet
 * are both written from these, so they cannot differ. Documented in {@code docs/output.md}.
 */
final class Rows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Schema TEXT = Schema.create(Schema.Type.STRING);
  private static final Schema NUMBER = Schema.create(Schema.Type.DOUBLE);
  private static final Schema INTEGER = Schema.create(Schema.Type.INT);
  private static final Schema LONG = Schema.create(Schema.Type.LONG);
  private static final Schema FLAG = Schema.create(Schema.Type.BOOLEAN);
  private static final Schema PROBABILITIES = Schema.createMap(NUMBER);
  private static final Schema TEXTS = Schema.createMap(TEXT);
  private static final Schema LIST = Schema.createArray(TEXT);
  private static final Schema VECTOR = Schema.createArray(Schema.create(Schema.Type.FLOAT));

  static final Schema ANNOTATION =
      schema(
          "Annotation",
          new String[] {
            "recording", "segment_id", "channel", "start_s", "end_s", "emotion", "confidence",
            "abstained", "scores", "gender", "gender_scores", "model_id", "label_set", "metadata"
          },
          TEXT,
          TEXT,
          INTEGER,
          NUMBER,
          NUMBER,
          TEXT,
          NUMBER,
          FLAG,
          PROBABILITIES,
          TEXT,
          PROBABILITIES,
          TEXT,
          TEXT,
          TEXTS);

  static final Schema RECORDING =
      schema(
          "RecordingSummary",
          new String[] {
            "recording",
            "channel",
            "segments",
            "speech_s",
            "duration_s",
            "truncated",
            "emotion",
            "scores",
            "gender",
            "gender_scores",
            "label_set",
            "model_id",
            "notes"
          },
          TEXT,
          INTEGER,
          INTEGER,
          NUMBER,
          NUMBER,
          FLAG,
          TEXT,
          PROBABILITIES,
          TEXT,
          PROBABILITIES,
          TEXT,
          TEXT,
          LIST);

  static final Schema DECODED =
      schema(
          "DecodedRecording",
          new String[] {
            "recording",
            "segments",
            "duration_s",
            "truncated",
            "container",
            "codec",
            "source_rate",
            "channels",
            "bad_packets",
            "non_finite_samples",
            "metadata",
            "notes"
          },
          TEXT,
          INTEGER,
          NUMBER,
          FLAG,
          TEXT,
          TEXT,
          INTEGER,
          INTEGER,
          LONG,
          LONG,
          TEXTS,
          LIST);

  static final Schema SHARE =
      schema(
          "EmotionShare",
          new String[] {
            "key", "window_start", "window_end", "label_set", "segments", "speech_s", "shares"
          },
          TEXT,
          TEXT,
          TEXT,
          TEXT,
          LONG,
          NUMBER,
          PROBABILITIES);

  static final Schema FAILURE =
      schema(
          "Failure",
          new String[] {"item", "recording", "stage", "kind", "message", "start_s", "metadata"},
          TEXT,
          TEXT,
          TEXT,
          TEXT,
          TEXT,
          NUMBER,
          TEXTS);

  static final Schema EMBEDDING =
      schema(
          "Embedding",
          new String[] {
            "recording",
            "segment_id",
            "channel",
            "start_s",
            "end_s",
            "model_id",
            "vector",
            "metadata"
          },
          TEXT,
          TEXT,
          INTEGER,
          NUMBER,
          NUMBER,
          TEXT,
          VECTOR,
          TEXTS);

  static final Schema FEATURES =
      schema(
          "Features",
          new String[] {
            "recording",
            "segment_id",
            "channel",
            "start_s",
            "end_s",
            "frames",
            "dims",
            "values",
            "metadata"
          },
          TEXT,
          TEXT,
          INTEGER,
          NUMBER,
          NUMBER,
          INTEGER,
          INTEGER,
          VECTOR,
          TEXTS);

  private Rows() {}

  private static Schema schema(String name, String[] columns, Schema... types) {
    SchemaBuilder.FieldAssembler<Schema> fields =
        SchemaBuilder.record(name).namespace("io.gemoclap").fields();
    for (int i = 0; i < columns.length; i++) {
      fields = fields.name(columns[i]).type(types[i]).noDefault();
    }
    return fields.endRecord();
  }

  static Object[] annotation(EmotionScores s) {
    return new Object[] {
      s.getRecording(), s.getSegmentId(), s.getChannel(), s.getStartSeconds(), s.getEndSeconds(),
      s.getEmotion(), s.getConfidence(), s.getAbstained(), map(s.getScores()), s.getGender(),
      map(s.getGenderScores()), s.getModelId(), s.getLabelSet(), s.getMetadata()
    };
  }

  static Object[] recording(RecordingSummary s) {
    return new Object[] {
      s.getRecording(),
      s.getChannel(),
      s.getSegments(),
      s.getSpeechSeconds(),
      s.getRecordingSeconds(),
      s.getTruncated(),
      s.getEmotion(),
      map(s.getScores()),
      s.getGender(),
      map(s.getGenderScores()),
      s.getLabelSet(),
      s.getModelId(),
      s.getNotes()
    };
  }

  static Object[] decoded(DecodedRecording r) {
    return new Object[] {
      r.getRecording(),
      r.getSegments(),
      r.getSeconds(),
      r.getTruncated(),
      r.getContainer(),
      r.getCodec(),
      r.getSourceRate(),
      r.getChannels(),
      r.getBadPackets(),
      r.getNonFiniteSamples(),
      r.getMetadata(),
      r.getNotes()
    };
  }

  static Object[] share(EmotionShare s) {
    return new Object[] {
      s.getKey(),
      s.getStart().toString(),
      s.getEnd().toString(),
      s.getLabelSet(),
      s.getSegments(),
      s.getSpeechSeconds(),
      map(s.getShares())
    };
  }

  static Object[] failure(Failure f) {
    return new Object[] {
      f.getItem(),
      f.getRecording(),
      f.getStage(),
      f.getKindName(),
      f.getMessage(),
      f.getStartSeconds(),
      f.getMetadata()
    };
  }

  static Object[] embedding(SpeechEmbedding e) {
    return new Object[] {
      e.ref().recording(), e.ref().id(), e.ref().channel(), e.ref().startSeconds(),
      e.ref().endSeconds(), e.model().id(), floats(e.vector()), e.ref().metadata()
    };
  }

  static Object[] features(SpeechFeatures f) {
    return new Object[] {
      f.ref().recording(), f.ref().id(), f.ref().channel(), f.ref().startSeconds(),
      f.ref().endSeconds(), f.matrix().frames(), f.matrix().dims(), floats(f.matrix().values()),
      f.ref().metadata()
    };
  }

  private static Map<String, Double> map(List<LabelScore> scores) {
    Map<String, Double> map = new LinkedHashMap<>();
    scores.forEach(score -> map.put(score.getLabel(), score.getProbability()));
    return map;
  }

  private static List<Float> floats(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  static String json(Schema schema, Object[] values) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Schema.Field field : schema.getFields()) {
      object.put(field.name(), values[field.pos()]);
    }
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A row of " + schema.getName() + " is not JSON", e);
    }
  }

  static GenericRecord avro(Schema schema, Object[] values) {
    GenericRecord record = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      record.put(i, values[i]);
    }
    return record;
  }
}
