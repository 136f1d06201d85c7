package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.PcmSink;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.failure.FailureKind;
import java.util.List;
import java.util.Locale;

/**
 * Turns the samples of one stream into output channels: checks limits, removes non-finite samples,
 * mixes or keeps channels, removes offsets and rumble, changes the rate, and puts silence where
 * timestamps show a gap.
 */
final class Preprocessor implements PcmSink {
  /** Larger values are noise from a damaged float file, and would overflow when squared. */
  private static final float LARGEST = 1e9f;

  private final Preprocessing settings;
  private final PreprocessedStreams outputs;
  private final MediaTimeline timeline;
  private final SectionChains chains;

  /** Output channels of this stream, and the number of the first of them. */
  private int width;

  private int firstOutput;

  private int firstRate;
  private int firstChannels;
  private int rate;
  private int channels;
  private int formatChanges;

  /** Media time at which the present piece begins: a stretch of one rate without a gap. */
  private double pieceStart;

  /** Samples of each source channel in the present piece. */
  private long samples;

  /** Samples of each output channel so far. */
  private long emitted;

  private double nextBlockAt = Double.NaN;
  private long nonFinite;

  Preprocessor(
      Preprocessing settings,
      PreprocessedStreams outputs,
      int announcedChannels,
      boolean discontinuous) {
    this.settings = settings;
    this.outputs = outputs;
    this.width = settings.mode() == ChannelMode.MIX ? 1 : announcedChannels;
    this.timeline = new MediaTimeline(discontinuous, settings.limits().maxSeconds());
    this.chains = new SectionChains(settings, this::emit);
  }

  @Override
  public void format(int newRate, int newChannels) throws DecodeException {
    if (newRate < settings.limits().minRate() || newRate > settings.limits().maxRate()) {
      throw limit(
          "The sampling rate is %d Hz, outside %d to %d Hz (DecoderLimits.withRates).",
          newRate, settings.limits().minRate(), settings.limits().maxRate());
    }
    if (newChannels > settings.limits().maxChannels()) {
      throw limit(
          "The recording has %d channels, more than %d (DecoderLimits.withMaxChannels).",
          newChannels, settings.limits().maxChannels());
    }
    if (firstRate == 0) {
      firstRate = newRate;
      firstChannels = newChannels;
      if (settings.mode() == ChannelMode.SPLIT && !outputs.begun()) {
        width = newChannels;
      }
    } else if (newRate != rate || newChannels != channels) {
      formatChanges++;
    }
    if (rate == 0) {
      rate = newRate;
      samples = settings.start().sample();
    } else if (rate != newRate) {
      flush();
      pieceStart = endSeconds();
      samples = 0;
      rate = newRate;
    }
    channels = newChannels;
    chains.format(newRate, newChannels);
  }

  /**
   * Fixes the output channels, before the first block of any stream.
   *
   * @param first number of this stream's first output channel
   * @return number of the next stream's first one
   */
  int begin(int first) throws DecodeException {
    firstOutput = first;
    emitted = settings.sections().start(settings.start().section(), settings.outputRate());
    chains.begin(width, settings.start());
    return first + width;
  }

  @Override
  public void at(double seconds) {
    nextBlockAt = seconds + (double) settings.start().sample() / rate;
  }

  @Override
  public void restart() {
    timeline.restart();
  }

  @Override
  public void block(float[][] planes, int length) throws DecodeException {
    settings.deadline().check();
    if (length == 0) {
      return;
    }
    requireAligned();
    double gap = timeline.gap(nextBlockAt, endSeconds());
    nextBlockAt = Double.NaN;
    samples += length;
    if (endSeconds() + gap > settings.limits().maxSeconds()) {
      throw limit(
          "The recording is longer than %s s (DecoderLimits.withMaxSeconds).",
          settings.limits().maxSeconds());
    }
    samples -= length;
    for (float[] plane : planes) {
      scrub(plane, length);
    }
    outputs.begin();
    if (gap > 0) {
      skip(gap);
    }
    samples += length;
    chains.accept(planes, length);
  }

  /** Where the input begins late, the source must deliver the sample that was announced. */
  private void requireAligned() {
    SectionStart start = settings.start();
    if (start.sample() > 0
        && samples < settings.sections().start(start.section(), rate)
        && Math.abs(nextBlockAt - endSeconds()) * rate > 0.5) {
      throw new SectionStart.MissedException();
    }
  }

  /** Ends the piece and appends silence. */
  private void skip(double seconds) throws DecodeException {
    flush();
    pieceStart = endSeconds() + seconds;
    samples = 0;
    long target = Math.round(pieceStart * settings.outputRate());
    while (emitted < target) {
      settings.deadline().check();
      int count = (int) Math.min(SampleSink.MAX_BLOCK, target - emitted);
      for (int channel = 0; channel < width; channel++) {
        outputs.silence(firstOutput + channel, count);
      }
      emitted += count;
    }
  }

  /** Pushes what the filters still hold. */
  void flush() throws DecodeException {
    chains.flush();
  }

  int sourceRate() {
    return firstRate;
  }

  int sourceChannels() {
    return firstChannels;
  }

  /** Media time after the last sample. */
  double endSeconds() {
    return rate == 0 ? 0 : pieceStart + (double) samples / rate;
  }

  long nonFiniteSamples() {
    return nonFinite;
  }

  int formatChanges() {
    return formatChanges;
  }

  /** Seconds in which channels were mixed with turned polarity, for each section. */
  List<Double> cancelledSeconds() {
    return chains.cancelledSeconds();
  }

  MediaTimeline timeline() {
    return timeline;
  }

  private void emit(int channel, float[] block, int length) throws DecodeException {
    if (channel == 0) {
      emitted += length;
    }
    if (length > 0) {
      outputs.accept(firstOutput + channel, block, length);
    }
  }

  private void scrub(float[] plane, int length) {
    for (int i = 0; i < length; i++) {
      // False for NaN, too.
      if (!(Math.abs(plane[i]) <= LARGEST)) {
        plane[i] = 0;
        nonFinite++;
      }
    }
  }

  private static DecodeException limit(String format, Object... values) {
    return new DecodeException(FailureKind.LIMIT, String.format(Locale.ROOT, format, values));
  }
}
