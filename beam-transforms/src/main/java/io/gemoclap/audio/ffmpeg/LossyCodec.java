package io.gemoclap.audio.ffmpeg;

import io.gemoclap.failure.WorkerFaultException;
import org.apache.beam.sdk.annotations.Internal;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Codecs of telephones, messengers and archives, through which samples can be sent: encoded and
 * decoded by FFmpeg. Each has its own sampling rate. Thread-safe.
 *
 * @hidden
 */
@Internal
public enum LossyCodec {
  /** AMR narrowband (3GPP TS 26.071): mobile telephones. 4,750 to 12,200 bit/s. */
  AMR_NARROWBAND("libopencore_amrnb", "amrnb", 8_000, avutil.AV_SAMPLE_FMT_S16, 0),

  /** Opus (RFC 6716): internet telephony and voice messages. From 6,000 bit/s. */
  OPUS("libopus", "libopus", 16_000, avutil.AV_SAMPLE_FMT_S16, 3),

  /** MP3 (ISO/IEC 13818-3): archives and podcasts. From 8,000 bit/s. */
  MP3("libmp3lame", "mp3float", 16_000, avutil.AV_SAMPLE_FMT_S16P, 7);

  private final String encoder;
  private final String decoder;
  private final int rate;
  private final int sampleFormat;

  /** The encoder's effort, in its own scale: as of telephones, and not as of studios. */
  private final int compressionLevel;

  LossyCodec(String encoder, String decoder, int rate, int sampleFormat, int compressionLevel) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.rate = rate;
    this.sampleFormat = sampleFormat;
    this.compressionLevel = compressionLevel;
  }

  /** The rate in Hz of the samples that it takes. */
  public int rate() {
    return rate;
  }

  /**
   * Decoded samples.
   *
   * @param samples as many as take the time of the samples before, without the codec's delay
   * @param rate in Hz; a decoder may choose another than the encoder had
   * @hidden
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  public record Decoded(float[] samples, int rate) {}

  /**
   * Encodes samples and decodes the result.
   *
   * @param samples mono, at {@link #rate()}; clipped to full scale
   * @param bitRate in bits per second; the codec takes the nearest that it has
   * @throws WorkerFaultException if this machine's FFmpeg lacks the codec
   */
  public Decoded pass(float[] samples, int bitRate) {
    FfmpegNatives.require();
    var encoding = avcodec.avcodec_find_encoder_by_name(encoder);
    var decoding = avcodec.avcodec_find_decoder_by_name(decoder);
    if (encoding == null || decoding == null) {
      throw new WorkerFaultException(
          "This FFmpeg lacks the encoder %s or the decoder %s; use the FFmpeg of the jars of this build"
              .formatted(encoder, decoder));
    }
    try (CodecLoop loop =
        new CodecLoop(
            encoding,
            decoding,
            new CodecLoop.Settings(sampleFormat, rate, bitRate, compressionLevel))) {
      return loop.pass(samples);
    }
  }
}
