package io.gemoclap.audio.segment;

import java.util.List;

/** The segmenter that cuts windows of one length, whatever is in them. */
record FixedWindows(double lengthSeconds, double hopSeconds) implements Segmenter {
  private static final long serialVersionUID = 1L;
  private static final double SHORTEST_LAST = 0.5;

  FixedWindows {
    require(lengthSeconds, "lengthSeconds");
    require(hopSeconds, "hopSeconds");
  }

  private static void require(double value, String name) {
    if (!(value >= 0.01 && value <= 3_600)) {
      throw new IllegalArgumentException(name + " is " + value + ", but must be 0.01 to 3600.");
    }
  }

  @Override
  public Session open(int sampleRate, List<Span> spans) {
    return new WindowSession(sampleRate);
  }

  private final class WindowSession implements Session {
    private final int length;
    private final int hop;
    private final int shortest;
    private final SampleBuffer buffer = new SampleBuffer();
    private long start;
    private long covered;

    WindowSession(int sampleRate) {
      length = Math.toIntExact(Math.round(lengthSeconds * sampleRate));
      hop = Math.toIntExact(Math.round(hopSeconds * sampleRate));
      shortest = (int) Math.min(length, Math.round(SHORTEST_LAST * sampleRate));
    }

    @Override
    public void accept(float[] samples, int count, Out out) {
      buffer.append(samples, count);
      while (start + length <= buffer.end()) {
        emit(start + length, out);
        start += hop;
      }
      buffer.dropBefore(start);
    }

    @Override
    public void finish(Out out) {
      long end = buffer.end();
      for (; start < end; start += hop) {
        if (end > covered && (end - start >= shortest || start == 0)) {
          emit(end, out);
        }
      }
    }

    private void emit(long end, Out out) {
      out.emit(start, buffer.copy(start, end));
      covered = end;
    }
  }
}
