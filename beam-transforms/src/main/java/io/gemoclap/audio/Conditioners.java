package io.gemoclap.audio;

import java.util.List;
import java.util.Map;

/** Gives the samples of one source to several {@link Conditioner}s, each with a rate of its own. */
record Conditioners(List<Conditioner> all) implements PcmSink {

  static Conditioners of(
      DecoderLimits limits, ChannelMode mode, Map<Integer, SampleSink> sinks, Deadline deadline) {
    if (sinks.isEmpty()) {
      throw new IllegalArgumentException("There is no sink for the samples");
    }
    return new Conditioners(
        sinks.entrySet().stream()
            .map(sink -> new Conditioner(limits, mode, sink.getKey(), sink.getValue(), deadline))
            .toList());
  }

  /** One of them, to be asked about the source, of which all know the same. */
  Conditioner first() {
    return all.get(0);
  }

  @Override
  public void format(int rate, int channels) throws DecodeException {
    for (Conditioner each : all) {
      each.format(rate, channels);
    }
  }

  @Override
  public void block(float[][] planes, int length) throws DecodeException {
    for (int i = 1; i < all.size(); i++) {
      // A conditioner may change the arrays in place.
      float[][] copy = new float[planes.length][];
      for (int channel = 0; channel < planes.length; channel++) {
        copy[channel] = planes[channel].clone();
      }
      all.get(i).block(copy, length);
    }
    first().block(planes, length);
  }

  /** Pushes what they still hold. */
  void flush() throws DecodeException {
    for (Conditioner each : all) {
      each.flush();
    }
  }
}
