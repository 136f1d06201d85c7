package io.gemoclap.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of a file as its own file, of which some bytes may be replaced. Closing it does not close
 * the file.
 */
final class ChannelSlice extends ReadOnlyChannel {
  private final SeekableByteChannel file;
  private final long start;
  private final long end;
  private final Map<Long, byte[]> patches = new TreeMap<>();

  /** The bytes of a file from {@code start} to before {@code end}. */
  ChannelSlice(SeekableByteChannel file, long start, long end) throws IOException {
    this.file = file;
    this.start = start;
    this.end = end;
    file.position(start);
  }

  /** Shows other bytes at a position of this part. */
  void patch(long position, byte[] bytes) {
    patches.put(position, bytes.clone());
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    long left = end - file.position();
    if (left <= 0) {
      return target.hasRemaining() ? -1 : 0;
    }
    long position = position();
    int first = target.position();
    int limit = target.limit();
    target.limit(first + (int) Math.min(target.remaining(), left));
    int count;
    try {
      count = file.read(target);
    } finally {
      target.limit(limit);
    }
    for (Map.Entry<Long, byte[]> patch : patches.entrySet()) {
      for (int i = 0; i < patch.getValue().length; i++) {
        long at = patch.getKey() + i - position;
        if (at >= 0 && at < count) {
          target.put(first + (int) at, patch.getValue()[i]);
        }
      }
    }
    return count;
  }

  @Override
  public long position() throws IOException {
    return file.position() - start;
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    file.position(start + position);
    return this;
  }

  @Override
  public long size() {
    return end - start;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() {}
}
