package io.gemoclap.audio.segment;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.failure.FailureKind;
import java.util.List;

/** The segmenter that leaves a recording in one piece, from where its sound begins. */
record WholeRecording(double maxSeconds) implements Segmenter {
  private static final long serialVersionUID = 1L;

  WholeRecording {
    if (!(maxSeconds > 0 && maxSeconds <= 86_400)) {
      throw new IllegalArgumentException(
          "maxSeconds is " + maxSeconds + ", but must be above 0 to 86400.");
    }
  }

  @Override
  public Session open(int sampleRate, List<Span> spans) {
    return new WholeSession(sampleRate);
  }

  private final class WholeSession implements Session {
    private final long limit;
    private final SampleBuffer buffer = new SampleBuffer();
    private long start;

    WholeSession(int sampleRate) {
      limit = (long) Math.min(maxSeconds * sampleRate, Integer.MAX_VALUE - 65_536.0);
    }

    @Override
    public void accept(float[] samples, int length, Out out) throws DecodeException {
      if (buffer.end() + length > limit) {
        throw new DecodeException(
            FailureKind.LIMIT,
            "The recording is longer than %s s and cannot be one segment; segment it by voice activity or fixed windows."
                .formatted(maxSeconds));
      }
      buffer.append(samples, length);
    }

    @Override
    public void silence(int length, Out out) throws DecodeException {
      if (buffer.end() == 0) {
        start += length;
      } else {
        accept(new float[length], length, out);
      }
    }

    @Override
    public void finish(Out out) {
      if (buffer.end() > 0) {
        out.emit(start, buffer.copy(0, buffer.end()));
      }
    }
  }
}
