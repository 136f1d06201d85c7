package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A window over a recording that is read once from its start to its end. */
final class ScanBuffer {
  private static final int SIZE = 1 << 20;

  private final ByteSource source;
  private final long size;
  private final ByteBuffer window;
  private long start;
  private int length;

  ScanBuffer(ByteSource source) throws IOException {
    this.source = source;
    this.size = source.size();
    this.window = ByteBuffer.allocate((int) Math.min(SIZE, size));
  }

  long size() {
    return size;
  }

  /** Makes bytes available; false if the recording ends before. */
  boolean load(long position, int count) throws DecodeException, IOException {
    if (position + count > size) {
      return false;
    }
    if (position < start || position + count > start + length) {
      start = position;
      length = source.read(position, window);
    }
    return count <= length;
  }

  /** Index in {@link #bytes} of an available byte. */
  int index(long position) {
    return (int) (position - start);
  }

  /** Position after the last available byte. */
  long end() {
    return start + length;
  }

  byte[] bytes() {
    return window.array();
  }

  /** An available byte, 0 to 255. */
  int at(long position) {
    return window.array()[(int) (position - start)] & 0xFF;
  }
}
