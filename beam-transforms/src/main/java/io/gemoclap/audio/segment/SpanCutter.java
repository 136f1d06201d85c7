package io.gemoclap.audio.segment;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/** The segmenter that cuts out the spans it is given, and leaves recordings without to another. */
record SpanCutter(double maxSeconds, Segmenter withoutSpans) implements Segmenter {
  private static final long serialVersionUID = 1L;

  /** Lists are rounded, and encoders shift the end of a recording by some milliseconds. */
  private static final double TOLERANCE = 0.1;

  @Override
  public boolean findsSpeech(List<Span> spans) {
    return spans.isEmpty() && withoutSpans.findsSpeech(spans);
  }

  @Override
  public Session open(int sampleRate, List<Span> spans) {
    return open(
        sampleRate,
        spans.stream().map(span -> span.withChannel(Span.EVERY_CHANNEL)).toList(),
        0,
        1);
  }

  @Override
  public Session open(int sampleRate, List<Span> spans, int channel, int channels) {
    return spans.isEmpty()
        ? withoutSpans.open(sampleRate, spans)
        : new SpanSession(sampleRate, spans, channel, channels);
  }

  private record Refused(Span span, String reason) {}

  private final class SpanSession implements Session {
    private final int rate;
    private final Queue<Refused> refused = new ArrayDeque<>();
    private final PriorityQueue<Span> byStart =
        new PriorityQueue<>(
            Comparator.comparingDouble(Span::startSeconds).thenComparing(Span::endSeconds));
    private final PriorityQueue<Span> byEnd =
        new PriorityQueue<>(
            Comparator.comparingDouble(Span::endSeconds).thenComparing(Span::startSeconds));
    private final SampleBuffer buffer = new SampleBuffer();

    SpanSession(int sampleRate, List<Span> spans, int channel, int channels) {
      rate = sampleRate;
      Map<String, Span> byTimes = new HashMap<>();
      for (Span span : spans) {
        int of = span.channel();
        if (of == Span.EVERY_CHANNEL || of == channel) {
          Span same = byTimes.putIfAbsent(times(span), span);
          add(span, same == null ? objection(span) : repeats(span, same));
        } else if (of >= channels && channel == 0) {
          // One channel reports it for all.
          add(
              span,
              "The span is in channel %s, but the recording has channels 0 to %s."
                  .formatted(of, channels - 1));
        }
      }
    }

    private void add(Span span, String objection) {
      if (objection.isEmpty()) {
        byStart.add(span);
        byEnd.add(span);
      } else {
        refused.add(new Refused(span, objection));
      }
    }

    private String objection(Span span) {
      return span.endSeconds() - span.startSeconds() > maxSeconds
          ? "The span from %s s to %s s is longer than %s s."
              .formatted(span.startSeconds(), span.endSeconds(), maxSeconds)
          : "";
    }

    /** Segments are identified by channel and times, so one stretch has one result. */
    private String times(Span span) {
      return sample(span.startSeconds()) + "-" + sample(span.endSeconds());
    }

    private static String repeats(Span span, Span same) {
      return "The span from %s s to %s s is given twice; its result is that of the first%s."
          .formatted(
              span.startSeconds(),
              span.endSeconds(),
              same.speaker().isEmpty() ? "" : ", of speaker " + same.speaker());
    }

    @Override
    public void accept(float[] samples, int length, Out out) {
      buffer.append(samples, length);
      while (!byEnd.isEmpty() && sample(byEnd.peek().endSeconds()) <= buffer.end()) {
        emit(byEnd.remove(), out);
      }
      // The earliest span that is still waited for says what must be kept.
      while (!byStart.isEmpty() && sample(byStart.peek().endSeconds()) <= buffer.end()) {
        byStart.remove();
      }
      long keep = byStart.isEmpty() ? buffer.end() : sample(byStart.peek().startSeconds());
      buffer.dropBefore(keep);
    }

    @Override
    public void finish(Out out) {
      double seconds = (double) buffer.end() / rate;
      for (; !byEnd.isEmpty(); byEnd.remove()) {
        Span span = byEnd.peek();
        boolean close = span.endSeconds() <= seconds + TOLERANCE;
        if (close && sample(span.startSeconds()) < buffer.end()) {
          emit(span, out);
        } else {
          out.missed(
              span,
              String.format(
                  Locale.ROOT,
                  "The span ends at %s s, but the recording at %.3f s.",
                  span.endSeconds(),
                  seconds));
        }
      }
      refused.forEach(each -> out.missed(each.span(), each.reason()));
    }

    private void emit(Span span, Out out) {
      long from = sample(span.startSeconds());
      long to = Math.min(buffer.end(), sample(span.endSeconds()));
      if (from < to) {
        out.emit(span, from, buffer.copy(from, to));
      } else {
        out.missed(span, "The span is shorter than one sample.");
      }
    }

    private long sample(double seconds) {
      return Math.round(seconds * rate);
    }
  }
}
