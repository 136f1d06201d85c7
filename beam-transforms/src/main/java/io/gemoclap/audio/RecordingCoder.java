package io.gemoclap.audio;

import io.gemoclap.audio.segment.Span;
import io.gemoclap.row.CompactCoder;
import io.gemoclap.row.MetadataRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a {@link Recording}, with its bytes if it has any.
 *
 * @hidden
 */
@Internal
public final class RecordingCoder extends CompactCoder<Recording> {
  private static final long serialVersionUID = 1L;
  private static final Schema SPAN =
      Schema.builder()
          .addDoubleField("startSeconds")
          .addDoubleField("endSeconds")
          .addStringField("speaker")
          .addInt32Field("channel")
          .build();
  static final Schema SCHEMA =
      Schema.builder()
          .addStringField("recording")
          .addNullableStringField("uri")
          .addNullableStringField("encoded")
          .addNullableStringField("problem")
          .addField("metadata", MetadataRows.TYPE)
          .addArrayField("spans", Schema.FieldType.row(SPAN))
          .build();
  private static final RecordingCoder INSTANCE = new RecordingCoder();
  private static final Coder<String> URI = NullableCoder.of(StringUtf8Coder.of());
  private static final Coder<byte[]> BYTES = NullableCoder.of(ByteArrayCoder.of());

  private RecordingCoder() {
    super(SCHEMA, Recording.class, RecordingCoder::row, RecordingCoder::recording);
  }

  /** The coder, which has no settings. */
  public static RecordingCoder of() {
    return INSTANCE;
  }

  /** How Beam finds this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(Recording.class), of());
  }

  /** Bytes are Base64, because Beam's {@code ToJson} rejects bytes. */
  private static Row row(Recording value) {
    byte[] encoded = value.encoded();
    return Row.withSchema(SCHEMA)
        .addValues(
            value.id(),
            value.uri(),
            encoded == null ? null : Base64.getEncoder().encodeToString(encoded),
            value.problem())
        .addArray(MetadataRows.of(value.metadata()))
        .addArray(
            value.spans().stream()
                .map(
                    span ->
                        Row.withSchema(SPAN)
                            .addValues(
                                span.startSeconds(),
                                span.endSeconds(),
                                span.speaker(),
                                span.channel())
                            .build())
                .toList())
        .build();
  }

  private static Recording recording(Row row) {
    String encoded = row.getString("encoded");
    List<Span> spans = row.<Row>getArray("spans").stream().map(RecordingCoder::span).toList();
    return recording(
            row.getString("recording"),
            encoded == null ? null : Base64.getDecoder().decode(encoded),
            row.getString("uri"),
            row.getString("problem"))
        .withMetadata(MetadataRows.map(row.getArray("metadata")))
        .withSpans(spans);
  }

  private static Span span(Row row) {
    return new Span(
        row.getDouble("startSeconds"),
        row.getDouble("endSeconds"),
        row.getString("speaker"),
        row.getInt32("channel"));
  }

  private static Recording recording(
      String id, byte @Nullable [] encoded, @Nullable String uri, @Nullable String problem) {
    if (encoded != null) {
      return Recording.bytes(id, encoded);
    }
    if (uri != null) {
      return Recording.file(uri).withId(id);
    }
    if (problem == null) {
      throw new IllegalArgumentException(
          "Recording '" + id + "' has no uri, encoded or problem: set one of the three");
    }
    return Recording.unreadable(id, problem);
  }

  @Override
  public void encode(Recording value, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(value.id(), out);
    URI.encode(value.uri(), out);
    BYTES.encode(value.encoded(), out);
    if (value.uri() == null && value.encoded() == null) {
      StringUtf8Coder.of().encode(value.problem(), out);
    }
    SegmentRefCoder.METADATA.encode(new TreeMap<>(value.metadata()), out);
    VarIntCoder.of().encode(value.spans().size(), out);
    for (Span span : value.spans()) {
      DoubleCoder.of().encode(span.startSeconds(), out);
      DoubleCoder.of().encode(span.endSeconds(), out);
      StringUtf8Coder.of().encode(span.speaker(), out);
      VarIntCoder.of().encode(span.channel(), out);
    }
  }

  @Override
  public Recording decode(InputStream in) throws IOException {
    String id = StringUtf8Coder.of().decode(in);
    String uri = URI.decode(in);
    byte[] encoded = BYTES.decode(in);
    String problem = encoded == null && uri == null ? StringUtf8Coder.of().decode(in) : null;
    Recording recording = recording(id, encoded, uri, problem);
    recording = recording.withMetadata(SegmentRefCoder.METADATA.decode(in));
    List<Span> spans = new ArrayList<>();
    for (int left = VarIntCoder.of().decode(in); left > 0; left--) {
      spans.add(
          new Span(
              DoubleCoder.of().decode(in),
              DoubleCoder.of().decode(in),
              StringUtf8Coder.of().decode(in),
              VarIntCoder.of().decode(in)));
    }
    return recording.withSpans(spans);
  }
}
