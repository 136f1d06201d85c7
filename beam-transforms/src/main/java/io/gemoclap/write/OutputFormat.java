package io.gemoclap.write;

/** File formats; all hold the same columns. */
public enum OutputFormat {
  /** One JSON object a line, UTF-8. */
  JSONL(".jsonl"),
  /** Apache Parquet; needs the optional dependencies that docs/flink.md names. */
  PARQUET(".parquet");

  private final String suffix;

  OutputFormat(String suffix) {
    this.suffix = suffix;
  }

  String suffix() {
    return suffix;
  }
}
