package io.gemoclap.kafka;

/** Content of the value of a Kafka record. */
public enum RecordValue {
  /** An encoded recording itself, in any format that {@code DecodeAudio} reads. */
  AUDIO,
  /** The URI of a recording on a Beam file system, as UTF-8 text. */
  URI
}
