package io.gemoclap.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import io.gemoclap.export.CorpusColumns.Column;
import io.gemoclap.export.clip.Clip;
import io.gemoclap.export.clip.ClipSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file whose audio is {@code struct<bytes, path>}, and whose schema has the features as
 * Hugging Face's {@code datasets} reads them from the key {@code huggingface}.
 */
final class ParquetShard implements ShardWriter {
  private static final String AUDIO = "audio";

  /**
   * Only fields that may be null are the same as those of {@code datasets}, which has no others.
   */
  private static final Schema AUDIO_SCHEMA =
      SchemaBuilder.record("Audio")
          .fields()
          .optionalBytes("bytes")
          .optionalString("path")
          .endRecord();

  private static final String MIME_TYPE = "application/vnd.apache.parquet";

  /** Encoded audio is compressed already, and readers load a row group as a whole. */
  private static final long ROW_GROUP_BYTES = 64L << 20;

  /** A value of Parquet is held in memory by writers and readers. */
  private static final long MOST_CLIP_BYTES = 256L << 20;

  /** Columns that say where a recording is. */
  private static final Set<String> PLACES = Set.of("recording", "segment_id");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ClipSettings clips;
  private final boolean plain;
  private final Schema schema;
  private final ParquetWriter<GenericRecord> writer;

  ParquetShard(Shard shard, ExportSettings settings) throws IOException {
    clips = settings.clips();
    plain = settings.audio() == AudioCopies.NONE;
    boolean embed = settings.audio() == AudioCopies.EMBED;
    schema = schema(embed);
    Configuration configuration = new Configuration(false);
    configuration.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    OutputStream out = shard.create("data/" + shard.name() + ".parquet", MIME_TYPE);
    writer =
        AvroParquetWriter.<GenericRecord>builder(new StreamFile(out))
            .withSchema(schema)
            .withConf(configuration)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withExtraMetaData(ImmutableMap.of("huggingface", features(embed, clips.sampleRate())))
            .build();
  }

  @Override
  public void add(ExportItem item, @Nullable Clip clip) throws IOException {
    GenericRecord record = new GenericData.Record(schema);
    for (Column column : CorpusColumns.all()) {
      Object value = column.value().apply(item);
      record.put(
          column.name(),
          plain && PLACES.contains(column.name())
              ? withoutFolder(String.valueOf(value))
              : avro(value, schema.getField(column.name()).schema()));
    }
    if (clip != null) {
      long size = Files.size(clip.file());
      if (size > MOST_CLIP_BYTES) {
        throw new ClipTooLargeException(
            "Its clip has %s MiB, more than the %s MiB that a row of Parquet may have"
                .formatted(size >> 20, MOST_CLIP_BYTES >> 20));
      }
      GenericRecord audio = new GenericData.Record(AUDIO_SCHEMA);
      audio.put("bytes", ByteBuffer.wrap(Files.readAllBytes(clip.file())));
      audio.put("path", item.key() + "." + clips.format().suffix());
      record.put(AUDIO, audio);
    }
    writer.write(record);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static String withoutFolder(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static @Nullable Object avro(@Nullable Object value, Schema of) {
    if (!(value instanceof List<?> list)) {
      return value;
    }
    List<GenericRecord> records = new ArrayList<>();
    for (Object entry : list) {
      GenericRecord record = new GenericData.Record(of.getElementType());
      ((Map<?, ?>) entry).forEach((name, each) -> record.put(name.toString(), each));
      records.add(record);
    }
    return records;
  }

  private static Schema schema(boolean embed) {
    SchemaBuilder.FieldAssembler<Schema> fields =
        SchemaBuilder.record("Segment").namespace("io.gemoclap").fields();
    for (Column column : CorpusColumns.all()) {
      fields = fields.name(column.name()).type(schema(column)).noDefault();
    }
    if (embed) {
      fields =
          fields
              .name(AUDIO)
              .type(Schema.createUnion(AUDIO_SCHEMA, Schema.create(Schema.Type.NULL)))
              .noDefault();
    }
    return fields.endRecord();
  }

  private static Schema schema(Column column) {
    return switch (column.type()) {
      case TEXT -> SchemaBuilder.nullable().stringType();
      case NUMBER -> SchemaBuilder.nullable().doubleType();
      case INTEGER -> SchemaBuilder.nullable().intType();
      case FLAG -> SchemaBuilder.nullable().booleanType();
      case SCORES ->
          SchemaBuilder.array()
              .items(
                  SchemaBuilder.record("Score")
                      .fields()
                      .requiredString("label")
                      .requiredDouble("probability")
                      .endRecord());
      case PAIRS ->
          SchemaBuilder.array()
              .items(
                  SchemaBuilder.record("Pair")
                      .fields()
                      .requiredString("name")
                      .requiredString("value")
                      .endRecord());
    };
  }

  /** The features as {@code datasets} writes them. */
  static String features(boolean embed, int rate) {
    Map<String, Object> features = new LinkedHashMap<>();
    for (Column column : CorpusColumns.all()) {
      features.put(column.name(), feature(column.type()));
    }
    if (embed) {
      features.put(AUDIO, ImmutableMap.of("sampling_rate", rate, "_type", "Audio"));
    }
    try {
      return JSON.writeValueAsString(
          ImmutableMap.of("info", ImmutableMap.of("features", features)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object feature(CorpusColumns.Type type) {
    return switch (type) {
      case SCORES ->
          List.of(
              ImmutableMap.of(
                  "label",
                  value(CorpusColumns.Type.TEXT),
                  "probability",
                  value(CorpusColumns.Type.NUMBER)));
      case PAIRS ->
          List.of(
              ImmutableMap.of(
                  "name", value(CorpusColumns.Type.TEXT), "value", value(CorpusColumns.Type.TEXT)));
      default -> value(type);
    };
  }

  private static Map<String, String> value(CorpusColumns.Type type) {
    return ImmutableMap.of("dtype", type.arrow(), "_type", "Value");
  }

  /** A stream as Parquet writes to it. */
  private record StreamFile(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      OutputStream target = out;
      return new PositionOutputStream() {
        private long position;

        @Override
        public long getPos() {
          return position;
        }

        @Override
        public void write(int b) throws IOException {
          target.write(b);
          position++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          target.write(bytes, from, length);
          position += length;
        }

        @Override
        public void close() throws IOException {
          target.close();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
