package io.gemoclap.training.report;

import com.google.common.io.LittleEndianDataOutputStream;
import com.google.common.primitives.Longs;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes a TensorBoard event file: {@code Event} messages of {@code event.proto} in the TFRecord
 * framing that TensorFlow documents (little-endian length of 8 bytes, its masked CRC-32C, the
 * message, its masked CRC-32C). Not thread-safe.
 */
final class EventFile implements Closeable {
  private static final int MASK_DELTA = 0xa282ead8;

  // Field numbers of Event, Summary and Summary.Value.
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;

  private final LittleEndianDataOutputStream out;

  /** Writes a message's fields. */
  private interface Fields {
    void write(CodedOutputStream message) throws IOException;
  }

  /**
   * Begins the file.
   *
   * @param out closed with this
   * @param wallTime seconds since 1970
   */
  EventFile(OutputStream out, double wallTime) throws IOException {
    this.out = new LittleEndianDataOutputStream(out);
    record(
        message(
            event -> {
              event.writeDouble(WALL_TIME, wallTime);
              event.writeString(FILE_VERSION, "brain.Event:2");
            }));
  }

  /**
   * Adds scalars.
   *
   * @param wallTime seconds since 1970
   * @param step what TensorBoard counts on its axis
   * @param scalars by tag
   */
  void add(double wallTime, long step, Map<String, Double> scalars) throws IOException {
    ByteString summary =
        message(
            fields -> {
              for (Map.Entry<String, Double> scalar : scalars.entrySet()) {
                fields.writeBytes(VALUE, value(scalar.getKey(), scalar.getValue()));
              }
            });
    record(
        message(
            event -> {
              event.writeDouble(WALL_TIME, wallTime);
              event.writeInt64(STEP, step);
              event.writeBytes(SUMMARY, summary);
            }));
  }

  private static ByteString value(String tag, double value) throws IOException {
    return message(
        fields -> {
          fields.writeString(TAG, tag);
          fields.writeFloat(SIMPLE_VALUE, (float) value);
        });
  }

  private static ByteString message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream message = CodedOutputStream.newInstance(bytes);
    fields.write(message);
    message.flush();
    return ByteString.copyFrom(bytes.toByteArray());
  }

  private void record(ByteString message) throws IOException {
    byte[] data = message.toByteArray();
    out.writeLong(data.length);
    out.writeInt(maskedCrc(Longs.toByteArray(Long.reverseBytes(data.length))));
    out.write(data);
    out.writeInt(maskedCrc(data));
  }

  private static int maskedCrc(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
