package io.gemoclap.audio.ffmpeg;

import io.gemoclap.failure.WorkerFaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.annotations.Internal;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Writes one channel of samples as a FLAC file (RFC 9639) of 16 bits, in bounded memory. Not
 * thread-safe; {@link #close} releases the native objects, and leaves the channel open.
 *
 * @hidden
 */
@Internal
public final class FlacEncoder implements AutoCloseable {
  private static final byte[] MAGIC = {'f', 'L', 'a', 'C'};

  /** The only metadata block, and so the last: STREAMINFO, 34 bytes. */
  private static final byte[] BLOCK = {(byte) 0x80, 0, 0, 34};

  private static final int STREAM_INFO = 34;

  private final SeekableByteChannel file;
  private final AVCodecContext encoder;
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final short[] waiting;
  private int count;
  private long written;

  /**
   * Begins a file.
   *
   * @param file takes the bytes from its position 0 on
   * @param rate of the samples in Hz, 1 to 655,350
   * @throws WorkerFaultException if FFmpeg cannot be loaded, or has no FLAC encoder
   */
  public FlacEncoder(SeekableByteChannel file, int rate) throws IOException {
    FfmpegNatives.require();
    this.file = file;
    AVCodec codec = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_FLAC);
    encoder = avcodec.avcodec_alloc_context3(codec);
    encoder.sample_rate(rate);
    encoder.sample_fmt(avutil.AV_SAMPLE_FMT_S16);
    encoder.time_base(avutil.av_make_q(1, rate));
    encoder.thread_count(1);
    avutil.av_channel_layout_default(encoder.ch_layout(), 1);
    if (codec == null || avcodec.avcodec_open2(encoder, codec, (AVDictionary) null) < 0) {
      close();
      throw new WorkerFaultException(
          "This FFmpeg cannot encode FLAC at %s Hz; use the FFmpeg of the jars of this build"
              .formatted(rate));
    }
    waiting = new short[encoder.frame_size()];
    write(ByteBuffer.wrap(MAGIC));
    write(ByteBuffer.wrap(BLOCK));
    write(bytes(encoder.extradata(), STREAM_INFO));
  }

  /**
   * Appends samples.
   *
   * @param samples 1.0 is full scale; louder ones are clipped
   * @param from index of the first one
   * @param length how many
   */
  public void write(float[] samples, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      waiting[count++] = pcm(samples[i]);
      if (count == waiting.length) {
        encode();
      }
    }
  }

  /** The 16-bit value of a sample, as in the file. */
  public static short pcm(float sample) {
    return (short)
        Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sample * 32_768)));
  }

  /** Writes what is left, and the number of samples into the header. */
  public void finish() throws IOException {
    if (count > 0) {
      encode();
    }
    check(avcodec.avcodec_send_frame(encoder, null));
    drain();
  }

  private void encode() throws IOException {
    avutil.av_frame_unref(frame);
    frame.nb_samples(count);
    frame.format(encoder.sample_fmt());
    frame.sample_rate(encoder.sample_rate());
    frame.pts(written);
    avutil.av_channel_layout_default(frame.ch_layout(), 1);
    check(avutil.av_frame_get_buffer(frame, 0));
    ShortBuffer target =
        FfmpegLibrary.asBytes(frame.data(0), 2 * count)
            .order(ByteOrder.nativeOrder())
            .asShortBuffer();
    target.put(waiting, 0, count);
    written += count;
    count = 0;
    check(avcodec.avcodec_send_frame(encoder, frame));
    drain();
  }

  private void drain() throws IOException {
    while (avcodec.avcodec_receive_packet(encoder, packet) >= 0) {
      if (packet.size() > 0) {
        write(bytes(packet.data(), packet.size()));
      }
      BytePointer info =
          avcodec.av_packet_get_side_data(
              packet, avcodec.AV_PKT_DATA_NEW_EXTRADATA, (SizeTPointer) null);
      if (info != null && !info.isNull()) {
        // The last packet carries the header with the number and the digest of all samples.
        long end = file.position();
        file.position(MAGIC.length + BLOCK.length);
        write(bytes(info, STREAM_INFO));
        file.position(end);
      }
      avcodec.av_packet_unref(packet);
    }
  }

  private static ByteBuffer bytes(BytePointer pointer, int length) {
    byte[] bytes = new byte[length];
    pointer.get(bytes, 0, length);
    return ByteBuffer.wrap(bytes);
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  private static void check(int status) {
    if (status < 0) {
      throw new IllegalStateException("FFmpeg cannot encode these samples: error " + status);
    }
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(encoder);
  }
}
