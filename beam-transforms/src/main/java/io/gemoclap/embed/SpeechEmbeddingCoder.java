package io.gemoclap.embed;

import com.google.common.primitives.Floats;
import io.gemoclap.audio.FloatArrayCoder;
import io.gemoclap.audio.SegmentRefCoder;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.row.CompactCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Encodes a {@link SpeechEmbedding} without loss.
 *
 * @hidden
 */
@Internal
public final class SpeechEmbeddingCoder extends CompactCoder<SpeechEmbedding> {
  private static final long serialVersionUID = 1L;
  static final Schema SCHEMA =
      SegmentRefCoder.fields()
          .addStringField("modelId")
          .addStringField("modelUri")
          .addArrayField("vector", Schema.FieldType.FLOAT)
          .addDoubleField("outOfDomain")
          .build();
  private static final SpeechEmbeddingCoder INSTANCE = new SpeechEmbeddingCoder();

  private SpeechEmbeddingCoder() {
    super(
        SCHEMA, SpeechEmbedding.class, SpeechEmbeddingCoder::row, SpeechEmbeddingCoder::embedding);
  }

  /** The coder, which has no settings. */
  public static SpeechEmbeddingCoder of() {
    return INSTANCE;
  }

  /** How Beam finds this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(SpeechEmbedding.class), of());
  }

  private static Row row(SpeechEmbedding value) {
    return SegmentRefCoder.row(SCHEMA, value.ref())
        .addValues(value.model().id(), value.model().uri())
        .addArray(Floats.asList(value.vector()))
        .addValue(value.outOfDomain())
        .build();
  }

  private static SpeechEmbedding embedding(Row row) {
    return new SpeechEmbedding(
        SegmentRefCoder.ref(row),
        Floats.toArray(row.<Float>getArray("vector")),
        new BundleRef(row.getString("modelUri"), row.getString("modelId")),
        row.getDouble("outOfDomain"));
  }

  @Override
  public void encode(SpeechEmbedding value, OutputStream out) throws IOException {
    SegmentRefCoder.of().encode(value.ref(), out);
    FloatArrayCoder.of().encode(value.vector(), out);
    StringUtf8Coder.of().encode(value.model().id(), out);
    StringUtf8Coder.of().encode(value.model().uri(), out);
    DoubleCoder.of().encode(value.outOfDomain(), out);
  }

  @Override
  public SpeechEmbedding decode(InputStream in) throws IOException {
    return new SpeechEmbedding(
        SegmentRefCoder.of().decode(in),
        FloatArrayCoder.of().decode(in),
        model(StringUtf8Coder.of().decode(in), StringUtf8Coder.of().decode(in)),
        DoubleCoder.of().decode(in));
  }

  private static BundleRef model(String id, String uri) {
    return new BundleRef(uri, id);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
