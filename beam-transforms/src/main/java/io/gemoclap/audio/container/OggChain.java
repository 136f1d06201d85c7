package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A chained Ogg file as several files: each link can be read from its start to its end, with its
 * own positions. A new link begins with the first page that begins a stream after pages that do
 * not.
 *
 * <p>The file is read once, in order, unless a link is read from its start again.
 *
 * @hidden
 */
@Internal
public final class OggChain extends ReadOnlyChannel {
  private static final int HEADER = 27;
  private static final int LONGEST_HEADER = HEADER + 255;
  private static final int CAPTURE_PATTERN = 0x4F676753; // "OggS"
  private static final int BEGINS_STREAM = 2;

  private final SeekableByteChannel file;
  private final Deadline deadline;

  /** Bytes from the reading position on. */
  private final ByteBuffer ahead = ByteBuffer.allocate(1 << 16).order(ByteOrder.BIG_ENDIAN);

  private long linkStart;
  private long position;

  /** Bytes of the present page that were not read yet. */
  private long left;

  private boolean dataSeen;
  private boolean linkEnded;

  /** The chain, at the start of its first link. */
  public OggChain(SeekableByteChannel file, Deadline deadline) throws IOException {
    this.file = file;
    this.deadline = deadline;
    rewind(0);
  }

  private void rewind(long start) throws IOException {
    file.position(start);
    ahead.clear().limit(0);
    linkStart = start;
    position = start;
    left = 0;
    dataSeen = false;
    linkEnded = false;
  }

  /** Goes to the start of the next link; false if there is none. */
  public boolean next() throws DecodeException, IOException {
    while (left > 0 || nextPage()) {
      deadline.check();
      if (!ahead.hasRemaining() && !fill(1)) {
        return false;
      }
      int count = (int) Math.min(left, ahead.remaining());
      ahead.position(ahead.position() + count);
      consumed(count);
    }
    if (linkEnded) {
      linkStart = position;
      dataSeen = false;
      linkEnded = false;
      return true;
    }
    return false;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (left == 0 && !nextPage()) {
      return -1;
    }
    if (!ahead.hasRemaining() && !fill(1)) {
      return -1;
    }
    int count = (int) Math.min(Math.min(left, ahead.remaining()), into.remaining());
    into.put(ahead.slice(ahead.position(), count));
    ahead.position(ahead.position() + count);
    consumed(count);
    return count;
  }

  private void consumed(int count) {
    left -= count;
    position += count;
  }

  /** Looks at the page that comes next; false at the end of the link. */
  private boolean nextPage() throws IOException {
    fill(LONGEST_HEADER);
    if (linkEnded || !ahead.hasRemaining()) {
      return false;
    }
    int at = ahead.position();
    boolean page = ahead.remaining() >= HEADER && ahead.getInt(at) == CAPTURE_PATTERN;
    if (!page) {
      left = untilPattern();
      return true;
    }
    boolean begins = (ahead.get(at + 5) & BEGINS_STREAM) != 0;
    if (begins && dataSeen) {
      linkEnded = true;
      return false;
    }
    dataSeen |= !begins;
    int segments = ahead.get(at + 26) & 0xFF;
    left = (long) HEADER + segments;
    for (int i = 0; i < segments && HEADER + i < ahead.remaining(); i++) {
      left += ahead.get(at + HEADER + i) & 0xFF;
    }
    return true;
  }

  /** Damaged bytes that belong to the link: those that cannot begin a page. */
  private int untilPattern() {
    for (int at = ahead.position() + 1; at <= ahead.limit() - Integer.BYTES; at++) {
      if (ahead.getInt(at) == CAPTURE_PATTERN) {
        return at - ahead.position();
      }
    }
    return Math.max(1, ahead.remaining() - Integer.BYTES + 1);
  }

  /** Reads ahead until this many bytes are there, as far as the file has them. */
  private boolean fill(int wanted) throws IOException {
    if (ahead.remaining() < wanted) {
      ahead.compact();
      int count = 0;
      while (ahead.position() < wanted && count >= 0) {
        count = file.read(ahead);
      }
      ahead.flip();
    }
    return ahead.hasRemaining();
  }

  /** Position in the present link. */
  @Override
  public long position() {
    return position - linkStart;
  }

  /** Goes back to the start of the link; no other position can be set. */
  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    if (newPosition == 0) {
      rewind(linkStart);
    } else if (newPosition != position()) {
      throw new IOException("A link of an Ogg file is read in order");
    }
    return this;
  }

  /** Size of the rest of the file, as the end of the link is not known before it was read. */
  @Override
  public long size() throws IOException {
    return file.size() - linkStart;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
