package io.gemoclap.audio.ffmpeg;

import io.gemoclap.audio.pcm.PcmFormat;
import io.gemoclap.failure.WorkerFaultException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * An encoder whose packets go to a decoder at once, without a container. Serves one signal;
 * releases its native objects in {@link #close}.
 */
final class CodecLoop implements AutoCloseable {
  private static final int DEFAULT_FRAME = 1_024;

  private final AVCodecContext encoder;
  private final AVCodecContext decoder;
  private final AVFrame in = avutil.av_frame_alloc();
  private final AVFrame out = avutil.av_frame_alloc();
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final int frameSize;
  private float[] decoded = {};
  private int count;
  private int decodedRate;

  /** What the encoder is to do. */
  record Settings(int sampleFormat, int rate, int bitRate, int compressionLevel) {}

  CodecLoop(AVCodec encoding, AVCodec decoding, Settings settings) {
    int rate = settings.rate();
    encoder = avcodec.avcodec_alloc_context3(encoding);
    encoder.sample_rate(rate);
    encoder.sample_fmt(settings.sampleFormat());
    encoder.bit_rate(settings.bitRate());
    encoder.compression_level(settings.compressionLevel());
    encoder.time_base(avutil.av_make_q(1, rate));
    encoder.thread_count(1);
    avutil.av_channel_layout_default(encoder.ch_layout(), 1);
    decoder = avcodec.avcodec_alloc_context3(decoding);
    decoder.thread_count(1);
    decoder.pkt_timebase(avutil.av_make_q(1, rate));
    boolean opened = avcodec.avcodec_open2(encoder, encoding, (AVDictionary) null) >= 0;
    if (opened) {
      AVCodecParameters parameters = avcodec.avcodec_parameters_alloc();
      avcodec.avcodec_parameters_from_context(parameters, encoder);
      avcodec.avcodec_parameters_to_context(decoder, parameters);
      avcodec.avcodec_parameters_free(parameters);
      opened = avcodec.avcodec_open2(decoder, decoding, (AVDictionary) null) >= 0;
    }
    if (!opened) {
      close();
      throw new WorkerFaultException(
          "FFmpeg's %s does not take mono at %s Hz and %s bit/s"
              .formatted(encoding.name().getString(), rate, settings.bitRate()));
    }
    frameSize = encoder.frame_size() > 0 ? encoder.frame_size() : DEFAULT_FRAME;
  }

  LossyCodec.Decoded pass(float[] samples) {
    // Silence behind the end pushes out what both sides hold back.
    int delay = encoder.initial_padding() + 2 * frameSize;
    for (int from = 0; from < samples.length + delay; from += frameSize) {
      encode(samples, from);
    }
    check(avcodec.avcodec_send_frame(encoder, null));
    drainEncoder();
    avcodec.avcodec_send_packet(decoder, null);
    drainDecoder();
    int rate = decodedRate == 0 ? encoder.sample_rate() : decodedRate;
    long length = Math.round((double) samples.length * rate / encoder.sample_rate());
    int skipped = Math.min(count, delayOfDecoded());
    return new LossyCodec.Decoded(
        Arrays.copyOfRange(
            Arrays.copyOf(decoded, count), skipped, Math.toIntExact(skipped + length)),
        rate);
  }

  /** Samples that the decoder gives before the first one of the signal. */
  private int delayOfDecoded() {
    // Decoders that know the delay of their encoder skip it themselves.
    return decoder.delay() > 0
        ? 0
        : (int) ((long) encoder.initial_padding() * decodedRate / encoder.sample_rate());
  }

  private void encode(float[] samples, int from) {
    avutil.av_frame_unref(in);
    in.nb_samples(frameSize);
    in.format(encoder.sample_fmt());
    in.sample_rate(encoder.sample_rate());
    in.pts(from);
    avutil.av_channel_layout_default(in.ch_layout(), 1);
    check(avutil.av_frame_get_buffer(in, 0));
    var shorts =
        FfmpegLibrary.asBytes(in.data(0), 2 * frameSize)
            .order(ByteOrder.nativeOrder())
            .asShortBuffer();
    for (int i = 0; i < frameSize; i++) {
      float value = from + i < samples.length ? samples[from + i] : 0;
      shorts.put(i, FlacEncoder.pcm(value));
    }
    check(avcodec.avcodec_send_frame(encoder, in));
    drainEncoder();
  }

  private void drainEncoder() {
    while (avcodec.avcodec_receive_packet(encoder, packet) >= 0) {
      avcodec.avcodec_send_packet(decoder, packet);
      avcodec.av_packet_unref(packet);
      drainDecoder();
    }
  }

  private void drainDecoder() {
    while (avcodec.avcodec_receive_frame(decoder, out) >= 0) {
      decodedRate = out.sample_rate();
      int length = out.nb_samples();
      PcmFormat format = FfmpegStream.sampleFormat(out.format());
      if (format != null && length > 0) {
        float[] block = new float[length];
        format.read(
            FfmpegLibrary.asBytes(out.extended_data(0), format.bytes() * length)
                .order(ByteOrder.nativeOrder()),
            0,
            format.bytes(),
            block,
            length);
        append(block);
      }
      avutil.av_frame_unref(out);
    }
  }

  private void append(float[] block) {
    if (decoded.length < count + block.length) {
      decoded = Arrays.copyOf(decoded, Math.max(2 * decoded.length, count + block.length));
    }
    System.arraycopy(block, 0, decoded, count, block.length);
    count += block.length;
  }

  private static void check(int status) {
    if (status < 0) {
      throw new IllegalStateException("FFmpeg cannot encode these samples: error " + status);
    }
  }

  @Override
  public void close() {
    avutil.av_frame_free(in);
    avutil.av_frame_free(out);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(encoder);
    avcodec.avcodec_free_context(decoder);
  }
}
