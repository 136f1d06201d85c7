package io.gemoclap.audio.pcm;

import java.util.Locale;
import org.apache.beam.sdk.annotations.Internal;

/**
 * What users should know about a recording that was decoded. A note is written as its {@link #code}
 * alone, or as {@code code: detail}. The table in {@code docs/output.md} explains each.
 */
public enum DecodeNote {
  /** The recording ends before its declared or natural end. */
  TRUNCATED,
  /** Packets could not be decoded and were skipped. */
  BAD_PACKETS,
  /** Float samples held integers, such as ±32768, and were brought to a full scale of 1. */
  RESCALED_FLOAT,
  /** A tag, such as ID3, precedes the recording's own header. */
  TAG_BEFORE_HEADER,
  /** Bytes of no known kind stand before the recording's header; they were skipped. */
  BYTES_BEFORE_HEADER,
  /** The header gives no size, as of a stream; the recording was read to the end of the file. */
  OPEN_SIZE,
  /** The size in the header wrapped at 4 GiB; the recording was read to the end of the file. */
  WRAPPED_SIZE,
  /** The header gives a smaller size than the file holds, as after a recorder was killed. */
  SIZE_TOO_SMALL,
  /** Samples were NaN, infinite or absurdly large, and were replaced by zero. */
  NON_FINITE,
  /** No channel that was decoded has a sample above -90 dB of full scale. */
  SILENCE,
  /** Some channels, but not all, have no sample above -90 dB of full scale. */
  SILENT_CHANNELS,
  /** Channels cancelled each other in their mean, so that some were mixed with turned polarity. */
  MIX_CANCELS,
  /** The sound begins later than the rest of the media, for instance the picture. */
  LATE_START,
  /** Timestamps show gaps, which were filled with silence. */
  GAPS,
  /** Timestamps jump back, or too far ahead to be a gap; the sound was joined at these places. */
  TIME_JUMPS,
  /** Sampling rate or number of channels changes within the recording. */
  FORMAT_CHANGES,
  /** The file has several audio streams, and all of them were decoded. */
  SEVERAL_STREAMS,
  /** The file has audio streams that were not chosen. */
  OTHER_STREAMS,
  /** An audio stream, or a link of a chained Ogg file, could not be decoded and was left out. */
  UNDECODED_STREAM;

  /** The name of this note in outputs, for instance {@code mix_cancels}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The note with what was measured.
   *
   * @param format as in {@link String#format}, in English
   */
  @Internal
  public String with(String format, Object... values) {
    return code() + ": " + String.format(Locale.ROOT, format, values);
  }

  /** The code of a note that may have a detail. */
  public static String codeOf(String note) {
    int colon = note.indexOf(':');
    return colon < 0 ? note : note.substring(0, colon);
  }
}
