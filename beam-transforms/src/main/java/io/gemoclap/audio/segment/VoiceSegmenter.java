package io.gemoclap.audio.segment;

import io.gemoclap.audio.pcm.Sections;
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
    return new VoiceSession(settings, sampleRate, Sections.DEFAULT, 0, 1);
  }
}
