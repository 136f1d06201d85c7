package io.gemoclap.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes WAVE files, also such as no writer should write. */
public final class WavBuilder {
  private static final byte[] GUID_REST = {0, 0, 16, 0, -128, 0, 0, -86, 0, 56, -101, 113};

  private String magic = "RIFF";
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private int tag = 1;
  private int channels = 1;
  private int rate = 16_000;
  private int bits = 16;
  private int containerBytes = 2;
  private int validBits;
  private int frameBytes = -1;
  private byte[] before = {};
  private byte[] after = {};
  private long promised = -1;
  private long riffBytes = -1;
  private byte[] data = {};

  public WavBuilder magic(String value) {
    magic = value;
    order = value.equals("RIFX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return this;
  }

  public WavBuilder format(int newTag, int newBits, int newContainerBytes) {
    tag = newTag;
    bits = newBits;
    containerBytes = newContainerBytes;
    return this;
  }

  public WavBuilder extensible(int newValidBits) {
    validBits = newValidBits;
    return this;
  }

  public WavBuilder channels(int value) {
    channels = value;
    return this;
  }

  public WavBuilder rate(int value) {
    rate = value;
    return this;
  }

  /** A chunk in front of the samples, with its padding. */
  public WavBuilder chunk(String name, byte[] body) {
    ByteBuffer chunk = ByteBuffer.allocate(8 + body.length + body.length % 2).order(order);
    chunk.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(body.length).put(body);
    before = chunk.array();
    return this;
  }

  /** Bytes behind the samples, as they are. */
  public WavBuilder after(byte[] bytes) {
    after = bytes;
    return this;
  }

  /** The size of a frame that the header claims. */
  public WavBuilder frameBytes(int value) {
    frameBytes = value;
    return this;
  }

  /** The sizes of RF64 and BW64, which the 32-bit fields leave to their own chunk. */
  public WavBuilder wideSizes() {
    int total = 4 + 8 + (validBits > 0 ? 40 : 16) + 36 + 8 + data.length;
    ByteBuffer sizes = ByteBuffer.allocate(28).order(order);
    sizes.putLong(total).putLong(data.length).putLong(0).putInt(0);
    return chunk("ds64", sizes.array()).promise(0xFFFFFFFFL, 0xFFFFFFFFL);
  }

  public WavBuilder promise(long dataBytes, long newRiffBytes) {
    promised = dataBytes;
    riffBytes = newRiffBytes;
    return this;
  }

  public WavBuilder data(ByteBuffer samples) {
    data = new byte[samples.capacity()];
    samples.duplicate().clear().get(data);
    return this;
  }

  public WavBuilder data(byte[] samples) {
    data = samples;
    return this;
  }

  public ByteBuffer samples(int bytes) {
    return ByteBuffer.allocate(bytes).order(order);
  }

  public byte[] build() {
    boolean extensible = validBits > 0;
    int formatBytes = extensible ? 40 : 16;
    int body = 4 + 8 + formatBytes + before.length + 8 + data.length + after.length;
    ByteBuffer file = ByteBuffer.allocate(8 + body).order(order);
    file.put(magic.getBytes(StandardCharsets.US_ASCII));
    file.putInt((int) (riffBytes < 0 ? body : riffBytes));
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(formatBytes);
    int frame = frameBytes < 0 ? channels * containerBytes : frameBytes;
    file.putShort((short) (extensible ? 0xFFFE : tag)).putShort((short) channels);
    file.putInt(rate)
        .putInt(rate * channels * containerBytes)
        .putShort((short) frame)
        .putShort((short) bits);
    if (extensible) {
      // The sub-format is a GUID whose first field, of four bytes, has the order of the file.
      file.putShort((short) 22).putShort((short) validBits).putInt(0).putInt(tag);
      file.put(GUID_REST);
    }
    file.put(before);
    file.put("data".getBytes(StandardCharsets.US_ASCII));
    file.putInt((int) (promised < 0 ? data.length : promised));
    file.put(data).put(after);
    return file.array();
  }
}
