package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.SizeClaim;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the chunks of a WAVE file say about its samples, as far as the file confirms it.
 *
 * @param format how samples are stored
 * @param data where the samples are, in their order
 * @param claim the size of the first of these, as its header claims it
 * @param promisedBytes bytes of samples that all chunks promise; {@link SizeClaim#UNKNOWN} if the
 *     first does not tell
 * @param endsEarly whether samples that the header promises are missing
 */
record WavHeader(
    ByteOrder order,
    WavFormat format,
    List<Extent> data,
    SizeClaim claim,
    long promisedBytes,
    boolean endsEarly) {
  private static final int MAX_CHUNKS = 4_096;
  private static final long UNSIGNED = 0xFFFFFFFFL;

  /**
   * A run of samples.
   *
   * @param start position of its first byte
   * @param bytes its length
   */
  record Extent(long start, long bytes) {}

  /** Reads the chunks; the file must begin as a WAVE file does. */
  static WavHeader parse(ByteSource source) throws DecodeException, IOException {
    ByteBuffer start = source.bytes(0, 12, ByteOrder.LITTLE_ENDIAN);
    byte[] id = new byte[4];
    start.get(id);
    boolean wide = id[0] != 'R' || id[1] == 'F';
    ByteOrder order = id[3] == 'X' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    long riffBytes = start.order(order).getInt() & UNSIGNED;
    WavChunks chunks = new WavChunks(source, order);
    WavChunks.Chunk chunk = chunks.at(12);
    ByteBuffer format = null;
    long wideData = SizeClaim.UNKNOWN;
    for (int i = 0; chunk != null && chunk.id() != WavChunks.DATA && i < MAX_CHUNKS; i++) {
      if (chunk.id() == WavChunks.FORMAT) {
        format = formatChunk(source, chunk, order);
      } else if (chunk.id() == WavChunks.SIZES && wide) {
        ByteBuffer sizes = source.bytes(chunk.body(), 24, order);
        riffBytes = sizes.remaining() >= 16 ? sizes.getLong(0) : riffBytes;
        wideData = sizes.remaining() >= 16 ? sizes.getLong(8) : wideData;
      }
      chunk = chunks.at(chunks.next(chunk));
    }
    if (chunk == null || chunk.id() != WavChunks.DATA) {
      throw damaged(format == null ? "its format chunk is missing" : "it has no data chunk");
    }
    SizeClaim claim = claim(chunks, chunk, riffBytes, wideData, source.size());
    List<Extent> data = new ArrayList<>();
    data.add(new Extent(chunk.body(), claim.bytes()));
    boolean endsEarly = claim.endsEarly();
    long promised = claim.promised();
    for (WavChunks.Chunk later :
        chunks.following(new WavChunks.Chunk(chunk.id(), chunk.body(), claim.bytes()))) {
      if (later.id() == WavChunks.DATA) {
        long present = source.size() - later.body();
        long size = later.size() == UNSIGNED ? present : later.size();
        data.add(new Extent(later.body(), Math.min(size, present)));
        promised += promised == SizeClaim.UNKNOWN ? 0 : size;
        endsEarly |= size > present;
      } else if (later.id() == WavChunks.FORMAT && format == null) {
        format = formatChunk(source, later, order);
      }
    }
    if (format == null) {
      throw damaged("its format chunk is missing");
    }
    return new WavHeader(order, WavFormat.of(format, order), data, claim, promised, endsEarly);
  }

  private static SizeClaim claim(
      WavChunks chunks, WavChunks.Chunk data, long riffBytes, long wideData, long fileSize)
      throws DecodeException, IOException {
    boolean wide = data.size() == UNSIGNED && wideData != SizeClaim.UNKNOWN;
    long start = data.body();
    boolean unknown = riffBytes <= 0 || riffBytes == UNSIGNED;
    long outer = unknown ? SizeClaim.UNKNOWN : Math.max(0, riffBytes + 8 - start);
    return SizeClaim.of(
        wide ? wideData : data.size(),
        wide ? 64 : 32,
        outer,
        fileSize - start,
        bytes -> chunks.mayEnd(start, bytes));
  }

  private static ByteBuffer formatChunk(ByteSource source, WavChunks.Chunk chunk, ByteOrder order)
      throws DecodeException, IOException {
    ByteBuffer format = source.bytes(chunk.body(), (int) Math.min(chunk.size(), 40), order);
    if (format.remaining() < 16) {
      throw damaged("its format chunk is truncated");
    }
    return format;
  }

  /** Seconds of audio that the header declares; NaN if it does not declare any. */
  double declaredSeconds() {
    return promisedBytes == SizeClaim.UNKNOWN
        ? Double.NaN
        : (double) promisedBytes / format.frameBytes() / format.rate();
  }

  static DecodeException damaged(String what) {
    return new DecodeException(
        FailureKind.CORRUPT, "The WAVE header cannot be used: " + what + ".");
  }
}
