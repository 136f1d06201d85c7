package io.gemoclap.audio.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Makes files of samples in one or two channels of equal length. */
public final class EncodedAudio {
  private EncodedAudio() {}

  /**
   * An MP3 file of LAME: frames one after the other, none of which describes the file.
   *
   * @param bitRate in bit/s, as LAME has it; negative for a variable one of this quality
   */
  static byte[] mp3(int rate, int bitRate, float[]... channels) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name("libmp3lame");
    AVCodecContext context = context(codec, rate, avutil.AV_SAMPLE_FMT_FLTP, channels.length);
    if (bitRate > 0) {
      context.bit_rate(bitRate);
    } else {
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
      context.global_quality(-bitRate * avutil.FF_QP2LAMBDA);
    }
    return encode(codec, context, channels).toByteArray();
  }

  /** A FLAC file of 16 bits. */
  public static byte[] flac(int rate, float[]... channels) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name("flac");
    AVCodecContext context = context(codec, rate, avutil.AV_SAMPLE_FMT_S16, channels.length);
    context.frame_size(4_096);
    ByteArrayOutputStream frames = encode(codec, context, channels);
    ByteBuffer file = ByteBuffer.allocate(42 + frames.size());
    file.put("fLaC".getBytes(StandardCharsets.US_ASCII)).putInt(0x80000022);
    short size = 4_096;
    file.putShort(size).putShort(size).putInt(0).putShort((short) 0);
    long samples = channels[0].length;
    file.putLong(((long) rate << 44) | ((channels.length - 1L) << 41) | (15L << 36) | samples);
    return file.put(42, frames.toByteArray()).array();
  }

  /** A WAVE file of 16 bits and one channel. */
  public static byte[] wave(int rate, float[] samples) {
    ByteBuffer file = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
    file.putShort((short) 2).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
    for (float sample : samples) {
      file.putShort((short) (sample * 32_000));
    }
    return file.array();
  }

  private static AVCodecContext context(AVCodec codec, int rate, int sampleFormat, int channels) {
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    context.sample_rate(rate);
    context.sample_fmt(sampleFormat);
    avutil.av_channel_layout_default(context.ch_layout(), channels);
    return context;
  }

  private static ByteArrayOutputStream encode(
      AVCodec codec, AVCodecContext context, float[]... channels) {
    if (avcodec.avcodec_open2(context, codec, (AVDictionary) null) < 0) {
      throw new IllegalStateException("FFmpeg refuses to encode with these settings");
    }
    AVFrame frame = avutil.av_frame_alloc();
    AVPacket packet = avcodec.av_packet_alloc();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    int length = channels[0].length;
    for (int from = 0; from < length; from += context.frame_size()) {
      int count = Math.min(context.frame_size(), length - from);
      frame.nb_samples(count);
      frame.format(context.sample_fmt());
      frame.sample_rate(context.sample_rate());
      avutil.av_channel_layout_copy(frame.ch_layout(), context.ch_layout());
      avutil.av_frame_get_buffer(frame, 0);
      fill(frame, from, count, channels);
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
    return file;
  }

  private static void fill(AVFrame frame, int from, int count, float[]... channels) {
    for (int channel = 0; channel < channels.length; channel++) {
      if (avutil.av_sample_fmt_is_planar(frame.format()) != 0) {
        bytes(frame, channel, 4L * count).asFloatBuffer().put(channels[channel], from, count);
        continue;
      }
      ByteBuffer words = bytes(frame, 0, 2L * count * channels.length);
      for (int i = 0; i < count; i++) {
        int at = 2 * (i * channels.length + channel);
        words.putShort(at, (short) (channels[channel][from + i] * 32_000));
      }
    }
  }

  private static ByteBuffer bytes(AVFrame frame, int plane, long size) {
    return frame.data(plane).capacity(size).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  private static void receive(AVCodecContext context, AVPacket packet, ByteArrayOutputStream file) {
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      // FLAC ends with a packet without bytes.
      byte[] bytes = new byte[packet.size()];
      if (bytes.length > 0) {
        packet.data().get(bytes);
      }
      file.writeBytes(bytes);
      avcodec.av_packet_unref(packet);
    }
  }
}
