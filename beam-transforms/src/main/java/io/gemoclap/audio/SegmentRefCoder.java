package io.gemoclap.audio;

import io.gemoclap.row.CompactCoder;
import io.gemoclap.row.MetadataRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Encodes a {@link SegmentRef}; deterministic, since metadata is written in order of its keys.
 *
 * @hidden
 */
@Internal
public final class SegmentRefCoder extends CompactCoder<SegmentRef> {
  private static final long serialVersionUID = 1L;
  static final Schema SCHEMA = fields().build();
  private static final SegmentRefCoder INSTANCE = new SegmentRefCoder();
  private static final Coder<String> STRING = StringUtf8Coder.of();
  private static final Coder<Double> DOUBLE = DoubleCoder.of();
  static final Coder<Map<String, String>> METADATA = MapCoder.of(STRING, STRING);

  private SegmentRefCoder() {
    super(SCHEMA, SegmentRef.class, ref -> row(SCHEMA, ref).build(), SegmentRefCoder::ref);
  }

  /** The fields that every row about a segment begins with. */
  public static Schema.Builder fields() {
    return Schema.builder()
        .addStringField("recording")
        .addStringField("segmentId")
        .addInt32Field("channel")
        .addDoubleField("startSeconds")
        .addDoubleField("endSeconds")
        .addField("metadata", MetadataRows.TYPE)
        .addDoubleField("speechProbability");
  }

  /** A row of a schema that begins with {@link #fields}. */
  public static Row.Builder row(Schema schema, SegmentRef ref) {
    return Row.withSchema(schema)
        .addValues(ref.recording(), ref.id(), ref.channel(), ref.startSeconds(), ref.endSeconds())
        .addArray(MetadataRows.of(ref.metadata()))
        .addValue(ref.speechProbability());
  }

  /** The segment of such a row; {@code segmentId} follows from the other fields. */
  public static SegmentRef ref(Row row) {
    return new SegmentRef(
        row.getString("recording"),
        row.getInt32("channel"),
        row.getDouble("startSeconds"),
        row.getDouble("endSeconds"),
        MetadataRows.map(row.getArray("metadata")),
        row.getDouble("speechProbability"));
  }

  /** The coder, which has no settings. */
  public static SegmentRefCoder of() {
    return INSTANCE;
  }

  /** How Beam finds this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(SegmentRef.class), of());
  }

  @Override
  public void encode(SegmentRef value, OutputStream out) throws IOException {
    STRING.encode(value.recording(), out);
    VarIntCoder.of().encode(value.channel(), out);
    DOUBLE.encode(value.startSeconds(), out);
    DOUBLE.encode(value.endSeconds(), out);
    METADATA.encode(new TreeMap<>(value.metadata()), out);
    DOUBLE.encode(value.speechProbability(), out);
  }

  @Override
  public SegmentRef decode(InputStream in) throws IOException {
    return new SegmentRef(
        STRING.decode(in),
        VarIntCoder.of().decode(in),
        DOUBLE.decode(in),
        DOUBLE.decode(in),
        METADATA.decode(in),
        DOUBLE.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
