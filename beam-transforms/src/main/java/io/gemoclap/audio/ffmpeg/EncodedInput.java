package io.gemoclap.audio.ffmpeg;

import com.google.common.base.Throwables;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A recording as native code reads it: nothing is ever thrown, as it would unwind through C. What
 * goes wrong is kept until {@link #check}.
 */
final class EncodedInput {
  static final int END = -1;
  static final int FAILED = -2;

  private final SeekableByteChannel channel;
  private final Deadline deadline;
  private @Nullable Throwable thrown;

  EncodedInput(SeekableByteChannel channel, Deadline deadline) {
    this.channel = channel;
    this.deadline = deadline;
  }

  /** Number of bytes read, {@link #END} or {@link #FAILED}. */
  int read(ByteBuffer into) {
    try {
      int count = 0;
      while (thrown == null && count == 0 && !deadline.expired()) {
        count = channel.read(into);
      }
      return count < 0 ? END : count == 0 ? FAILED : count;
    } catch (Throwable e) {
      thrown = e;
      return FAILED;
    }
  }

  /** Size of the recording in bytes, or {@link #FAILED}. */
  long size() {
    try {
      return channel.size();
    } catch (Throwable e) {
      thrown = e;
      return FAILED;
    }
  }

  /** The new position, or {@link #FAILED}; {@code whence} as in C: 0 start, 1 here, 2 end. */
  long seek(long offset, int whence) {
    try {
      long base = whence == 0 ? 0 : whence == 1 ? channel.position() : channel.size();
      long target = base + offset;
      if (whence > 2 || target < 0 || target > channel.size()) {
        return FAILED;
      }
      channel.position(target);
      return target;
    } catch (Throwable e) {
      thrown = e;
      return FAILED;
    }
  }

  /** Throws what had to be kept back, or TIMEOUT if the time is up. */
  void check() throws DecodeException, IOException {
    if (thrown != null) {
      Throwables.throwIfInstanceOf(thrown, IOException.class);
      Throwables.throwIfUnchecked(thrown);
      throw new IllegalStateException(thrown);
    }
    deadline.check();
  }
}
