package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Reads from given positions of a channel whose {@code read} may return less than was asked for.
 *
 * @hidden
 */
@Internal
public record ByteSource(SeekableByteChannel channel, Deadline deadline) {
  public long size() throws IOException {
    return channel.size();
  }

  /** Fills the buffer from its position to its limit as far as there are bytes, and flips it. */
  int read(long position, ByteBuffer into) throws IOException, DecodeException {
    into.clear();
    channel.position(position);
    while (into.hasRemaining() && channel.read(into) >= 0) {
      deadline.check();
    }
    into.flip();
    return into.remaining();
  }

  /** Up to {@code length} bytes from a position; fewer where the file ends. */
  public ByteBuffer bytes(long position, int length, ByteOrder order)
      throws IOException, DecodeException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(order);
    if (position < size()) {
      read(position, buffer);
    } else {
      buffer.limit(0);
    }
    return buffer;
  }
}
