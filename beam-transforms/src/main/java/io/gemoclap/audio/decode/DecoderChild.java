package io.gemoclap.audio.decode;

import io.gemoclap.audio.container.Magic;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.PcmSink;
import io.gemoclap.audio.pcm.PcmSource;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.pcm.StreamSinks;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.WorkerFaultException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A decoder's process as its worker sees it. For one thread at a time. */
final class DecoderChild implements AutoCloseable {
  private static final int PIPE = 1 << 16;
  private static final int LARGEST_READ = 1 << 20;
  private static final int LARGEST_BLOCK = 1 << 24;
  private static final int MOST_CHANNELS = 1 << 16;
  private static final int MOST_STREAMS = 1_000;
  private static final long GRACE_MILLIS = 2_000;
  private static final long START_MILLIS = 120_000;
  private static final List<String> INHERITED = List.of("HOME", "TMPDIR", "PATH", "LANG");

  private final ScheduledExecutorService watch;
  private final Process process;
  private final DataInputStream in;
  private final DataOutputStream out;
  private float[][] planes = {};
  private byte[] bytes = {};
  private boolean closed;

  private DecoderChild(Process process, ScheduledExecutorService watch) {
    this.watch = watch;
    this.process = process;
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), PIPE));
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), PIPE));
  }

  /**
   * Starts a process and waits until it is ready.
   *
   * @param watch kills what overruns its time
   * @param arguments of {@link DecoderProcess}
   * @throws WorkerFaultException if it does not start, or is not usable
   */
  static DecoderChild start(
      DecoderIsolation isolation, ScheduledExecutorService watch, List<String> arguments) {
    try {
      ProcessBuilder builder = new ProcessBuilder(ChildCommand.of(isolation, arguments));
      Map<String, String> environment = builder.environment();
      // No credentials of the worker; and one arena, as each reserves address space.
      environment.keySet().retainAll(INHERITED);
      environment.put("MALLOC_ARENA_MAX", "1");
      DecoderChild child = new DecoderChild(builder.start(), watch);
      ScheduledFuture<?> timeUp = child.killedAfter(START_MILLIS);
      try {
        DecoderMessage first = DecoderMessage.next(child.in);
        if (first == DecoderMessage.READY) {
          return child;
        }
        if (first == DecoderMessage.UNUSABLE) {
          String sentence = child.in.readUTF();
          child.close();
          throw unusable(sentence);
        }
      } catch (IOException e) {
        // The message below holds what the process has said.
      } finally {
        timeUp.cancel(false);
      }
      throw new WorkerFaultException(
          "The decoder's process did not start (%s). Check the memory of this machine and its limits of address space (ulimit -v) and processes (ulimit -u)"
              .formatted(child.lastWords()));
    } catch (IOException e) {
      throw new WorkerFaultException(
          "The decoder's process cannot be started: %s. Its files are in java.io.tmpdir (%s), which must exist and be writable"
              .formatted(e.getMessage(), System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  private static WorkerFaultException unusable(String sentence) {
    return new WorkerFaultException("In the decoder's process: " + sentence);
  }

  private ScheduledFuture<?> killedAfter(long millis) {
    return watch.schedule(process::destroyForcibly, millis, TimeUnit.MILLISECONDS);
  }

  /** Whether another file may be given to it. */
  boolean usable() {
    return !closed && process.isAlive();
  }

  /**
   * Decodes one file. After anything but a summary or a failure that the child itself has told, the
   * process is stopped.
   */
  PcmSource.Summary decode(
      SeekableByteChannel file,
      Deadline deadline,
      Magic magic,
      String suffix,
      StreamChoice choice,
      StreamSinks sinks)
      throws DecodeException, IOException {
    ScheduledFuture<?> timeUp = killedAfter(deadline.millisLeft() + GRACE_MILLIS);
    boolean inStep = false;
    try {
      long size = file.size();
      send(
          () -> {
            DecoderMessage.DECODE.begin(out);
            out.writeLong(deadline.millisLeft());
            out.writeUTF(magic.name());
            out.writeUTF(suffix);
            out.writeUTF(choice.toString());
            out.writeLong(size);
          });
      PcmSource.Summary summary = null;
      List<PcmSink> streams = new ArrayList<>();
      while (summary == null) {
        switch (receive(() -> DecoderMessage.next(in))) {
          case READ -> answer(file);
          case STREAM -> streams.add(openStream(sinks, streams.size()));
          case FORMAT -> stream(streams).format(receive(in::readInt), receive(in::readInt));
          case RESTART -> stream(streams).restart();
          case BLOCK -> {
            PcmSink stream = stream(streams);
            stream.at(receive(in::readDouble));
            int length = block();
            stream.block(planes, length);
          }
          case DONE -> summary = receive(() -> PcmSource.Summary.readFrom(in));
          case FAILED -> {
            FailureKind kind = receive(() -> FailureKind.valueOf(in.readUTF()));
            String sentence = receive(in::readUTF);
            inStep = true;
            throw new DecodeException(kind, sentence);
          }
          case UNUSABLE -> throw unusable(receive(in::readUTF));
          default -> throw new DeadChildException();
        }
      }
      inStep = true;
      return summary;
    } catch (DeadChildException e) {
      deadline.check();
      throw new DecodeException(FailureKind.CRASH, crash(), e);
    } finally {
      timeUp.cancel(false);
      if (!inStep) {
        close();
      }
    }
  }

  private void answer(SeekableByteChannel file) throws DeadChildException, IOException {
    long position = receive(in::readLong);
    int wanted = Math.max(0, Math.min(receive(in::readInt), LARGEST_READ));
    ByteBuffer read = ByteBuffer.allocate(wanted);
    file.position(position);
    int count = file.read(read);
    send(
        () -> {
          DecoderMessage.DATA.begin(out);
          out.writeInt(count);
          out.write(read.array(), 0, Math.max(0, count));
        });
  }

  private PcmSink openStream(StreamSinks sinks, int opened)
      throws DeadChildException, DecodeException {
    int channels = receive(in::readInt);
    boolean discontinuous = receive(in::readBoolean);
    if (channels < 1 || channels > MOST_CHANNELS || opened >= MOST_STREAMS) {
      throw new DeadChildException();
    }
    return sinks.open(channels, discontinuous);
  }

  /** The stream that a message is about. */
  private PcmSink stream(List<PcmSink> streams) throws DeadChildException {
    int index = receive(in::readInt);
    if (index < 0 || index >= streams.size()) {
      throw new DeadChildException();
    }
    return streams.get(index);
  }

  /** Reads a block into {@link #planes}; gives its length. */
  private int block() throws DeadChildException {
    return receive(
        () -> {
          int channels = in.readInt();
          int length = in.readInt();
          if (channels < 1 || length < 0 || (long) channels * length > LARGEST_BLOCK) {
            throw new IOException("A block of " + channels + " times " + length + " samples");
          }
          if (planes.length != channels || planes[0].length < length) {
            planes = new float[channels][length];
            bytes = new byte[length * Float.BYTES];
          }
          for (float[] plane : planes) {
            in.readFully(bytes, 0, length * Float.BYTES);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(plane, 0, length);
          }
          return length;
        });
  }

  private String crash() {
    return "The decoder's process crashed on this file (%s); other files are not affected."
        .formatted(lastWords());
  }

  /** How the process ended, and the last that it said. */
  private String lastWords() {
    try {
      if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return "it closed its output but did not exit";
      }
      int status = process.exitValue();
      if (status == 3) {
        return "it ran out of memory";
      }
      try (InputStream error = process.getErrorStream()) {
        String said = new String(error.readNBytes(500), StandardCharsets.UTF_8).strip();
        String ended = status > 128 ? "signal " + (status - 128) : "exit status " + status;
        return said.isEmpty() ? ended : ended + ": " + said.lines().findFirst().orElse("");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (IOException e) {
      return "it printed nothing";
    }
  }

  /** Ends the process at once. */
  @Override
  public void close() {
    closed = true;
    process.destroyForcibly();
  }

  private interface Receiving<T> {
    T get() throws IOException;
  }

  private interface Sending {
    void run() throws IOException;
  }

  /** Tells a broken pipe from a broken file. */
  private static <T> T receive(Receiving<T> receiving) throws DeadChildException {
    try {
      return receiving.get();
    } catch (IOException | IllegalArgumentException e) {
      throw new DeadChildException(e);
    }
  }

  private void send(Sending sending) throws DeadChildException {
    try {
      sending.run();
      out.flush();
    } catch (IOException e) {
      throw new DeadChildException(e);
    }
  }

  private static final class DeadChildException extends Exception {
    private static final long serialVersionUID = 1L;

    DeadChildException() {}

    DeadChildException(Throwable cause) {
      super(cause);
    }
  }
}
