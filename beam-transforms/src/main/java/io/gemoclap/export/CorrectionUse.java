package io.gemoclap.export;

/** How labels that people gave take part in a corpus. */
public enum CorrectionUse {
  /** The label that people gave, and otherwise the model's. */
  PREFERRED,

  /** Only segments that people gave a label. */
  ONLY,

  /** Only the model's label. */
  IGNORED
}
