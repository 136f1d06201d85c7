package io.gemoclap.audio.pcm;

import java.io.IOException;
import java.util.Set;
import org.apache.beam.sdk.annotations.Internal;

/**
 * How many bytes of samples a container holds. The size in its header is a claim: it is believed as
 * far as the file confirms it.
 *
 * @param bytes bytes of samples that are there
 * @param promised bytes of samples that the header declares; {@link #UNKNOWN} if it declares none
 * @param verdict how the claim compares with the file
 * @hidden
 */
@Internal
public record SizeClaim(long bytes, long promised, Verdict verdict) {
  /** An unknown number of bytes. */
  public static final long UNKNOWN = -1;

  private static final long WRAP = 1L << 32;

  /** Recorders that write to a pipe promise a size near 2 or 4 GiB, or near the largest number. */
  private static final long STREAMED_31 = 0x7FFF0000L;

  private static final long STREAMED_32 = 0xFFFF0000L;
  private static final long STREAMED_63 = 1L << 62;

  /**
   * How a claim compares with the file.
   *
   * @hidden
   */
  public enum Verdict {
    /** The samples end where the header says. */
    CONFIRMED,
    /** The file ends before the samples do. */
    CUT_OFF,
    /** The header says that the size is not known: the samples reach to the end of the file. */
    OPEN,
    /** The size is right modulo 4 GiB, as its field was too narrow. */
    WRAPPED,
    /** The size of the samples is too small, but the size of the whole file is right. */
    UNDERSTATED,
    /** Both sizes are too small: the recorder stopped before it completed its header. */
    UNFINISHED
  }

  /**
   * Checks whether samples of this many bytes would be followed by what a container has there.
   *
   * @hidden
   */
  public interface Ends {
    boolean after(long bytes) throws DecodeException, IOException;
  }

  /**
   * Compares a claim with the file.
   *
   * @param claimed the size of the samples as the header has it, taken as unsigned
   * @param bits width of that field, 32 or 64
   * @param outer what the size of the whole file says of the size of the samples; {@link #UNKNOWN}
   *     if it says nothing or was never filled in
   * @param present bytes from the first sample to the end of the file
   * @param ends whether samples may end after this many bytes
   */
  public static SizeClaim of(long claimed, int bits, long outer, long present, Ends ends)
      throws DecodeException, IOException {
    boolean allOnes = claimed < 0 || (bits == 32 && claimed == WRAP - 1);
    boolean near = near(claimed, STREAMED_31, 1L << 31) || near(claimed, STREAMED_32, WRAP - 1);
    boolean streamed = allOnes || claimed >= STREAMED_63 || (near && claimed > present);
    if (streamed) {
      return new SizeClaim(present, UNKNOWN, Verdict.OPEN);
    }
    if (claimed > present) {
      return new SizeClaim(present, claimed, Verdict.CUT_OFF);
    }
    if (ends.after(claimed)) {
      return new SizeClaim(claimed, claimed, Verdict.CONFIRMED);
    }
    if (bits == 32) {
      for (long size = claimed + (present - claimed) / WRAP * WRAP; size > claimed; size -= WRAP) {
        if (ends.after(size)) {
          return new SizeClaim(size, size, Verdict.WRAPPED);
        }
      }
    }
    if (near || (claimed == 0 && outer == UNKNOWN)) {
      return new SizeClaim(present, UNKNOWN, Verdict.OPEN);
    }
    // One byte of padding may be missing.
    boolean whole = Math.abs(outer - present) <= 1;
    return new SizeClaim(present, UNKNOWN, whole ? Verdict.UNDERSTATED : Verdict.UNFINISHED);
  }

  /** Whether samples that the header promises are not there. */
  public boolean endsEarly() {
    return verdict == Verdict.CUT_OFF || verdict == Verdict.UNFINISHED;
  }

  /** What a report says about the claim, as codes. */
  public Set<String> notes() {
    return switch (verdict) {
      case CONFIRMED, CUT_OFF -> Set.of();
      case OPEN -> Set.of(DecodeNote.OPEN_SIZE.code());
      case WRAPPED -> Set.of(DecodeNote.WRAPPED_SIZE.code());
      case UNDERSTATED, UNFINISHED -> Set.of(DecodeNote.SIZE_TOO_SMALL.code());
    };
  }

  private static boolean near(long value, long from, long to) {
    return value >= from && value <= to;
  }
}
