package io.gemoclap.features;

import com.google.common.primitives.Floats;
import io.gemoclap.audio.FloatArrayCoder;
import io.gemoclap.audio.SegmentRefCoder;
import io.gemoclap.row.CompactCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Encodes {@link SpeechFeatures} without loss.
 *
 * @hidden
 */
@Internal
public final class SpeechFeaturesCoder extends CompactCoder<SpeechFeatures> {
  private static final long serialVersionUID = 1L;
  static final Schema SCHEMA =
      SegmentRefCoder.fields()
          .addInt32Field("frames")
          .addInt32Field("dims")
          .addArrayField("values", Schema.FieldType.FLOAT)
          .addStringField("featureSpec")
          .addStringField("normalization")
          .build();
  private static final SpeechFeaturesCoder INSTANCE = new SpeechFeaturesCoder();

  private SpeechFeaturesCoder() {
    super(SCHEMA, SpeechFeatures.class, SpeechFeaturesCoder::row, SpeechFeaturesCoder::features);
  }

  /** The coder, which has no settings. */
  public static SpeechFeaturesCoder of() {
    return INSTANCE;
  }

  /** How Beam finds this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(SpeechFeatures.class), of());
  }

  private static Row row(SpeechFeatures value) {
    return SegmentRefCoder.row(SCHEMA, value.ref())
        .addValues(value.matrix().frames(), value.matrix().dims())
        .addArray(Floats.asList(value.matrix().values()))
        .addValues(value.origin().spec(), value.origin().normalization())
        .build();
  }

  private static SpeechFeatures features(Row row) {
    return new SpeechFeatures(
        SegmentRefCoder.ref(row),
        FeatureMatrix.of(
            row.getInt32("frames"),
            row.getInt32("dims"),
            Floats.toArray(row.<Float>getArray("values"))),
        new FeatureOrigin(row.getString("featureSpec"), row.getString("normalization")));
  }

  @Override
  public void encode(SpeechFeatures value, OutputStream out) throws IOException {
    SegmentRefCoder.of().encode(value.ref(), out);
    VarIntCoder.of().encode(value.matrix().frames(), out);
    VarIntCoder.of().encode(value.matrix().dims(), out);
    FloatArrayCoder.of().encode(value.matrix().values(), out);
    StringUtf8Coder.of().encode(value.origin().spec(), out);
    StringUtf8Coder.of().encode(value.origin().normalization(), out);
  }

  @Override
  public SpeechFeatures decode(InputStream in) throws IOException {
    return new SpeechFeatures(
        SegmentRefCoder.of().decode(in),
        FeatureMatrix.of(
            VarIntCoder.of().decode(in),
            VarIntCoder.of().decode(in),
            FloatArrayCoder.of().decode(in)),
        new FeatureOrigin(StringUtf8Coder.of().decode(in), StringUtf8Coder.of().decode(in)));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
