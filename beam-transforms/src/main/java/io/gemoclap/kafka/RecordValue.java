package io.gemoclap.kafka;

/** What the value of a Kafka record is. */
public enum RecordValue {
  /** An encoded recording itself, in any format that {@code DecodeAudio} reads. */
  AUDIO,
  /** The URI of a recording on a Beam file system, as UTF-8 text. */
  URI
}
