package io.gemoclap.export.turns;

import io.gemoclap.turns.EmotionTurn;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Formats of a file with the turns of one recording, in UTF-8.
 *
 * @hidden
 */
@Internal
public enum TurnFormat {
  /** Rich Transcription Time Marked (NIST RT-09): one line a turn. */
  RTTM("rttm") {
    @Override
    public String text(String recording, String fileId, List<EmotionTurn> turns) {
      return RttmFile.text(fileId, turns);
    }
  },

  /** Praat's text format, with a tier of intervals for each voice. */
  TEXTGRID("TextGrid") {
    @Override
    public String text(String recording, String fileId, List<EmotionTurn> turns) {
      return TextGridFile.text(turns);
    }
  },

  /** A label track: start, end and label, separated by tabs. */
  AUDACITY("txt") {
    @Override
    public String text(String recording, String fileId, List<EmotionTurn> turns) {
      return LabelTrack.text(turns);
    }
  },

  /** Web Video Text Tracks (W3C): one cue a turn. */
  WEBVTT("vtt") {
    @Override
    public String text(String recording, String fileId, List<EmotionTurn> turns) {
      return WebVttFile.text(turns);
    }
  },

  /** ELAN Annotation Format 3.0 (Max Planck Institute for Psycholinguistics): XML. */
  ELAN("eaf") {
    @Override
    public String text(String recording, String fileId, List<EmotionTurn> turns) {
      return ElanFile.text(recording, turns);
    }
  };

  private final String suffix;

  TurnFormat(String suffix) {
    this.suffix = suffix;
  }

  /** Usual ending of the name, without the dot. */
  public String suffix() {
    return suffix;
  }

  /**
   * The content of a file.
   *
   * @param recording its path or URI
   * @param fileId names the recording where a format has a short name for it
   * @param turns in the order of their starts
   */
  public abstract String text(String recording, String fileId, List<EmotionTurn> turns);
}
