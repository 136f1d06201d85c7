package io.gemoclap.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;

/**
 * Encodes a {@link SegmentRef}; deterministic, since metadata is written in order of its keys.
 *
 * @hidden
 */
@Internal
public final class SegmentRefCoder extends AtomicCoder<SegmentRef> {
  private static final SegmentRefCoder INSTANCE = new SegmentRefCoder();
  private static final Coder<String> STRING = StringUtf8Coder.of();
  private static final Coder<Double> DOUBLE = DoubleCoder.of();
  static final Coder<Map<String, String>> METADATA = MapCoder.of(STRING, STRING);

  private SegmentRefCoder() {}

  /** The coder, which has no settings. */
  public static SegmentRefCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SegmentRef value, OutputStream out) throws IOException {
    STRING.encode(value.recording(), out);
    VarIntCoder.of().encode(value.channel(), out);
    DOUBLE.encode(value.startSeconds(), out);
    DOUBLE.encode(value.endSeconds(), out);
    METADATA.encode(new TreeMap<>(value.metadata()), out);
  }

  @Override
  public SegmentRef decode(InputStream in) throws IOException {
    return new SegmentRef(
        STRING.decode(in),
        VarIntCoder.of().decode(in),
        DOUBLE.decode(in),
        DOUBLE.decode(in),
        METADATA.decode(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
