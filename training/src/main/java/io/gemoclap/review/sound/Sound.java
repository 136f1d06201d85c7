package io.gemoclap.review.sound;

import com.google.common.primitives.Bytes;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A decoded recording: for each channel a WAVE file of 16-bit samples at 16 kHz. The files have no
 * name, so that nothing of them stays when the process ends, however it ends. Several users may
 * hold a sound; it is closed when each of them has closed it. Thread-safe once it is decoded.
 */
public final class Sound implements AutoCloseable {
  /** Rate of the samples in Hz. */
  public static final int RATE = SampleSink.SPEECH_RATE;

  private static final int HEADER = 44;

  /** Samples that share one value of the outline: 20 ms. */
  private static final int STEP = RATE / 50;

  /** What the size in the header of a WAVE file can tell: 37 hours. */
  static final long MOST_SAMPLES = (0xFFFF_FFFFL - (HEADER - 8)) / 2;

  private final List<Channel> channels = new ArrayList<>();
  private final long mostSamples;
  private int holders = 1;

  /** An empty sound, with one holder. */
  Sound() {
    this(MOST_SAMPLES);
  }

  /**
   * An empty sound.
   *
   * @param mostSamples most samples of a channel
   */
  Sound(long mostSamples) {
    this.mostSamples = mostSamples;
  }

  /** Adds a holder; false if the sound is closed already. */
  synchronized boolean hold() {
    if (holders == 0) {
      return false;
    }
    holders++;
    return true;
  }

  /** One channel while it is written, and afterwards. */
  private static final class Channel {
    private final FileChannel file;
    private final List<byte[]> outlineBlocks = new ArrayList<>();
    private byte[] outline = new byte[0];
    private byte[] block = new byte[1 << 12];
    private int inBlock;
    private float loudest;
    private int inStep;
    private long samples;

    Channel() throws IOException {
      Path path = Files.createTempFile("gemoclap-", ".wav");
      file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(path);
      file.position(HEADER);
    }

    void write(float[] values, int length) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(length * 2).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < length; i++) {
        float value = Math.max(-1, Math.min(1, values[i]));
        bytes.putShort((short) Math.round(value * Short.MAX_VALUE));
        loudest = Math.max(loudest, Math.abs(value));
        if (++inStep == STEP) {
          step();
        }
      }
      bytes.flip();
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      samples += length;
    }

    private void step() {
      if (inBlock == block.length) {
        outlineBlocks.add(block);
        block = new byte[block.length];
        inBlock = 0;
      }
      block[inBlock++] = (byte) Math.round(loudest * Byte.MAX_VALUE);
      loudest = 0;
      inStep = 0;
    }

    void finish() throws IOException {
      if (inStep > 0) {
        step();
      }
      outlineBlocks.add(Arrays.copyOf(block, inBlock));
      outline = Bytes.concat(outlineBlocks.toArray(byte[][]::new));
      outlineBlocks.clear();
      file.write(header(samples * 2), 0);
    }

    /** Sizes in it have 32 bits without a sign. */
    private static ByteBuffer header(long bytes) {
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
      header
          .put(ascii("RIFF"))
          .putInt((int) (bytes + HEADER - 8))
          .put(ascii("WAVEfmt "))
          .putInt(16);
      header.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * 2);
      header.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt((int) bytes).flip();
      return header;
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /**
   * Takes the samples of a recording into its channels.
   *
   * @param abandoned whether nobody needs the sound any more
   */
  SampleSink sink(BooleanSupplier abandoned) {
    return new SampleSink() {
      @Override
      public void begin(int count) throws DecodeException {
        try {
          for (int i = 0; i < count; i++) {
            channels.add(new Channel());
          }
        } catch (IOException e) {
          throw full(e);
        }
      }

      @Override
      public void accept(int channel, float[] samples, int length) throws DecodeException {
        if (abandoned.getAsBoolean()) {
          throw unwanted();
        }
        if (channels.get(channel).samples + length > mostSamples) {
          throw new DecodeException(
              FailureKind.LIMIT,
              "it is longer than the 37 hours that a WAVE file can hold. Split the recording to hear"
                  + " it");
        }
        try {
          channels.get(channel).write(samples, length);
        } catch (IOException e) {
          throw full(e);
        }
      }
    };
  }

  static DecodeException unwanted() {
    return new DecodeException(FailureKind.INTERNAL, "Nobody waits for the sound any more");
  }

  private static DecodeException full(IOException e) {
    return new DecodeException(
        FailureKind.INTERNAL,
        "The decoded sound cannot be written into '%s' (%s). Free space there, or name another folder with -Djava.io.tmpdir"
            .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()));
  }

  void finish() throws IOException {
    for (Channel channel : channels) {
      channel.finish();
    }
  }

  /** Number of channels. */
  public int channels() {
    return channels.size();
  }

  /** Length of a channel in seconds. */
  public double seconds(int channel) {
    return (double) channels.get(channel).samples / RATE;
  }

  /** Size of a channel's WAVE file in bytes. */
  public long size(int channel) {
    return HEADER + 2 * channels.get(channel).samples;
  }

  /** Size of all channels in bytes. */
  long size() {
    long size = 0;
    for (int c = 0; c < channels.size(); c++) {
      size += size(c);
    }
    return size;
  }

  /**
   * Reads bytes of a channel's WAVE file.
   *
   * @return how many were read; -1 at the end
   */
  public int read(int channel, ByteBuffer target, long position) throws IOException {
    return channels.get(channel).file.read(target, position);
  }

  /**
   * A stretch of a channel as a WAVE file; shorter if the channel ends before it.
   *
   * @param from seconds
   * @param to seconds, after {@code from}
   */
  public byte[] clip(int channel, double from, double to) throws IOException {
    long samples = channels.get(channel).samples;
    long first = Math.min(samples, Math.round(from * RATE));
    long last = Math.min(samples, Math.round(to * RATE));
    ByteBuffer clip = ByteBuffer.allocate(HEADER + (int) (2 * (last - first)));
    clip.put(Channel.header(clip.capacity() - HEADER));
    long start = 2 * first; // of what follows the header in both files
    while (clip.hasRemaining() && read(channel, clip, start + clip.position()) >= 0) {}
    return clip.array();
  }

  /**
   * The outline of a stretch: in each of its equal parts the loudest sample, 0 to 127.
   *
   * @param from seconds
   * @param to seconds, after {@code from}
   * @param parts how many parts, at least 1
   */
  public int[] outline(int channel, double from, double to, int parts) {
    byte[] all = channels.get(channel).outline;
    double steps = (double) RATE / STEP;
    int[] outline = new int[parts];
    for (int p = 0; p < parts; p++) {
      int first = (int) Math.floor((from + (to - from) * p / parts) * steps);
      int last = (int) Math.floor((from + (to - from) * (p + 1) / parts) * steps);
      for (int s = Math.max(0, first); s <= Math.max(first, last - 1) && s < all.length; s++) {
        outline[p] = Math.max(outline[p], all[s]);
      }
    }
    return outline;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (holders == 0 || --holders > 0) {
        return;
      }
    }
    for (Channel channel : channels) {
      try {
        channel.file.close();
      } catch (IOException e) {
        // It has no name, and is gone with this process at the latest.
      }
    }
  }
}
