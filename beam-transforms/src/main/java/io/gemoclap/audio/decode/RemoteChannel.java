package io.gemoclap.audio.decode;

import io.gemoclap.audio.container.ReadOnlyChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * A file of any Beam file system, as decoders may rely on it: what goes wrong is an {@link
 * IOException}, and it is read through the heap, since Beam's channel of HDFS (2.70) moves on twice
 * in buffers outside of it. For one thread at a time.
 */
final class RemoteChannel extends ReadOnlyChannel {
  private static final int BLOCK = 1 << 16;

  private final SeekableByteChannel file;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK);

  RemoteChannel(SeekableByteChannel file) {
    this.file = file;
  }

  private interface Access<T> {
    T get() throws IOException;
  }

  private static <T> T checked(Access<T> access) throws IOException {
    try {
      return access.get();
    } catch (RuntimeException e) {
      throw new IOException(e.toString(), e);
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    block.clear().limit(Math.min(BLOCK, into.remaining()));
    int count = checked(() -> file.read(block));
    into.put(block.flip());
    return count;
  }

  @Override
  public long position() throws IOException {
    return checked(file::position);
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    checked(() -> file.position(position));
    return this;
  }

  @Override
  public long size() throws IOException {
    return checked(file::size);
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } catch (RuntimeException e) {
      throw new IOException(e.toString(), e);
    }
  }
}
