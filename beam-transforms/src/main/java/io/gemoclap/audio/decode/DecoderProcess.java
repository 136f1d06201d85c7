package io.gemoclap.audio.decode;

import io.gemoclap.audio.container.Magic;
import io.gemoclap.audio.ffmpeg.FfmpegDecoder;
import io.gemoclap.audio.ffmpeg.FfmpegNatives;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.PcmSink;
import io.gemoclap.audio.pcm.PcmSource;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.pcm.StreamSinks;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.FaultPolicy;
import io.gemoclap.failure.WorkerFaultException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** The child process: decodes one file after the other until its worker closes the pipe. */
final class DecoderProcess {
  private static final int PIPE = 1 << 16;

  private final DataInputStream in;
  private final DataOutputStream out;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  DecoderProcess(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Makes a child load FFmpeg before it says that it is ready. */
  static final String LOAD_FIRST = "load-first";

  /** Takes {@link #LOAD_FIRST} or nothing; talks through the standard streams. */
  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, PIPE));
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), PIPE));
    System.setOut(System.err);
    new DecoderProcess(in, out).run(List.of(arguments).contains(LOAD_FIRST));
  }

  void run(boolean loadFirst) throws IOException {
    try {
      if (loadFirst) {
        FfmpegNatives.require();
      }
      DecoderMessage.READY.begin(out);
    } catch (WorkerFaultException e) {
      unusable(e);
    }
    out.flush();
    try {
      while (DecoderMessage.next(in) == DecoderMessage.DECODE) {
        decode();
        out.flush();
      }
    } catch (EOFException e) {
      // The worker has ended, or no longer needs this process.
    }
  }

  private void decode() throws IOException {
    Deadline deadline = new Deadline(Duration.ofMillis(in.readLong()));
    Magic magic = Magic.valueOf(in.readUTF());
    String suffix = in.readUTF();
    StreamChoice choice = StreamChoice.parse(in.readUTF());
    PipedFile file = new PipedFile(in, out, in.readLong());
    try {
      PcmSource.Summary summary =
          new FfmpegDecoder(file, deadline, magic, suffix, choice).decode(new Streams());
      DecoderMessage.DONE.begin(out);
      summary.writeTo(out);
    } catch (DecodeException e) {
      fail(e.kind(), e.getMessage());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      failed(e);
    }
  }

  private void failed(Throwable e) throws IOException {
    try {
      FaultPolicy.throwIfOfWorker(e);
      fail(FailureKind.INTERNAL, "The decoder failed: " + e);
    } catch (WorkerFaultException fault) {
      unusable(fault);
    }
  }

  private void unusable(WorkerFaultException e) throws IOException {
    DecoderMessage.UNUSABLE.begin(out);
    out.writeUTF(shortened(String.valueOf(e.getMessage())));
  }

  private void fail(FailureKind kind, String sentence) throws IOException {
    DecoderMessage.FAILED.begin(out);
    out.writeUTF(kind.name());
    out.writeUTF(shortened(sentence));
  }

  private static String shortened(String sentence) {
    return sentence.substring(0, Math.min(sentence.length(), 1_000));
  }

  /** Sends what is decoded to the worker. */
  private final class Streams implements StreamSinks {
    private int opened;

    @Override
    public PcmSink open(int channels, boolean discontinuous) throws DecodeException {
      send(
          () -> {
            DecoderMessage.STREAM.begin(out);
            out.writeInt(channels);
            out.writeBoolean(discontinuous);
          });
      return new Stream(opened++);
    }
  }

  private final class Stream implements PcmSink {
    private final int number;
    private double nextBlockAt = Double.NaN;

    Stream(int number) {
      this.number = number;
    }

    @Override
    public void format(int rate, int channels) throws DecodeException {
      send(
          () -> {
            DecoderMessage.FORMAT.begin(out);
            out.writeInt(number);
            out.writeInt(rate);
            out.writeInt(channels);
          });
    }

    @Override
    public void at(double seconds) {
      nextBlockAt = seconds;
    }

    @Override
    public void restart() throws DecodeException {
      send(
          () -> {
            DecoderMessage.RESTART.begin(out);
            out.writeInt(number);
          });
    }

    @Override
    public void block(float[][] planes, int length) throws DecodeException {
      if (bytes.capacity() < length * Float.BYTES) {
        bytes = ByteBuffer.allocate(length * Float.BYTES);
      }
      send(
          () -> {
            DecoderMessage.BLOCK.begin(out);
            out.writeInt(number);
            out.writeDouble(nextBlockAt);
            out.writeInt(planes.length);
            out.writeInt(length);
            for (float[] plane : planes) {
              bytes.asFloatBuffer().put(plane, 0, length);
              out.write(bytes.array(), 0, length * Float.BYTES);
            }
          });
      nextBlockAt = Double.NaN;
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  private static void send(Sending sending) throws DecodeException {
    try {
      sending.run();
    } catch (IOException e) {
      throw new DecodeException(FailureKind.UNREADABLE, "The worker has ended.", e);
    }
  }
}
