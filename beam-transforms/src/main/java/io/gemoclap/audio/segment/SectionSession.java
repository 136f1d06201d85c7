package io.gemoclap.audio.segment;

import io.gemoclap.audio.pcm.Sections;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A session of one section of a recording. It takes the samples from the start of the section on,
 * and emits the segments that belong to the section. The segments of all sections are those of a
 * session of the whole recording. See {@link Sections}.
 *
 * @hidden
 */
@Internal
public interface SectionSession extends Segmenter.Session {
  /** Whether the section has all its segments, so that no more samples are needed. */
  boolean done();

  /**
   * Opens the session of one section.
   *
   * @hidden
   */
  interface Opener {
    /**
     * Opens a session.
     *
     * @param sampleRate rate of the samples in Hz
     * @param section number of the section, from 0
     * @param count number of sections of the recording
     */
    SectionSession open(int sampleRate, int section, int count);
  }

  /**
   * How a segmenter segments sections; empty if it cannot.
   *
   * @param spans those of the recording, as for {@link Segmenter#open}
   */
  static Optional<Opener> of(Segmenter segmenter, List<Span> spans) {
    if (segmenter instanceof SpanCutter cutter && spans.isEmpty()) {
      return of(cutter.withoutSpans(), spans);
    }
    return segmenter instanceof VoiceSegmenter voice
        ? Optional.of(
            (rate, section, count) ->
                new VoiceSession(voice.settings(), rate, Sections.DEFAULT, section, count))
        : Optional.empty();
  }
}
