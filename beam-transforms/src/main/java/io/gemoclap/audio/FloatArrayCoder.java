package io.gemoclap.audio;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;

/**
 * Encodes a float array as its length and raw big-endian bits: ten seconds of audio in a fraction
 * of a millisecond, where Beam's {@code ARRAY<FLOAT>} needs several.
 *
 * @hidden
 */
@Internal
public final class FloatArrayCoder extends AtomicCoder<float[]> {
  private static final FloatArrayCoder INSTANCE = new FloatArrayCoder();
  private static final int CHUNK = 16_384;

  private FloatArrayCoder() {}

  /** The coder, which has no settings. */
  public static FloatArrayCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(float[] value, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4 * Math.max(1, Math.min(CHUNK, value.length)));
    buffer.putInt(0, value.length);
    out.write(buffer.array(), 0, 4);
    for (int from = 0; from < value.length; from += CHUNK) {
      int count = Math.min(CHUNK, value.length - from);
      buffer.clear().asFloatBuffer().put(value, from, count);
      out.write(buffer.array(), 0, 4 * count);
    }
  }

  @Override
  public float[] decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int length = data.readInt();
    if (length < 0) {
      throw new CoderException("A float array cannot have " + length + " elements");
    }
    float[] value = new float[length];
    byte[] bytes = new byte[4 * Math.min(CHUNK, length)];
    for (int from = 0; from < length; from += CHUNK) {
      int count = Math.min(CHUNK, length - from);
      data.readFully(bytes, 0, 4 * count);
      ByteBuffer.wrap(bytes).asFloatBuffer().get(value, from, count);
    }
    return value;
  }

  @Override
  public void verifyDeterministic() {}

  /** Arrays are equal by identity; the structural value is their content. */
  @Override
  public Object structuralValue(float[] value) {
    return ByteBuffer.wrap(toBytes(value));
  }

  private static byte[] toBytes(float[] value) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * value.length);
    buffer.asFloatBuffer().put(value);
    return buffer.array();
  }
}
