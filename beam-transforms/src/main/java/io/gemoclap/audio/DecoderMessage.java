package io.gemoclap.audio;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What a worker and the process of its decoder tell each other. Each message begins with a mark, as
 * a dying JVM may print into the pipe.
 */
enum DecoderMessage {
  /** To the child: milliseconds left, {@link Magic}, suffix, size of the file. */
  DECODE,
  /** From the child: position and length of bytes that it needs; the answer is DATA. */
  READ,
  /** To the child: number of bytes, or -1 for the end; the bytes. */
  DATA,
  /** From the child: rate in Hz and channels of the blocks that follow. */
  FORMAT,
  /** From the child: channels, samples of each, the samples. */
  BLOCK,
  /** From the child: the summary; the file is done. */
  DONE,
  /** From the child: kind and sentence; the file failed, and the child is ready for another. */
  FAILED,
  /** From the child, once: it has started. */
  READY;

  private static final int MARK = 0x47454D00;
  private static final DecoderMessage[] ALL = values();

  void begin(DataOutputStream out) throws IOException {
    out.writeInt(MARK | ordinal());
  }

  /** The next message; an {@link IOException} where there is none. */
  static DecoderMessage next(DataInputStream in) throws IOException {
    int mark = in.readInt();
    int number = mark & 0xFF;
    if ((mark & ~0xFF) != MARK || number >= ALL.length) {
      throw new IOException("The pipe holds something else than messages");
    }
    return ALL[number];
  }
}
