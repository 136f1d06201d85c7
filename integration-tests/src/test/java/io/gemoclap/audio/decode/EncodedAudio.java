package io.gemoclap.audio.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Encodes samples as MP3 with LAME: frames one after the other, none of which describes the file.
 */
final class EncodedAudio {
  private EncodedAudio() {}

  /**
   * Encodes one or two channels of equal length.
   *
   * @param bitRate in bit/s, as LAME has it; negative for a variable one of this quality
   */
  static byte[] mp3(int rate, int bitRate, float[]... channels) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name("libmp3lame");
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    context.sample_rate(rate);
    context.sample_fmt(avutil.AV_SAMPLE_FMT_FLTP);
    avutil.av_channel_layout_default(context.ch_layout(), channels.length);
    if (bitRate > 0) {
      context.bit_rate(bitRate);
    } else {
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
      context.global_quality(-bitRate * avutil.FF_QP2LAMBDA);
    }
    if (avcodec.avcodec_open2(context, codec, (AVDictionary) null) < 0) {
      throw new IllegalStateException("LAME refuses " + rate + " Hz, " + bitRate + " bit/s");
    }
    AVFrame frame = avutil.av_frame_alloc();
    AVPacket packet = avcodec.av_packet_alloc();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    int size = context.frame_size();
    for (int from = 0; from + size <= channels[0].length; from += size) {
      frame.nb_samples(size);
      frame.format(avutil.AV_SAMPLE_FMT_FLTP);
      frame.sample_rate(rate);
      avutil.av_channel_layout_copy(frame.ch_layout(), context.ch_layout());
      avutil.av_frame_get_buffer(frame, 0);
      for (int channel = 0; channel < channels.length; channel++) {
        FloatBuffer data =
            frame
                .data(channel)
                .capacity(4L * size)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        data.put(channels[channel], from, size);
      }
      frame.pts(from);
      avcodec.avcodec_send_frame(context, frame);
      avutil.av_frame_unref(frame);
      receive(context, packet, file);
    }
    avcodec.avcodec_send_frame(context, null);
    receive(context, packet, file);
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
    return file.toByteArray();
  }

  private static void receive(AVCodecContext context, AVPacket packet, ByteArrayOutputStream file) {
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      file.writeBytes(bytes);
      avcodec.av_packet_unref(packet);
    }
  }
}
