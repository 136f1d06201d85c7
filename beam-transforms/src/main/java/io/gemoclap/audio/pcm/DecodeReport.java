package io.gemoclap.audio.pcm;

import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * What was found in a recording of which at least one sample was decoded.
 *
 * @param container name of the container, as FFmpeg calls it, for instance {@code wav} or {@code
 *     ogg}
 * @param codec name of the codec, as FFmpeg calls it, for instance {@code pcm_s16le} or {@code mp3}
 * @param sourceRate sampling rate of the source in Hz
 * @param channels number of channels of the source, summed over the audio streams that were decoded
 * @param declaredSeconds length that the file promises, in seconds; NaN where it promises none
 * @param decodedSeconds media time at which the decoded sound ends, in seconds: the length that was
 *     decoded, with a late start and gaps
 * @param badPackets number of packets that could not be decoded and were skipped
 * @param nonFiniteSamples number of source samples that were NaN, infinite or beyond a billion
 *     times full scale, counted over all channels; they were replaced by zero
 * @param truncated whether the recording seems to end early, or reading broke off before its end
 * @param outputChannels number of channels that the sink was given
 * @param notes what users should know, each a note of {@link DecodeNote}, perhaps with a detail
 * @hidden
 */
@Internal
public record DecodeReport(
    String container,
    String codec,
    int sourceRate,
    int channels,
    double declaredSeconds,
    double decodedSeconds,
    long badPackets,
    long nonFiniteSamples,
    boolean truncated,
    int outputChannels,
    List<String> notes) {

  /** Copies the notes. */
  public DecodeReport {
    notes = List.copyOf(notes);
  }
}
