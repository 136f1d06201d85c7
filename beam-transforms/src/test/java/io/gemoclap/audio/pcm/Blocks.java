package io.gemoclap.audio.pcm;

import java.util.ArrayList;
import java.util.List;

/** A sink that keeps everything that it gets. */
public final class Blocks implements SampleSink {
  private final List<List<Float>> channels = new ArrayList<>();
  private int largest;

  @Override
  public void begin(int streams) {
    for (int stream = 0; stream < streams; stream++) {
      channels.add(new ArrayList<>());
    }
  }

  @Override
  public void accept(int channel, float[] samples, int length) {
    largest = Math.max(largest, length);
    for (int i = 0; i < length; i++) {
      channels.get(channel).add(samples[i]);
    }
  }

  public int streams() {
    return channels.size();
  }

  public int largestBlock() {
    return largest;
  }

  public float[] channel(int channel) {
    List<Float> values = channels.get(channel);
    float[] samples = new float[values.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = values.get(i);
    }
    return samples;
  }
}
