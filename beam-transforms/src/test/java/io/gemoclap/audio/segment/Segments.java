package io.gemoclap.audio.segment;

import io.gemoclap.audio.pcm.DecodeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a segmenter over a recording and keeps what it emits. */
public final class Segments implements Segmenter.Out {
  public static final int RATE = 16_000;

  private final List<long[]> bounds = new ArrayList<>();
  private final List<float[]> samples = new ArrayList<>();
  private final List<Span> missed = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();

  static Segments of(Segmenter segmenter, float[] recording, int blockSize, Span... spans)
      throws DecodeException {
    return of(segmenter.open(RATE, List.of(spans)), recording, blockSize);
  }

  static Segments of(Segmenter.Session session, float[] recording, int blockSize)
      throws DecodeException {
    Segments segments = new Segments();
    for (int from = 0; from < recording.length; from += blockSize) {
      int count = Math.min(blockSize, recording.length - from);
      session.accept(Arrays.copyOfRange(recording, from, from + count), count, segments);
    }
    session.finish(segments);
    return segments;
  }

  /** A recording whose samples count from zero, so that a segment shows where it is from. */
  static float[] counting(double seconds) {
    float[] recording = new float[(int) Math.round(seconds * RATE)];
    for (int i = 0; i < recording.length; i++) {
      recording[i] = i;
    }
    return recording;
  }

  @Override
  public void emit(long startSample, float[] segment) {
    bounds.add(new long[] {startSample, startSample + segment.length});
    samples.add(segment);
  }

  @Override
  public void emit(Span span, long startSample, float[] segment) {
    spans.add(span);
    emit(startSample, segment);
  }

  @Override
  public void missed(Span span, String reason) {
    missed.add(span);
    reasons.add(reason);
  }

  List<float[]> samples() {
    return samples;
  }

  List<Span> missed() {
    return missed;
  }

  /** What was requested for each segment; empty if segments were found. */
  List<Span> spans() {
    return spans;
  }

  /** Why each of {@link #missed} was missed. */
  List<String> reasons() {
    return reasons;
  }

  /** The segments as {@code start-end} in seconds with two decimals. */
  List<String> seconds() {
    List<String> texts = new ArrayList<>();
    for (long[] each : bounds) {
      texts.add("%.2f-%.2f".formatted((double) each[0] / RATE, (double) each[1] / RATE));
    }
    return texts;
  }

  double start(int segment) {
    return (double) bounds.get(segment)[0] / RATE;
  }

  double end(int segment) {
    return (double) bounds.get(segment)[1] / RATE;
  }

  int count() {
    return bounds.size();
  }
}
