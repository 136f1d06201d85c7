package io.gemoclap.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Encodes a {@link SpeechSegment} without loss.
 *
 * @hidden
 */
@Internal
public final class SpeechSegmentCoder extends AtomicCoder<SpeechSegment> {
  private static final SpeechSegmentCoder INSTANCE = new SpeechSegmentCoder();

  private SpeechSegmentCoder() {}

  /** The coder, which has no settings. */
  public static SpeechSegmentCoder of() {
    return INSTANCE;
  }

  /** How Beam finds this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(SpeechSegment.class), of());
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
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
