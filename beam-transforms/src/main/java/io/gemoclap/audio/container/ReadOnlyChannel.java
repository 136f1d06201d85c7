package io.gemoclap.audio.container;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A channel that decoders only read from.
 *
 * @hidden
 */
@Internal
public abstract class ReadOnlyChannel implements SeekableByteChannel {
  @Override
  public final int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public final SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}
