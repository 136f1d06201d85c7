package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.PcmSink;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.pcm.StreamSinks;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The streams of one recording on their way to its sink: numbers their output channels one stream
 * after the other, and gathers what happened to the recording.
 *
 * @hidden
 */
@Internal
public final class PreprocessedStreams implements StreamSinks {
  /** -90 dB of full scale: one step of 16 bits lies below. */
  private static final float SILENT_PEAK = 3.1623e-5f;

  private final Preprocessing settings;
  private final SampleSink sink;
  private final List<Preprocessor> streams = new ArrayList<>();

  /** Which output channels have had a sample that is not silent; empty before the first block. */
  private boolean[] audible = {};

  public PreprocessedStreams(Preprocessing settings, SampleSink sink) {
    this.settings = settings;
    this.sink = sink;
  }

  @Override
  public PcmSink open(int channels, boolean discontinuous) {
    Preprocessor stream = new Preprocessor(settings, this, channels, discontinuous);
    streams.add(stream);
    return stream;
  }

  /** Begins the sink with the first block of any stream. */
  void begin() throws DecodeException {
    if (!begun()) {
      int channels = 0;
      for (Preprocessor stream : streams) {
        channels = stream.begin(channels);
      }
      audible = new boolean[channels];
      sink.begin(channels);
    }
  }

  /** Whether there was a block. */
  public boolean begun() {
    return audible.length > 0;
  }

  void accept(int channel, float[] block, int length) throws DecodeException {
    for (int i = 0; i < length && !audible[channel]; i++) {
      audible[channel] = Math.abs(block[i]) >= SILENT_PEAK;
    }
    sink.accept(channel, block, length);
  }

  void silence(int channel, int length) throws DecodeException {
    sink.silence(channel, length);
  }

  void flush() throws DecodeException {
    for (Preprocessor stream : streams) {
      stream.flush();
    }
  }

  /** What happened so far. */
  public StreamTotals totals() {
    int rate = 0;
    int channels = 0;
    double end = 0;
    long nonFinite = 0;
    List<Double> cancelled = new ArrayList<>();
    double start = 0;
    int gaps = 0;
    double gapSeconds = 0;
    int jumps = 0;
    int formatChanges = 0;
    for (Preprocessor stream : streams) {
      MediaTimeline timeline = stream.timeline();
      rate = rate == 0 ? stream.sourceRate() : rate;
      channels += stream.sourceChannels();
      end = Math.max(end, stream.endSeconds());
      nonFinite += stream.nonFiniteSamples();
      cancelled.addAll(stream.cancelledSeconds());
      start = Math.max(start, timeline.startSeconds());
      gaps += timeline.gaps();
      gapSeconds += timeline.gapSeconds();
      jumps += timeline.jumps();
      formatChanges += stream.formatChanges();
    }
    return new StreamTotals(
        rate,
        channels,
        audible,
        end,
        nonFinite,
        cancelled,
        start,
        gaps,
        gapSeconds,
        jumps,
        formatChanges);
  }
}
