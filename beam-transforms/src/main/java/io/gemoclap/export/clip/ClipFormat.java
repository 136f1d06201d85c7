package io.gemoclap.export.clip;

/** How exported clips are encoded: one channel of 16-bit samples. */
public enum ClipFormat {
  /** FLAC (RFC 9639): without loss, about half the size of WAV. */
  FLAC("flac", "audio/flac"),

  /** WAV with PCM samples. */
  WAV("wav", "audio/wav");

  private final String suffix;
  private final String mimeType;

  ClipFormat(String suffix, String mimeType) {
    this.suffix = suffix;
    this.mimeType = mimeType;
  }

  /** Ending of file names, without the dot. */
  public String suffix() {
    return suffix;
  }

  /** Media type. */
  public String mimeType() {
    return mimeType;
  }
}
