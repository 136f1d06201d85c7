package io.gemoclap.corrections;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Appends answers to a file. An answer is on disk when {@link #append} returns. One process at a
 * time may have a file open: it holds a lock on the file beside it that ends in {@code .lock},
 * which the operating system releases when the process ends. Thread-safe.
 */
public final class CorrectionLog implements Closeable {
  /**
   * The files that this JVM has open. It must not even open the lock of one of them again: on POSIX
   * systems, closing any descriptor of a file releases all locks of the process on it.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel lock;
  private final FileChannel channel;

  private CorrectionLog(Path file, FileChannel lock, FileChannel channel) {
    this.file = file;
    this.lock = lock;
    this.channel = channel;
  }

  /**
   * Opens a file, which is created if it does not exist, as is its folder. If a killed process has
   * left an incomplete last line, that line is ended.
   *
   * @throws IOException naming the file, and the process that has it open if there is one
   */
  public static CorrectionLog open(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path real = absolute.getParent().toRealPath().resolve(absolute.getFileName());
    if (!OPEN.add(real)) {
      throw inUse(file, "this process");
    }
    FileChannel lock = null;
    FileChannel channel = null;
    try {
      lock = lock(file, real.resolveSibling(real.getFileName() + ".lock"));
      channel =
          FileChannel.open(
              real, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      channel.position(channel.size());
      CorrectionLog log = new CorrectionLog(real, lock, channel);
      log.endLastLine();
      return log;
    } catch (IOException | RuntimeException e) {
      close(channel, lock);
      OPEN.remove(real);
      throw e;
    }
  }

  /**
   * Appends an answer. It is on disk when this method returns, and not in the file if it throws.
   *
   * @throws IOException naming the file
   */
  public synchronized void append(Correction correction) throws IOException {
    write(CorrectionLines.line(correction));
  }

  /** Lets other processes open the file. */
  @Override
  public synchronized void close() throws IOException {
    if (channel.isOpen()) {
      try {
        close(channel, lock);
      } finally {
        OPEN.remove(file);
      }
    }
  }

  private static FileChannel lock(Path file, Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held == null) {
        String holder = Files.readString(path).strip();
        throw inUse(file, holder.isEmpty() ? "another process" : holder);
      }
      channel.truncate(0);
      channel.write(
          StandardCharsets.UTF_8.encode("process " + ProcessHandle.current().pid() + "\n"));
      return channel;
    } catch (IOException | RuntimeException e) {
      close(channel, null);
      throw e;
    }
  }

  private static IOException inUse(Path file, String holder) {
    return new IOException(
        "'"
            + file
            + "' is open in "
            + holder
            + ". Stop that process, or name another file with --corrections: files of several"
            + " people can be merged");
  }

  private void endLastLine() throws IOException {
    long size = channel.size();
    ByteBuffer last = ByteBuffer.allocate(1);
    if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
      write(new byte[] {'\n'});
    }
  }

  private void write(byte[] bytes) throws IOException {
    long end = channel.position();
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      takeBack(end, e);
      throw new IOException("'" + file + "' cannot be written: " + e.getMessage(), e);
    }
  }

  /** After a full disk, for example, the next answer must not follow half of this one. */
  private void takeBack(long end, IOException cause) {
    try {
      channel.truncate(end);
      channel.position(end);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void close(FileChannel first, FileChannel second) throws IOException {
    try {
      if (first != null) {
        first.close();
      }
    } finally {
      if (second != null) {
        second.close();
      }
    }
  }
}
