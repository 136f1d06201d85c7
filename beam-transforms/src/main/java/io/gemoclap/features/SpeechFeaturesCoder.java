package io.gemoclap.features;

import io.gemoclap.audio.FloatArrayCoder;
import io.gemoclap.audio.SegmentRefCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Encodes {@link SpeechFeatures} without loss.
 *
 * @hidden
 */
@Internal
public final class SpeechFeaturesCoder extends AtomicCoder<SpeechFeatures> {
  private static final SpeechFeaturesCoder INSTANCE = new SpeechFeaturesCoder();

  private SpeechFeaturesCoder() {}

  /** The coder, which has no settings. */
  public static SpeechFeaturesCoder of() {
    return INSTANCE;
  }

  /** How Beam finds this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(SpeechFeatures.class), of());
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
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
