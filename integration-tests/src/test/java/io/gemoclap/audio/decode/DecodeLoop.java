package io.gemoclap.audio.decode;

import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The process that {@code benchmarks/decode.py} measures: decodes each file whose path it reads to
 * one channel at 16 kHz, and answers with the seconds of audio and of the thread's processor time.
 */
final class DecodeLoop {
  private DecodeLoop() {}

  public static void main(String[] arguments) throws IOException, DecodeException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (AudioDecoder decoder =
        new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, SampleSink.SPEECH_RATE)) {
      for (String path = in.readLine(); path != null; path = in.readLine()) {
        Counting sink = new Counting();
        long cpu = threads.getCurrentThreadCpuTime();
        try (FileChannel file = FileChannel.open(Path.of(path))) {
          decoder.decode(file, path, sink);
        }
        double seconds = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
        System.out.println((double) sink.samples / SampleSink.SPEECH_RATE + " " + seconds);
      }
    }
  }

  private static final class Counting implements SampleSink {
    private long samples;

    @Override
    public void begin(int channels) {}

    @Override
    public void accept(int channel, float[] block, int length) {
      samples += length;
    }
  }
}
