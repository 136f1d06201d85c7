package io.gemoclap.audio.ffmpeg;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.PcmFormat;
import io.gemoclap.audio.pcm.PcmSink;
import io.gemoclap.failure.FailureKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of one audio stream: packets in, samples with their media time out. Releases its
 * native objects in {@link #close}; the input must still be open then.
 */
final class FfmpegStream implements AutoCloseable {
  private static final int EAGAIN = -11;

  private final int index;
  private final String codecName;
  private final int announcedChannels;
  private final double secondsPerTick;
  private final double mediaStart;
  private final AVFrame frame;
  private final AVCodecContext codec;
  private float[][] planes = {};
  private int rate;
  private int channels;
  private long frames;
  private long badPackets;
  private boolean lastPacketBad;

  /**
   * Opens the decoder of a stream.
   *
   * @throws DecodeException UNSUPPORTED if there is no decoder, CORRUPT if it refuses the stream
   */
  FfmpegStream(FfmpegInput input, int index) throws DecodeException {
    AVStream stream = input.stream(index);
    int id = stream.codecpar().codec_id();
    this.index = index;
    this.codecName = avcodec.avcodec_get_name(id).getString();
    this.announcedChannels = Math.max(1, stream.codecpar().ch_layout().nb_channels());
    this.secondsPerTick = (double) stream.time_base().num() / stream.time_base().den();
    this.mediaStart = input.startSeconds();
    String preferred = FfmpegFormats.PREFERRED.get(codecName);
    AVCodec decoder =
        preferred == null
            ? avcodec.avcodec_find_decoder(id)
            : avcodec.avcodec_find_decoder_by_name(preferred);
    if (decoder == null || !FfmpegFormats.CODECS.contains(decoder.name().getString())) {
      throw new DecodeException(
          FailureKind.UNSUPPORTED,
          "The codec of the %s file (%s) is not supported."
              .formatted(input.container(), codecName));
    }
    codec = avcodec.avcodec_alloc_context3(decoder);
    avcodec.avcodec_parameters_to_context(codec, stream.codecpar());
    // Without the time base, encoder delays are not cut off.
    codec.pkt_timebase(stream.time_base());
    codec.thread_count(1);
    if (avcodec.avcodec_open2(codec, decoder, (AVDictionary) null) < 0) {
      avcodec.avcodec_free_context(codec);
      throw new DecodeException(
          FailureKind.CORRUPT,
          "The %s file has a damaged %s stream.".formatted(input.container(), codecName));
    }
    frame = avutil.av_frame_alloc();
  }

  /** Index of the stream in its container. */
  int index() {
    return index;
  }

  String codec() {
    return codecName;
  }

  int announcedChannels() {
    return announcedChannels;
  }

  long frames() {
    return frames;
  }

  long badPackets() {
    return badPackets;
  }

  boolean lastPacketBad() {
    return lastPacketBad;
  }

  /** Decodes one packet of this stream. */
  void decode(AVPacket packet, PcmSink sink) throws DecodeException {
    boolean marked = (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
    lastPacketBad = !send(packet, sink) || marked;
    badPackets += lastPacketBad ? 1 : 0;
  }

  /** Decodes what the decoder still holds. */
  void finish(PcmSink sink) throws DecodeException {
    send(null, sink);
  }

  /** False if the packet was damaged. */
  private boolean send(@Nullable AVPacket packet, PcmSink sink) throws DecodeException {
    boolean good = avcodec.avcodec_send_packet(codec, packet) >= 0;
    int status = avcodec.avcodec_receive_frame(codec, frame);
    while (status >= 0) {
      emit(sink);
      avutil.av_frame_unref(frame);
      status = avcodec.avcodec_receive_frame(codec, frame);
    }
    return good && (status == EAGAIN || status == avutil.AVERROR_EOF);
  }

  private void emit(PcmSink sink) throws DecodeException {
    int length = frame.nb_samples();
    int width = frame.ch_layout().nb_channels();
    PcmFormat format = sampleFormat(frame.format());
    if (length <= 0 || width <= 0 || frame.sample_rate() <= 0 || format == null) {
      return;
    }
    frames++;
    if (frame.sample_rate() != rate || width != channels) {
      sink.format(frame.sample_rate(), width);
      rate = frame.sample_rate();
      channels = width;
    }
    if (frame.best_effort_timestamp() != avutil.AV_NOPTS_VALUE && !Double.isNaN(mediaStart)) {
      sink.at(frame.best_effort_timestamp() * secondsPerTick - mediaStart);
    }
    if (planes.length != width || planes[0].length < length) {
      planes = new float[width][length];
    }
    boolean planar = avutil.av_sample_fmt_is_planar(frame.format()) != 0;
    int stride = planar ? format.bytes() : format.bytes() * width;
    for (int channel = 0; channel < width; channel++) {
      BytePointer data = frame.extended_data(planar ? channel : 0);
      ByteBuffer bytes =
          FfmpegLibrary.asBytes(data, stride * length).order(ByteOrder.nativeOrder());
      int first = planar ? 0 : channel * format.bytes();
      format.read(bytes, first, stride, planes[channel], length);
    }
    sink.block(planes, length);
  }

  static @Nullable PcmFormat sampleFormat(int format) {
    return switch (avutil.av_get_packed_sample_fmt(format)) {
      case avutil.AV_SAMPLE_FMT_U8 -> PcmFormat.U8;
      case avutil.AV_SAMPLE_FMT_S16 -> PcmFormat.S16;
      case avutil.AV_SAMPLE_FMT_S32 -> PcmFormat.S32;
      case avutil.AV_SAMPLE_FMT_S64 -> PcmFormat.S64;
      case avutil.AV_SAMPLE_FMT_FLT -> PcmFormat.F32;
      case avutil.AV_SAMPLE_FMT_DBL -> PcmFormat.F64;
      default -> null;
    };
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.avcodec_free_context(codec);
  }
}
