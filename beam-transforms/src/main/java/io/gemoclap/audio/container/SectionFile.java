package io.gemoclap.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.function.BooleanSupplier;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The file that a decoder gets to decode a section: a header, and the bytes of the recording from a
 * position on. It ends as soon as the section is complete.
 *
 * @hidden
 */
@Internal
public final class SectionFile extends ReadOnlyChannel {
  private final SeekableByteChannel recording;
  private final SectionEntry entry;
  private final BooleanSupplier complete;
  private long position;

  public SectionFile(SeekableByteChannel recording, SectionEntry entry, BooleanSupplier complete) {
    this.recording = recording;
    this.entry = entry;
    this.complete = complete;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      return 0;
    }
    if (complete.getAsBoolean()) {
      return -1;
    }
    byte[] header = entry.header();
    if (position < header.length) {
      int count = Math.min(target.remaining(), header.length - (int) position);
      target.put(header, (int) position, count);
      position += count;
      return count;
    }
    recording.position(entry.position() + position - header.length);
    int count = recording.read(target);
    position += Math.max(0, count);
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
  public long size() throws IOException {
    return entry.header().length + recording.size() - entry.position();
  }

  @Override
  public boolean isOpen() {
    return recording.isOpen();
  }

  @Override
  public void close() {}
}
