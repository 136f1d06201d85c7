package io.gemoclap.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A recording in memory whose reads are short, as those of remote file systems are. */
public final class ByteChannel extends ReadOnlyChannel {
  private final byte[] bytes;
  private final int largestRead;
  private int position;
  private boolean open = true;

  public ByteChannel(byte[] bytes, int largestRead) {
    this.bytes = bytes;
    this.largestRead = largestRead;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (position >= bytes.length) {
      return -1;
    }
    int count = Math.min(Math.min(largestRead, into.remaining()), bytes.length - position);
    into.put(bytes, position, count);
    position += count;
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = Math.toIntExact(newPosition);
    return this;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
