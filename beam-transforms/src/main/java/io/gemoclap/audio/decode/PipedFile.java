package io.gemoclap.audio.decode;

import io.gemoclap.audio.container.ReadOnlyChannel;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file that another process holds, read through a pipe; a child's only way to any file. */
final class PipedFile extends ReadOnlyChannel {
  private final DataInputStream in;
  private final DataOutputStream out;
  private final long size;
  private long position;

  PipedFile(DataInputStream in, DataOutputStream out, long size) {
    this.in = in;
    this.out = out;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position >= size || !target.hasRemaining()) {
      return target.hasRemaining() ? -1 : 0;
    }
    DecoderMessage.READ.begin(out);
    out.writeLong(position);
    out.writeInt(target.remaining());
    out.flush();
    if (DecoderMessage.next(in) != DecoderMessage.DATA) {
      throw new IOException("The worker did not answer");
    }
    int count = in.readInt();
    if (count > 0) {
      byte[] bytes = new byte[count];
      in.readFully(bytes);
      target.put(bytes);
      position += count;
    }
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
