package io.gemoclap.audio.decode;

import java.io.Serializable;

/**
 * Where native decoders run: in the worker's own process, or in a child process of it, so that a
 * file that makes a decoder crash, or take all memory, costs that file alone. Immutable.
 *
 * <p>A child decodes one file after the other; each worker thread has its own. It gets the file's
 * bytes through a pipe, opens nothing itself, and inherits no environment. WAVE files are read in
 * Java, without native code, and stay in the worker either way.
 *
 * @param childProcess whether native decoders run in a child process
 * @param maxMemoryBytes address space of a child in bytes, 1 GiB or more; enforced by the operating
 *     system where there is a POSIX shell
 */
public record DecoderIsolation(boolean childProcess, long maxMemoryBytes) implements Serializable {
  private static final long LEAST = 1L << 30;
  private static final long DEFAULT = 2L << 30;

  /** Checks the range of the memory. */
  public DecoderIsolation {
    if (maxMemoryBytes < LEAST) {
      throw new IllegalArgumentException(
          "maxMemoryBytes is " + maxMemoryBytes + ", but must be " + LEAST + " or more.");
    }
  }

  /** Native code in the worker's process: fast to start, and safe with files that are trusted. */
  public static DecoderIsolation inProcess() {
    return new DecoderIsolation(false, DEFAULT);
  }

  /** Native code in a child process with an address space of 2 GiB. */
  public static DecoderIsolation isolated() {
    return new DecoderIsolation(true, DEFAULT);
  }

  /** The same with another address space of a child in bytes, 1 GiB or more. */
  public DecoderIsolation withMaxMemory(long bytes) {
    return new DecoderIsolation(childProcess, bytes);
  }
}
