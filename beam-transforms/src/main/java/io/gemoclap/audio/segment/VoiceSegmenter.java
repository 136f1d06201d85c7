package io.gemoclap.audio.segment;

import java.util.List;

/** The segmenter that keeps speech: levels in, stretches of speech out, samples cut accordingly. */
record VoiceSegmenter(VoiceActivity settings) implements Segmenter {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean findsSpeech(List<Span> spans) {
    return true;
  }

  @Override
  public Session open(int sampleRate, List<Span> spans) {
    return new VoiceSession(sampleRate);
  }

  private final class VoiceSession implements Session {
    private final SampleBuffer buffer = new SampleBuffer();
    private final SpeechLevel level;
    private final SpeechDetector detector;
    private final int frame;
    private final int pad;
    private long emittedTo;

    VoiceSession(int sampleRate) {
      level = new SpeechLevel(sampleRate);
      frame = level.frameSamples();
      detector = new SpeechDetector(settings, (double) frame / sampleRate);
      int padMs = Math.min(settings.speechPadMs(), settings.minSilenceMs() / 2);
      pad = Math.toIntExact((long) padMs * sampleRate / 1_000);
    }

    @Override
    public void accept(float[] samples, int length, Out out) {
      buffer.append(samples, length);
      SpeechDetector.Found found = (from, to, joined, cut) -> emit(from, to, joined, cut, out);
      level.accept(samples, length, decibels -> detector.accept(decibels, found));
      buffer.dropBefore(Math.max(emittedTo, detector.firstNeeded() * frame - pad));
    }

    @Override
    public void finish(Out out) {
      SpeechDetector.Found found = (from, to, joined, cut) -> emit(from, to, joined, cut, out);
      level.finish(decibels -> detector.accept(decibels, found));
      detector.finish(found);
    }

    /** Frames to samples; padding goes where there is a pause, not where long speech was cut. */
    private void emit(long fromFrame, long toFrame, boolean joined, boolean cut, Out out) {
      long from = Math.max(emittedTo, fromFrame * frame - (joined ? 0 : pad));
      long to = Math.min(buffer.end(), toFrame * frame + (cut ? 0 : pad));
      if (from < to) {
        out.emit(from, buffer.copy(from, to));
        emittedTo = to;
      }
    }
  }
}
