package io.gemoclap.export.clip;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.pcm.StreamChoice;
import java.io.Serializable;

/**
 * How clips are cut out of recordings. Channels and streams must be those that the segments were
 * cut from, so that their numbers mean the same. Immutable.
 */
@AutoValue
public abstract class ClipSettings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int LOWEST_RATE = 8_000;
  private static final int HIGHEST_RATE = 192_000;

  /** How clips are encoded. */
  public abstract ClipFormat format();

  /** Rate of the clips in Hz. */
  public abstract int sampleRate();

  abstract ChannelMode channels();

  abstract StreamChoice stream();

  abstract DecoderLimits limits();

  abstract DecoderIsolation isolation();

  abstract AllowedRoots roots();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setFormat(ClipFormat format);

    abstract Builder setSampleRate(int sampleRate);

    abstract Builder setChannels(ChannelMode channels);

    abstract Builder setStream(StreamChoice stream);

    abstract Builder setLimits(DecoderLimits limits);

    abstract Builder setIsolation(DecoderIsolation isolation);

    abstract Builder setRoots(AllowedRoots roots);

    abstract ClipSettings build();
  }

  /** FLAC at 16 kHz, of recordings anywhere, whose channels were mixed. */
  public static ClipSettings defaults() {
    return new AutoValue_ClipSettings.Builder()
        .setFormat(ClipFormat.FLAC)
        .setSampleRate(SampleSink.SPEECH_RATE)
        .setChannels(ChannelMode.MIX)
        .setStream(StreamChoice.all())
        .setLimits(DecoderLimits.defaults())
        .setIsolation(DecoderIsolation.inProcess())
        .setRoots(AllowedRoots.everywhere())
        .build();
  }

  /** Encodes clips otherwise; default FLAC. */
  public ClipSettings withFormat(ClipFormat format) {
    return toBuilder().setFormat(format).build();
  }

  /** Rate of the clips in Hz, 8,000 to 192,000; default 16,000. */
  public ClipSettings withSampleRate(int rate) {
    checkArgument(
        rate >= LOWEST_RATE && rate <= HIGHEST_RATE,
        "sampleRate is %s, but must lie in 8000..192000 Hz",
        rate);
    return toBuilder().setSampleRate(rate).build();
  }

  /** As in {@code DecodeAudio.withChannels} of the job that cut the segments; default mixed. */
  public ClipSettings withChannels(ChannelMode channels) {
    return toBuilder().setChannels(channels).build();
  }

  /** As in {@code DecodeAudio.withStream} of the job that cut the segments; default all. */
  public ClipSettings withStream(StreamChoice stream) {
    return toBuilder().setStream(stream).build();
  }

  /** Bounds on what one recording may take; default {@link DecoderLimits#defaults()}. */
  public ClipSettings withLimits(DecoderLimits limits) {
    return toBuilder().setLimits(limits).build();
  }

  /** Where native decoders run; default in this process. */
  public ClipSettings withIsolation(DecoderIsolation isolation) {
    return toBuilder().setIsolation(isolation).build();
  }

  /** Where recordings may lie; default everywhere. */
  public ClipSettings withAllowedRoots(AllowedRoots roots) {
    return toBuilder().setRoots(roots).build();
  }

  /** Whether channels of a recording were kept apart. */
  public boolean channelsApart() {
    return channels() == ChannelMode.SPLIT;
  }

  /** Whether a stream other than the first was decoded by its number. */
  public boolean laterStream() {
    return stream().number() > 1;
  }

  /** Clips sound as the recording does: offset and rumble stay. */
  AudioDecoder decoder() {
    return AudioDecoder.unfiltered(limits(), channels(), sampleRate(), isolation(), stream());
  }
}
