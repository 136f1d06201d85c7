package io.gemoclap.audio;

import io.gemoclap.audio.container.ReadOnlyChannel;
import io.gemoclap.census.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A recording's encoded bytes in memory as a seekable, read-only channel.
 *
 * @hidden
 */
@Internal
public final class EncodedBytes extends ReadOnlyChannel {
  /** What is read into memory from a file system that cannot seek. */
  private static final int MAX_UNSEEKABLE = 1 << 30;

  private final ByteBuffer bytes;
  private boolean open = true;

  private EncodedBytes(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** The bytes themselves, which are shared. */
  public static EncodedBytes of(byte[] bytes) {
    return new EncodedBytes(bytes);
  }

  /** Opens a file on this machine or on its Beam file system. */
  static SeekableByteChannel open(StoredFile file) throws IOException {
    ReadableByteChannel channel = file.open();
    if (channel instanceof SeekableByteChannel seekable) {
      return seekable;
    }
    try (channel) {
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      ByteBuffer block = ByteBuffer.allocate(1 << 16);
      while (channel.read(block) >= 0) {
        copy.write(block.array(), 0, block.position());
        block.clear();
        if (copy.size() > MAX_UNSEEKABLE) {
          throw new IOException(
              "The file system cannot seek, and only " + MAX_UNSEEKABLE + " bytes are buffered");
        }
      }
      return new EncodedBytes(copy.toByteArray());
    }
  }

  @Override
  public int read(ByteBuffer target) {
    if (!bytes.hasRemaining()) {
      return -1;
    }
    int count = Math.min(target.remaining(), bytes.remaining());
    target.put(bytes.slice(bytes.position(), count));
    bytes.position(bytes.position() + count);
    return count;
  }

  @Override
  public long position() {
    return bytes.position();
  }

  @Override
  public SeekableByteChannel position(long position) {
    bytes.position((int) Math.min(position, bytes.limit()));
    return this;
  }

  @Override
  public long size() {
    return bytes.limit();
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
