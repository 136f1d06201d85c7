package io.gemoclap.training.corpus;

import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.GuardedDecode;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.segment.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * How long the utterances of a corpus are, by decoding all of their audio: every file once, on all
 * processors.
 *
 * @param seconds utterance id to length; without those whose audio cannot be decoded
 * @param problems files that cannot be decoded or end early, and spans beyond the end of a file
 */
public record Durations(Map<String, Double> seconds, List<Problem> problems) {
  private static final double TOLERATED_SECONDS = 0.05;

  /** Length of a file, or what is wrong with it. */
  private record Measured(double seconds, String problem) {}

  /**
   * Decodes a whole corpus.
   *
   * @param progress receives the number of finished files, from any thread
   */
  public static Durations measure(Corpus corpus, IntConsumer progress) {
    Map<String, Measured> files = new ConcurrentHashMap<>();
    AtomicInteger done = new AtomicInteger();
    corpus.utterances().stream()
        .collect(
            () -> new LinkedHashMap<String, Utterance>(),
            (map, utterance) -> map.putIfAbsent(utterance.uri(), utterance),
            Map::putAll)
        .values()
        .parallelStream()
        .forEach(
            utterance -> {
              files.put(utterance.uri(), measure(utterance));
              progress.accept(done.incrementAndGet());
            });
    Map<String, Double> seconds = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Utterance utterance : corpus.utterances()) {
      Measured file = files.get(utterance.uri());
      double end = utterance.span().map(Span::endSeconds).orElse(file.seconds());
      double start = utterance.span().map(Span::startSeconds).orElse(0.0);
      if (file.problem() != null) {
        problems.add(new Problem(utterance.uri(), 0, file.problem()));
      }
      if (file.seconds() > 0 && end > file.seconds() + TOLERATED_SECONDS) {
        problems.add(
            new Problem(
                utterance.uri(),
                0,
                String.format(
                    Locale.ROOT,
                    "%s ends at %s s, the audio at %.2f s",
                    utterance.id(),
                    end,
                    file.seconds())));
      }
      if (file.seconds() > start) {
        seconds.put(utterance.id(), Math.min(end, file.seconds()) - start);
      }
    }
    return new Durations(seconds, problems.stream().distinct().toList());
  }

  private static Measured measure(Utterance utterance) {
    AudioDecoder decoder =
        new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, SampleSink.SPEECH_RATE);
    try {
      DecodeReport report =
          GuardedDecode.of(
              utterance.uri(),
              utterance::open,
              encoded -> decoder.decode(encoded, utterance.uri(), new Nothing()));
      return new Measured(
          report.decodedSeconds(),
          report.truncated() ? "the audio ends early; its file is damaged" : null);
    } catch (DecodeException e) {
      return new Measured(0, e.getMessage());
    }
  }

  private static final class Nothing implements SampleSink {
    @Override
    public void begin(int channels) {}

    @Override
    public void accept(int channel, float[] samples, int length) {}
  }
}
