package io.gemoclap.cli.benchmark;

import com.google.common.primitives.Floats;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A recording in memory, encoded and as samples. */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, never compared or written to
record Clip(Path file, byte[] encoded, float[] samples, String format, double seconds) {
  static final int SAMPLE_RATE = SampleSink.SPEECH_RATE;

  static final AudioDecoder DECODER =
      new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, SAMPLE_RATE);

  /** The recordings of a folder, by name; {@code log} gets files that cannot be decoded. */
  static List<Clip> of(Path folder, Consumer<String> log) throws IOException {
    List<Clip> clips = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try {
          clips.add(read(file));
        } catch (DecodeException e) {
          log.accept("Not measured: " + file + ": " + e.getMessage());
        }
      }
    }
    if (clips.isEmpty()) {
      throw new IOException("'" + folder + "' contains no audio that can be decoded");
    }
    return clips;
  }

  private static Clip read(Path file) throws IOException, DecodeException {
    byte[] encoded = Files.readAllBytes(file);
    Collected samples = new Collected(new ArrayList<>());
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      DecodeReport report = DECODER.decode(channel, name(file), samples);
      String suffix = name(file).replaceFirst(".*\\.", "");
      float[] all = samples.all();
      return new Clip(
          file,
          encoded,
          all,
          "%s (%s, %s Hz)".formatted(suffix, report.codec(), report.sourceRate()),
          all.length / (double) SAMPLE_RATE);
    }
  }

  /** Decodes anew, from the file. */
  float[] decode() throws IOException {
    return decode(DECODER);
  }

  /** Decodes anew, from the file, with a decoder to 16 kHz. */
  float[] decode(AudioDecoder decoder) throws IOException {
    Collected fresh = new Collected(new ArrayList<>());
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      decoder.decode(channel, name(file), fresh);
    } catch (DecodeException e) {
      throw new IOException(file + " could be decoded before, but not now", e);
    }
    return fresh.all();
  }

  /** Decodes anew, and cuts by voice activity with its default settings. */
  List<float[]> segments() throws IOException {
    List<float[]> segments = new ArrayList<>();
    Segmenter.Out out =
        new Segmenter.Out() {
          @Override
          public void emit(long startSample, float[] samples) {
            segments.add(samples);
          }

          @Override
          public void missed(Span span, String reason) {
            throw new IllegalStateException("No span was asked for: " + reason);
          }
        };
    Segmenter.Session session = Segmenter.voiceActivity().open(SAMPLE_RATE, List.of());
    float[] samples = decode();
    try {
      session.accept(samples, samples.length, out);
      session.finish(out);
    } catch (DecodeException e) {
      throw new IOException(file + " could not be cut by voice activity", e);
    }
    return segments;
  }

  static double seconds(List<Clip> clips) {
    return clips.stream().mapToDouble(Clip::seconds).sum();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Noise of a length at a rate, for measurements whose result does not depend on what is said. */
  static float[] noise(SplittableRandom random, double seconds, int rate) {
    float[] samples = new float[(int) (seconds * rate)];
    for (int t = 0; t < samples.length; t++) {
      samples[t] = (float) (0.1 * random.nextGaussian());
    }
    return samples;
  }

  private record Collected(List<float[]> blocks) implements SampleSink {
    @Override
    public void begin(int channels) {}

    @Override
    public void accept(int channel, float[] block, int count) {
      blocks.add(Arrays.copyOf(block, count));
    }

    float[] all() {
      return Floats.concat(blocks.toArray(float[][]::new));
    }
  }
}
