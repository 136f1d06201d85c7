package io.gemoclap.audio;

/**
 * What was found in a recording of which at least one sample was decoded.
 *
 * @param container name of the container, as FFmpeg calls it, for instance {@code wav} or {@code
 *     ogg}
 * @param codec name of the codec, as FFmpeg calls it, for instance {@code pcm_s16le} or {@code mp3}
 * @param sourceRate sampling rate of the source in Hz
 * @param channels number of channels of the source
 * @param declaredSeconds length that the file promises, in seconds; NaN where it promises none
 * @param decodedSeconds length that was decoded, in seconds
 * @param badPackets number of packets that could not be decoded and were skipped
 * @param nonFiniteSamples number of source samples that were NaN, infinite or beyond a billion
 *     times full scale, counted over all channels; they were replaced by zero
 * @param truncated whether the recording seems to end early, or reading broke off before its end
 */
public record DecodeReport(
    String container,
    String codec,
    int sourceRate,
    int channels,
    double declaredSeconds,
    double decodedSeconds,
    long badPackets,
    long nonFiniteSamples,
    boolean truncated) {}
