package io.gemoclap.audio.segment;

import io.gemoclap.audio.pcm.DecodeException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Lets pass the segments of another segmenter that may hold speech, and refuses the others.
 *
 * <p>A segment shorter than {@link SpeechPresence#CONTEXT_SECONDS} is compared with that much of
 * the recording up to its end; at the start of a recording it waits for what follows. Holds that
 * much audio, and the segments that wait. The result does not depend on the sizes of the blocks.
 *
 * @hidden
 */
@Internal
public final class SpeechGate implements Segmenter.Session {
  /**
   * Takes the segments that are refused, on the thread that feeds the session.
   *
   * @hidden
   */
  public interface Refusals {
    /**
     * A segment without speech.
     *
     * @param startSample index of its first sample in the recording
     * @param length number of its samples
     * @param span what was requested; null if the segmenter has found the segment itself
     * @param reason one sentence for humans
     */
    void refuse(long startSample, int length, @Nullable Span span, String reason);
  }

  @SuppressWarnings("ArrayRecordComponent") // waits in a queue, never compared
  private record Waiting(long start, float[] samples, @Nullable Span span) {}

  private final Segmenter.Session segmenter;
  private final SpeechPresence presence;
  private final int context;
  private final Refusals refusals;
  private final SampleBuffer recent = new SampleBuffer();
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  public SpeechGate(Segmenter.Session segmenter, int sampleRate, Refusals refusals) {
    this.segmenter = segmenter;
    this.presence = new SpeechPresence(sampleRate);
    this.context = (int) Math.round(SpeechPresence.CONTEXT_SECONDS * sampleRate);
    this.refusals = refusals;
  }

  @Override
  public void accept(float[] samples, int length, Segmenter.Out out) throws DecodeException {
    recent.append(samples, length);
    segmenter.accept(samples, length, judging(out, false));
    advance(out);
  }

  @Override
  public void silence(int length, Segmenter.Out out) throws DecodeException {
    recent.append(new float[length], length);
    segmenter.silence(length, judging(out, false));
    advance(out);
  }

  @Override
  public void finish(Segmenter.Out out) throws DecodeException {
    segmenter.finish(judging(out, true));
    release(out);
  }

  private void advance(Segmenter.Out out) {
    if (recent.end() >= context) {
      release(out);
      recent.dropBefore(recent.end() - context);
    }
  }

  private void release(Segmenter.Out out) {
    for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
      judge(each.start, each.samples, each.span, out);
    }
  }

  private Segmenter.Out judging(Segmenter.Out out, boolean ended) {
    return new Segmenter.Out() {
      @Override
      public void emit(long startSample, float[] samples) {
        judgeOrWait(startSample, samples, null);
      }

      @Override
      public void emit(Span span, long startSample, float[] samples) {
        judgeOrWait(startSample, samples, span);
      }

      private void judgeOrWait(long startSample, float[] samples, @Nullable Span span) {
        boolean early = startSample + samples.length < context && recent.end() < context;
        if (early && !ended) {
          waiting.add(new Waiting(startSample, samples, span));
        } else {
          judge(startSample, samples, span, out);
        }
      }

      @Override
      public void missed(Span span, String reason) {
        out.missed(span, reason);
      }
    };
  }

  private void judge(long start, float[] samples, @Nullable Span span, Segmenter.Out out) {
    Optional<String> objection = objection(start, samples);
    if (objection.isPresent()) {
      refusals.refuse(start, samples.length, span, objection.get());
    } else if (span != null) {
      out.emit(span, start, samples);
    } else {
      out.emit(start, samples);
    }
  }

  private Optional<String> objection(long start, float[] samples) {
    long end = start + samples.length;
    long from = Math.max(0, end - context);
    long to = Math.min(Math.max(end, context), recent.end());
    if (samples.length >= context || from < recent.start() || to < end) {
      return presence.objection(samples, 0, samples.length);
    }
    int offset = (int) (start - from);
    return presence.objection(recent.copy(from, to), offset, offset + samples.length);
  }
}
