package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.Exhaustive;
import io.gemoclap.audio.container.ReadOnlyChannel;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A WAVE file whose sizes do not fit in their fields of 32 bits is decoded to its last second. */
@Exhaustive
final class BeyondFourGibibytesIT {
  private static final int HEADER = 44;
  private static final int RATE = 192_000;
  private static final int CHANNELS = 16;
  private static final int FRAME = 8 * CHANNELS;
  private static final long SECOND = (long) RATE * FRAME;

  /** 176 seconds of 64-bit floats: more than 4 GiB. */
  private static final long SECONDS = 176;

  private static final long BYTES = SECONDS * SECOND;

  /** Silence and, in the last second, a tone of 1 kHz in all channels; nothing of it is stored. */
  private static final class Recording extends ReadOnlyChannel {
    private final byte[] header = header();
    private final byte[] period = period();
    private long position;

    private static byte[] header() {
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
      header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) (BYTES + 36));
      header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
      header.putShort((short) 3).putShort((short) CHANNELS).putInt(RATE).putInt((int) SECOND);
      header.putShort((short) FRAME).putShort((short) 64);
      header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) BYTES);
      return header.array();
    }

    private static byte[] period() {
      int frames = RATE / 1_000;
      ByteBuffer samples = ByteBuffer.allocate(frames * FRAME).order(ByteOrder.LITTLE_ENDIAN);
      for (int frame = 0; frame < frames; frame++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          samples.putDouble(0.5 * Math.sin(2 * Math.PI * frame / frames));
        }
      }
      return samples.array();
    }

    @Override
    public int read(ByteBuffer into) {
      if (position >= size()) {
        return -1;
      }
      long tone = HEADER + BYTES - SECOND;
      int count;
      if (position < HEADER) {
        count = (int) Math.min(into.remaining(), HEADER - position);
        into.put(header, (int) position, count);
      } else if (position < tone) {
        count = (int) Math.min(into.remaining(), tone - position);
        into.put(new byte[count]);
      } else {
        int offset = (int) ((position - tone) % period.length);
        count = Math.min(into.remaining(), period.length - offset);
        into.put(period, offset, count);
      }
      position += count;
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
    public long size() {
      return HEADER + BYTES;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** The loudest sample of each second. */
  private static final class Levels implements SampleSink {
    private final float[] loudest = new float[(int) SECONDS + 1];
    private long heard;

    @Override
    public void begin(int channels) {}

    @Override
    public void accept(int channel, float[] samples, int length) {
      for (int i = 0; i < length; i++) {
        int second = (int) (heard++ / SampleSink.SPEECH_RATE);
        loudest[second] = Math.max(loudest[second], Math.abs(samples[i]));
      }
    }
  }

  @Test
  void theLastSecondIsHeardAtItsTime() throws DecodeException {
    assertTrue(BYTES > 1L << 32);
    Levels levels = new Levels();
    DecodeReport report =
        new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, SampleSink.SPEECH_RATE)
            .decode(new Recording(), "", levels);
    assertEquals(SECONDS, report.declaredSeconds());
    assertEquals(SECONDS, report.decodedSeconds());
    assertFalse(report.truncated());
    assertEquals(List.of("wrapped_size"), report.notes());
    assertEquals(SECONDS * SampleSink.SPEECH_RATE, levels.heard);
    assertEquals(0.5, levels.loudest[(int) SECONDS - 1], 0.05);
    for (int second = 0; second < SECONDS - 2; second++) {
      assertEquals(0, levels.loudest[second], 1e-6f, "second " + second);
    }
  }
}
