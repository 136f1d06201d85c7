package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.PcmFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The format chunk of a WAVE file.
 *
 * @param tag format tag; that of the sub-format for WAVE_FORMAT_EXTENSIBLE
 * @param rate frames a second
 * @param frameBytes bytes of one sample of every channel
 * @param bits size of a sample in bits as the header says
 */
record WavFormat(int tag, int channels, int rate, int frameBytes, int bits) {
  static final int PCM = 1;
  static final int FLOAT = 3;
  static final int ALAW = 6;
  static final int MULAW = 7;

  private static final int EXTENSIBLE = 0xFFFE;
  private static final int SUB_FORMAT = 24;

  /**
   * Reads the body of a format chunk, of which there are at least 16 bytes.
   *
   * @throws DecodeException CORRUPT if it says 0 channels, 0 Hz or 0 bytes
   */
  static WavFormat of(ByteBuffer chunk, ByteOrder order) throws DecodeException {
    chunk.order(order);
    int tag = chunk.getShort(0) & 0xFFFF;
    int channels = chunk.getShort(2) & 0xFFFF;
    int rate = chunk.getInt(4);
    int byteRate = chunk.getInt(8);
    int frameBytes = chunk.getShort(12) & 0xFFFF;
    int bits = chunk.getShort(14) & 0xFFFF;
    if (tag == EXTENSIBLE && chunk.limit() >= SUB_FORMAT + 4) {
      tag = subFormat(chunk.getInt(SUB_FORMAT));
    }
    boolean linear = tag == PCM || tag == FLOAT || tag == ALAW || tag == MULAW;
    int bytes = (bits + 7) / 8;
    boolean fits = frameBytes == channels * bytes || (bits == 24 && frameBytes == channels * 4);
    if (linear && !fits && (frameBytes == 0 || byteRate == (long) rate * channels * bytes)) {
      // The size of a frame contradicts all other fields.
      frameBytes = channels * bytes;
    }
    if (channels == 0 || rate <= 0 || frameBytes == 0) {
      throw WavHeader.damaged("its header says 0 channels, 0 Hz or 0 bytes");
    }
    return new WavFormat(tag, channels, rate, frameBytes, bits);
  }

  /** The first field of the GUID has the byte order of the file; some writers leave it as it is. */
  private static int subFormat(int field) {
    return (field >>> 16) == 0 ? field : Integer.reverseBytes(field) & 0xFFFF;
  }

  /** How samples are stored; null if this is not one of the formats that are exactly known. */
  @Nullable PcmFormat samples() {
    if (frameBytes % channels != 0) {
      return null;
    }
    int bytes = frameBytes / channels;
    boolean exact = bits == bytes * 8;
    // Fewer bits than fit are left-justified: read as the whole container they have the right size.
    boolean justified = (bits + 7) / 8 == bytes;
    return switch (tag) {
      case PCM ->
          switch (bytes) {
            case 1 -> justified ? PcmFormat.U8 : null;
            case 2 -> justified ? PcmFormat.S16 : null;
            case 3 -> justified ? PcmFormat.S24 : null;
            case 4 -> justified || bits == 24 ? PcmFormat.S32 : null;
            case 8 -> exact ? PcmFormat.S64 : null;
            default -> null;
          };
      case FLOAT -> !exact ? null : bytes == 4 ? PcmFormat.F32 : bytes == 8 ? PcmFormat.F64 : null;
      case ALAW -> exact && bytes == 1 ? PcmFormat.ALAW : null;
      case MULAW -> exact && bytes == 1 ? PcmFormat.MULAW : null;
      default -> null;
    };
  }
}
