package io.gemoclap.audio;

import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The chunks of a WAVE file as far as they say how to read its samples.
 *
 * @param tag format tag; that of the sub-format for WAVE_FORMAT_EXTENSIBLE
 * @param bits size of a sample in bits as the header says
 * @param dataBytes bytes of samples that are there
 * @param promisedBytes bytes of samples that the header promises; the same for a stream whose
 *     header was never completed
 */
record WavHeader(
    ByteOrder order,
    int tag,
    int channels,
    int rate,
    int frameBytes,
    int bits,
    long dataStart,
    long dataBytes,
    long promisedBytes) {

  static final int PCM = 1;
  static final int FLOAT = 3;
  static final int ALAW = 6;
  static final int MULAW = 7;

  private static final int EXTENSIBLE = 0xFFFE;
  private static final int MAX_CHUNKS = 4_096;
  private static final long UNSIGNED = 0xFFFFFFFFL;

  /** Recorders that write to a pipe promise a size near 2 or 4 GiB. */
  private static final long STREAMED_32 = 0xFFFF0000L;

  private static final long STREAMED_31 = 0x7FFF0000L;

  /** Reads the chunks up to the samples; the file must begin as a WAVE file does. */
  static WavHeader parse(ByteSource source) throws DecodeException, IOException {
    ByteBuffer start = source.bytes(0, 12, ByteOrder.LITTLE_ENDIAN);
    byte[] id = new byte[4];
    start.get(id);
    boolean big = id[3] == 'X';
    boolean wide = id[0] != 'R' || id[1] == 'F';
    ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    long riffBytes = start.order(order).getInt() & UNSIGNED;
    long wideData = -1;
    ByteBuffer format = null;
    long at = 12;
    for (int chunks = 0; chunks < MAX_CHUNKS; chunks++) {
      ByteBuffer chunk = source.bytes(at, 8, order);
      if (chunk.remaining() < 8) {
        throw damaged(format == null ? "its format chunk is missing" : "it has no data chunk");
      }
      int name = chunk.order(ByteOrder.BIG_ENDIAN).getInt();
      long size = chunk.order(order).getInt() & UNSIGNED;
      long body = at + 8;
      switch (name) {
        case 0x66_6D_74_20 -> { // "fmt "
          format = source.bytes(body, (int) Math.min(size, 40), order);
          if (format.remaining() < 16) {
            throw damaged("its format chunk is cut off");
          }
        }
        case 0x64_73_36_34 -> { // "ds64"
          ByteBuffer sizes = source.bytes(body, 24, order);
          wideData = wide && sizes.remaining() >= 16 ? sizes.getLong(8) : -1;
        }
        case 0x64_61_74_61 -> { // "data"
          if (format == null) {
            throw damaged("its samples come before their format");
          }
          long promised = wideData >= 0 && size == UNSIGNED ? wideData : size;
          boolean complete = riffBytes + 8 <= source.size() && riffBytes >= body - 8;
          return of(order, format, body, promised, source.size() - body, complete);
        }
        default -> {
          // Other chunks do not matter.
        }
      }
      at = body + size + (size & 1);
    }
    throw damaged("it has no data chunk");
  }

  private static WavHeader of(
      ByteOrder order, ByteBuffer format, long start, long promised, long present, boolean whole)
      throws DecodeException {
    int tag = format.getShort(0) & 0xFFFF;
    int channels = format.getShort(2) & 0xFFFF;
    int rate = format.getInt(4);
    int frameBytes = format.getShort(12) & 0xFFFF;
    if (tag == EXTENSIBLE && format.remaining() >= 26) {
      tag = format.getShort(24) & 0xFFFF;
    }
    if (channels == 0 || rate <= 0 || frameBytes == 0) {
      throw damaged("its header says 0 channels, 0 Hz or 0 bytes");
    }
    boolean near4GiB = promised >= STREAMED_32 && promised <= UNSIGNED;
    boolean near2GiB = promised >= STREAMED_31 && promised <= 1L << 31;
    boolean endless = promised > present && (near4GiB || near2GiB);
    boolean streamed = endless || (promised == 0 && !whole);
    long wanted = streamed ? present : promised;
    return new WavHeader(
        order,
        tag,
        channels,
        rate,
        frameBytes,
        format.getShort(14) & 0xFFFF,
        start,
        Math.min(wanted, present),
        wanted);
  }

  /** How samples are stored; null if this is not one of the formats that are exactly known. */
  PcmFormat sampleFormat() {
    if (frameBytes % channels != 0) {
      return null;
    }
    int bytes = frameBytes / channels;
    boolean exact = bits == bytes * 8;
    return switch (tag) {
      case PCM ->
          switch (bytes) {
            case 1 -> exact ? PcmFormat.U8 : null;
            case 2 -> exact ? PcmFormat.S16 : null;
            case 3 -> exact ? PcmFormat.S24 : null;
            // 24 bits in four bytes are left-justified: read as 32 bits they have the right size.
            case 4 -> exact || bits == 24 ? PcmFormat.S32 : null;
            default -> null;
          };
      case FLOAT -> !exact ? null : bytes == 4 ? PcmFormat.F32 : bytes == 8 ? PcmFormat.F64 : null;
      case ALAW -> exact && bytes == 1 ? PcmFormat.ALAW : null;
      case MULAW -> exact && bytes == 1 ? PcmFormat.MULAW : null;
      default -> null;
    };
  }

  private static DecodeException damaged(String what) {
    return new DecodeException(
        FailureKind.CORRUPT, "The WAVE header cannot be used: " + what + ".");
  }
}
