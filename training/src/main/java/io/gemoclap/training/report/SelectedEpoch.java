package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the epoch was chosen whose weights a fold is judged by. */
public enum SelectedEpoch {
  /** Chosen on the development part: unbiased, and the headline. */
  @JsonProperty("dev")
  DEV("checkpoints chosen on the development part"),

  /**
   * The last one, of a run without development part, or of a method without epochs: nothing was
   * chosen. As honest, and the headline.
   */
  @JsonProperty("last")
  LAST("last epoch, no checkpoint chosen"),

  /** None: the weights are those of a finished bundle, and nothing was trained here. */
  @JsonProperty("bundle")
  BUNDLE("a finished bundle, no checkpoint chosen"),

  /** Chosen on the test part, as much of the literature does: optimistic, and marked as such. */
  @JsonProperty("test")
  TEST("optimistic: checkpoints chosen on the test part");

  private final String phrase;

  SelectedEpoch(String phrase) {
    this.phrase = phrase;
  }

  /** The choice in words, without a capital letter. */
  public String phrase() {
    return phrase;
  }
}
