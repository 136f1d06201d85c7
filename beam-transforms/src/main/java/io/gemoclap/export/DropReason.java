package io.gemoclap.export;

import java.util.Locale;

/** Why a segment of the results is not in a corpus. */
public enum DropReason {
  UNCERTAIN("the model abstained"),
  CONFIDENCE("the confidence is too low"),
  SPEECH_PROBABILITY("the speech probability is too low"),
  TOO_SHORT("the segment is too short"),
  TOO_LONG("the segment is too long"),
  NOT_SPEECH("people say that it is not speech"),
  NOT_CORRECTED("nobody gave it a label"),
  SNR("the signal-to-noise ratio is too low"),
  CLIPPING("too many samples are clipped"),
  BANDWIDTH("the bandwidth is too low"),
  LEVEL("the level is too low"),
  SPEECH_SHARE("the share of speech is too low"),
  CHANNEL("a manifest cannot name one channel of a recording"),
  CLASS_BALANCE("the corpus has enough of its label"),
  HOURS("the corpus has enough hours"),
  AUDIO("its audio cannot be read");

  private final String sentence;

  DropReason(String sentence) {
    this.sentence = sentence;
  }

  /** The reason in words. */
  public String sentence() {
    return sentence;
  }

  /** The reason's name in files. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
