package io.gemoclap.audio.decode;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Messages between a worker and the process of its decoder. Each message begins with a mark, as a
 * dying JVM may print into the pipe.
 */
enum DecoderMessage {
  /**
   * To the child: milliseconds left, {@code Magic}, suffix, {@code StreamChoice}, size of the file.
   */
  DECODE(0),
  /** From the child: position and length of bytes that it needs; the answer is DATA. */
  READ(1),
  /** To the child: number of bytes, or -1 for the end; the bytes. */
  DATA(2),
  /** From the child: number of the stream, rate in Hz and channels of the blocks that follow. */
  FORMAT(3),
  /**
   * From the child: number of the stream, media time or NaN, channels, samples of each, the
   * samples.
   */
  BLOCK(4),
  /** From the child: the summary; the file is done. */
  DONE(5),
  /** From the child: kind and sentence; the file failed, and the child is ready for another. */
  FAILED(6),
  /** From the child, once: it has started. */
  READY(7),
  /** From the child: channels of the next stream, and whether its timestamps may jump. */
  STREAM(8),
  /** From the child: number of the stream whose times begin anew. */
  RESTART(9),
  /** From the child: why it cannot decode any file; the fault is not the file's. */
  UNUSABLE(10);

  private static final int MARK = 0x47454D00;

  private final int code;

  DecoderMessage(int code) {
    this.code = code;
  }

  void begin(DataOutputStream out) throws IOException {
    out.writeInt(MARK | code);
  }

  /** The next message; an {@link IOException} where there is none. */
  static DecoderMessage next(DataInputStream in) throws IOException {
    int mark = in.readInt();
    for (DecoderMessage message : values()) {
      if (mark == (MARK | message.code)) {
        return message;
      }
    }
    throw new IOException("The pipe contains data that is not a message");
  }
}
