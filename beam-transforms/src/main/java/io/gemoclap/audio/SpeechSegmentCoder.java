package io.gemoclap.audio;

import com.google.common.primitives.Floats;
import io.gemoclap.row.CompactCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Encodes a {@link SpeechSegment} without loss.
 *
 * @hidden
 */
@Internal
public final class SpeechSegmentCoder extends CompactCoder<SpeechSegment> {
  private static final long serialVersionUID = 1L;
  static final Schema SCHEMA =
      SegmentRefCoder.fields()
          .addInt32Field("sampleRate")
          .addArrayField("samples", Schema.FieldType.FLOAT)
          .build();
  private static final SpeechSegmentCoder INSTANCE = new SpeechSegmentCoder();

  private SpeechSegmentCoder() {
    super(SCHEMA, SpeechSegment.class, SpeechSegmentCoder::row, SpeechSegmentCoder::segment);
  }

  /** The coder, which has no settings. */
  public static SpeechSegmentCoder of() {
    return INSTANCE;
  }

  /** How Beam finds this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(SpeechSegment.class), of());
  }

  private static Row row(SpeechSegment value) {
    return SegmentRefCoder.row(SCHEMA, value.ref())
        .addValue(value.sampleRate())
        .addArray(Floats.asList(value.samples()))
        .build();
  }

  private static SpeechSegment segment(Row row) {
    return new SpeechSegment(
        SegmentRefCoder.ref(row),
        row.getInt32("sampleRate"),
        Floats.toArray(row.<Float>getArray("samples")));
  }

  @Override
  public void encode(SpeechSegment value, OutputStream out) throws IOException {
    SegmentRefCoder.of().encode(value.ref(), out);
    VarIntCoder.of().encode(value.sampleRate(), out);
    FloatArrayCoder.of().encode(value.samples(), out);
  }

  @Override
  public SpeechSegment decode(InputStream in) throws IOException {
    return new SpeechSegment(
        SegmentRefCoder.of().decode(in),
        VarIntCoder.of().decode(in),
        FloatArrayCoder.of().decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
