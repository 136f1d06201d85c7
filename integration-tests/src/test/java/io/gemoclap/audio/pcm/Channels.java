package io.gemoclap.audio.pcm;

import io.gemoclap.audio.EncodedBytes;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.DecoderIsolation;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sink that keeps the samples of all channels at 16 kHz, and the report. */
public final class Channels implements SampleSink {
  private static final int RATE = 16_000;

  private final List<float[]> samples = new ArrayList<>();
  private DecodeReport report;

  /** Decodes a file of the test resources in this process. */
  public static Channels decode(String resource, ChannelMode mode, StreamChoice choice)
      throws DecodeException, IOException {
    return decode(bytes(resource), mode, choice, DecoderIsolation.inProcess());
  }

  public static Channels decode(
      byte[] encoded, ChannelMode mode, StreamChoice choice, DecoderIsolation isolation)
      throws DecodeException, IOException {
    Channels channels = new Channels();
    try (AudioDecoder decoder =
            new AudioDecoder(DecoderLimits.defaults(), mode, RATE, isolation, choice);
        SeekableByteChannel channel = EncodedBytes.of(encoded)) {
      channels.report = decoder.decode(channel, "", channels);
    }
    return channels;
  }

  public static byte[] bytes(String resource) throws IOException {
    try {
      return Files.readAllBytes(Path.of(Channels.class.getResource(resource).toURI()));
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void begin(int channels) {
    for (int channel = 0; channel < channels; channel++) {
      samples.add(new float[0]);
    }
  }

  @Override
  public void accept(int channel, float[] block, int length) {
    float[] before = samples.get(channel);
    float[] after = Arrays.copyOf(before, before.length + length);
    System.arraycopy(block, 0, after, before.length, length);
    samples.set(channel, after);
  }

  public DecodeReport report() {
    return report;
  }

  int count() {
    return samples.size();
  }

  /** Length of a channel in seconds. */
  public double seconds(int channel) {
    return (double) samples.get(channel).length / RATE;
  }

  /** Root mean square of a channel from one second to another. */
  public double level(int channel, double from, double to) {
    float[] all = samples.get(channel);
    int first = (int) Math.round(from * RATE);
    int end = Math.min(all.length, (int) Math.round(to * RATE));
    double energy = 0;
    for (int i = first; i < end; i++) {
      energy += (double) all[i] * all[i];
    }
    return Math.sqrt(energy / Math.max(1, end - first));
  }

  /** Root mean square of a whole channel. */
  public double level(int channel) {
    return level(channel, 0, seconds(channel));
  }

  /** Whether the report has a note of this kind. */
  public boolean noted(DecodeNote note) {
    return report.notes().stream().map(DecodeNote::codeOf).anyMatch(note.code()::equals);
  }
}
