package io.gemoclap.audio.segment;

import io.gemoclap.audio.pcm.Sections;

/** Voice activity in one channel of a recording, or of those sections of it that follow one. */
final class VoiceSession implements SectionSession {
  private final SampleBuffer buffer;
  private final SpeechLevel level;
  private final SpeechDetector detector;
  private final SectionBounds bounds;
  private final int frame;
  private final int pad;
  private final long firstFrame;
  private long emittedTo;

  /** Number of the next frame. */
  private long next;

  /**
   * The session of one section. Its first sample is the first of the section, its segments are
   * those of {@link SectionBounds}.
   *
   * @param section number of the section, from 0
   * @param count number of sections of the recording
   */
  VoiceSession(VoiceActivity settings, int sampleRate, Sections sections, int section, int count) {
    buffer = new SampleBuffer(sections.start(section, sampleRate));
    level = new SpeechLevel(sampleRate, sections, section);
    frame = level.frameSamples();
    int padMs = Math.min(settings.speechPadMs(), settings.minSilenceMs() / 2);
    pad = Math.toIntExact((long) padMs * sampleRate / 1_000);
    firstFrame = level.firstFrame(section);
    next = level.nextFrame();
    double frameSeconds = (double) frame / sampleRate;
    detector = new SpeechDetector(settings, frameSeconds, firstFrame, this::note);
    // The padding of two stretches must not meet in the pause between them.
    int pause = Math.max(detector.pause(), 2 * pad / frame + 1);
    bounds =
        new SectionBounds(
            section, count, pause, index -> level.firstFrame(index) + detector.history());
  }

  private void note(long number, boolean active) {
    bounds.accept(number, active);
  }

  @Override
  public void accept(float[] samples, int length, Segmenter.Out out) {
    buffer.append(samples, length);
    SpeechDetector.Found found = (from, to, joined, cut) -> emit(from, to, joined, cut, out);
    level.accept(samples, length, decibels -> accept(decibels, found));
    buffer.dropBefore(Math.max(emittedTo, detector.firstNeeded() * frame - pad));
  }

  @Override
  public void finish(Segmenter.Out out) {
    SpeechDetector.Found found = (from, to, joined, cut) -> emit(from, to, joined, cut, out);
    level.finish(decibels -> accept(decibels, found));
    detector.finish(found);
  }

  @Override
  public boolean done() {
    return bounds.passed();
  }

  private void accept(double decibels, SpeechDetector.Found found) {
    if (next >= firstFrame) {
      detector.accept(decibels, found);
    }
    next++;
  }

  /** Frames to samples; padding goes where there is a pause, not where long speech was cut. */
  private void emit(long fromFrame, long toFrame, boolean joined, boolean cut, Segmenter.Out out) {
    if (!bounds.contain(fromFrame)) {
      return;
    }
    long from = Math.max(emittedTo, fromFrame * frame - (joined ? 0 : pad));
    long to = Math.min(buffer.end(), toFrame * frame + (cut ? 0 : pad));
    if (from < to) {
      out.emit(from, buffer.copy(from, to));
      emittedTo = to;
    }
  }
}
