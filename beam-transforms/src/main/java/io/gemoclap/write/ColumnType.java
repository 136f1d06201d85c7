package io.gemoclap.write;

import org.apache.avro.Schema;

/** Types of columns in Avro; JSON follows from the values. */
enum ColumnType {
  TEXT,
  NUMBER,
  INTEGER,
  LONG,
  FLAG,
  /** Labels and their probabilities. */
  PROBABILITIES,
  /** Names and texts, such as metadata. */
  TEXTS,
  LIST,
  VECTOR;

  Schema schema() {
    return switch (this) {
      case TEXT -> Schema.create(Schema.Type.STRING);
      case NUMBER -> Schema.create(Schema.Type.DOUBLE);
      case INTEGER -> Schema.create(Schema.Type.INT);
      case LONG -> Schema.create(Schema.Type.LONG);
      case FLAG -> Schema.create(Schema.Type.BOOLEAN);
      case PROBABILITIES -> Schema.createMap(NUMBER.schema());
      case TEXTS -> Schema.createMap(TEXT.schema());
      case LIST -> Schema.createArray(TEXT.schema());
      case VECTOR -> Schema.createArray(Schema.create(Schema.Type.FLOAT));
    };
  }
}
