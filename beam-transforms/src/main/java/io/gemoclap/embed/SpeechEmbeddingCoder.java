package io.gemoclap.embed;

import io.gemoclap.audio.FloatArrayCoder;
import io.gemoclap.audio.SegmentRefCoder;
import io.gemoclap.bundle.BundleRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Encodes a {@link SpeechEmbedding} without loss.
 *
 * @hidden
 */
@Internal
public final class SpeechEmbeddingCoder extends AtomicCoder<SpeechEmbedding> {
  private static final SpeechEmbeddingCoder INSTANCE = new SpeechEmbeddingCoder();

  private SpeechEmbeddingCoder() {}

  /** The coder, which has no settings. */
  public static SpeechEmbeddingCoder of() {
    return INSTANCE;
  }

  /** How Beam finds this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(SpeechEmbedding.class), of());
  }

  @Override
  public void encode(SpeechEmbedding value, OutputStream out) throws IOException {
    SegmentRefCoder.of().encode(value.ref(), out);
    FloatArrayCoder.of().encode(value.vector(), out);
    StringUtf8Coder.of().encode(value.model().id(), out);
    StringUtf8Coder.of().encode(value.model().uri(), out);
  }

  @Override
  public SpeechEmbedding decode(InputStream in) throws IOException {
    return new SpeechEmbedding(
        SegmentRefCoder.of().decode(in),
        FloatArrayCoder.of().decode(in),
        model(StringUtf8Coder.of().decode(in), StringUtf8Coder.of().decode(in)));
  }

  private static BundleRef model(String id, String uri) {
    return new BundleRef(uri, id);
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
