package io.gemoclap.export.clip;

import io.gemoclap.audio.ffmpeg.FfmpegTransforms;
import io.gemoclap.audio.ffmpeg.FlacEncoder;
import io.gemoclap.quality.QualityMeter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A clip while it is written to a temporary file of this machine. Not thread-safe. */
final class ClipFile implements AutoCloseable {
  private static final int WAV_HEADER = 44;

  /** The sizes of a WAV header have 32 bits. */
  private static final long MOST_WAV_BYTES = 0xFFFF_FFFFL - WAV_HEADER;

  private final Path path;
  private final FileChannel file;
  private final int rate;
  private final QualityMeter meter;
  private final @Nullable FlacEncoder flac;
  private long samples;

  ClipFile(ClipFormat format, int rate) throws IOException {
    this.rate = rate;
    meter = new QualityMeter(rate, FfmpegTransforms::ofSize);
    path = Files.createTempFile("gemoclap-clip-", "." + format.suffix());
    file = FileChannel.open(path, StandardOpenOption.WRITE);
    flac = format == ClipFormat.FLAC ? new FlacEncoder(file, rate) : null;
    if (flac == null) {
      file.position(WAV_HEADER);
    }
  }

  void write(float[] block, int from, int length) throws IOException {
    meter.accept(block, from, length);
    samples += length;
    if (flac != null) {
      flac.write(block, from, length);
      return;
    }
    if (2 * samples > MOST_WAV_BYTES) {
      throw new IOException("A WAV file cannot hold 4 GiB: export clips as FLAC");
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 * length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = from; i < from + length; i++) {
      bytes.putShort(FlacEncoder.pcm(block[i]));
    }
    write(bytes.flip());
  }

  Clip finish() throws IOException {
    if (flac != null) {
      flac.finish();
    } else {
      file.position(0);
      write(header((int) (2 * samples)));
    }
    return new Clip(path, samples, rate, meter.finish());
  }

  private ByteBuffer header(int bytes) {
    ByteBuffer header = ByteBuffer.allocate(WAV_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(bytes + WAV_HEADER - 8);
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(rate * 2);
    header.putShort((short) 2).putShort((short) 16);
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    return header.flip();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (flac != null) {
        flac.close();
      }
      file.close();
    } finally {
      Files.deleteIfExists(path);
    }
  }
}
