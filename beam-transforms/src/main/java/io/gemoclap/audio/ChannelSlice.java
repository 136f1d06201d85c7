package io.gemoclap.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A part of a file as a file of its own. Closing it does not close the file. */
final class ChannelSlice extends ReadOnlyChannel {
  private final SeekableByteChannel file;
  private final long start;
  private final long end;

  /** The bytes of a file from {@code start} to before {@code end}. */
  ChannelSlice(SeekableByteChannel file, long start, long end) throws IOException {
    this.file = file;
    this.start = start;
    this.end = end;
    file.position(start);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    long left = end - file.position();
    if (left <= 0) {
      return target.hasRemaining() ? -1 : 0;
    }
    int limit = target.limit();
    target.limit(target.position() + (int) Math.min(target.remaining(), left));
    try {
      return file.read(target);
    } finally {
      target.limit(limit);
    }
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
