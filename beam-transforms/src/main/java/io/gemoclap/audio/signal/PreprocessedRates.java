package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.PcmSink;
import io.gemoclap.audio.pcm.StreamSinks;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Gives the streams of one recording to several {@link PreprocessedStreams}, one for each rate.
 *
 * @hidden
 */
@Internal
public record PreprocessedRates(List<PreprocessedStreams> all) implements StreamSinks {

  /** One of them, to be asked about the recording, of which all know the same. */
  public PreprocessedStreams first() {
    return all.get(0);
  }

  @Override
  public PcmSink open(int channels, boolean discontinuous) {
    List<PcmSink> sinks = new ArrayList<>();
    all.forEach(rate -> sinks.add(rate.open(channels, discontinuous)));
    return sinks.size() == 1 ? sinks.get(0) : new Copies(sinks);
  }

  /** Emits the samples that they still hold. */
  public void flush() throws DecodeException {
    for (PreprocessedStreams rate : all) {
      rate.flush();
    }
  }

  /** Gives each sink the blocks of one stream. */
  private record Copies(List<PcmSink> sinks) implements PcmSink {
    @Override
    public void format(int rate, int channels) throws DecodeException {
      for (PcmSink sink : sinks) {
        sink.format(rate, channels);
      }
    }

    @Override
    public void at(double seconds) throws DecodeException {
      for (PcmSink sink : sinks) {
        sink.at(seconds);
      }
    }

    @Override
    public void restart() throws DecodeException {
      for (PcmSink sink : sinks) {
        sink.restart();
      }
    }

    @Override
    public void block(float[][] planes, int length) throws DecodeException {
      for (int i = 1; i < sinks.size(); i++) {
        // A sink may change the arrays in place.
        float[][] copy = new float[planes.length][];
        for (int channel = 0; channel < planes.length; channel++) {
          copy[channel] = planes[channel].clone();
        }
        sinks.get(i).block(copy, length);
      }
      sinks.get(0).block(planes, length);
    }
  }
}
