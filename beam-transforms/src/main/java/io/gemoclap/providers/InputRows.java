package io.gemoclap.providers;

import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.Outcome;
import io.gemoclap.row.CompactCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Values of rows from another language. A row that is no such value becomes a failure of kind
 * {@code UNFIT}.
 *
 * @param <T> what a row becomes
 */
final class InputRows<T> extends PTransform<PCollection<Row>, Outcome<T>> {
  private static final String STAGE = "InputRows";
  private static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final CompactCoder<T> coder;
  private final SerializableFunction<Row, Row> align;

  private InputRows(CompactCoder<T> coder, SerializableFunction<Row, Row> align) {
    this.coder = coder;
    this.align = align;
  }

  /**
   * Values of a coder's schema, whose fields the rows have in any order and width.
   *
   * @throws IllegalArgumentException naming the fields that the input lacks
   */
  static <T> Outcome<T> read(PCollection<Row> rows, CompactCoder<T> coder) {
    AlignedRow.requireFields(rows.getSchema(), coder.getSchema());
    Schema target = coder.getSchema();
    return rows.apply(STAGE, new InputRows<>(coder, row -> AlignedRow.of(row, target)));
  }

  /** Values of rows that a function makes into those of the coder's schema. */
  static <T> Outcome<T> read(
      PCollection<Row> rows, CompactCoder<T> coder, SerializableFunction<Row, Row> align) {
    return rows.apply(STAGE, new InputRows<>(coder, align));
  }

  @Override
  public Outcome<T> expand(PCollection<Row> rows) {
    TupleTag<T> values = new TupleTag<>("values");
    Outcome<T> read =
        Outcome.of(
            rows.apply(
                "Read",
                ParDo.of(new ReadFn<>(coder.getFromRowFunction(), align, values))
                    .withOutputTags(values, TupleTagList.of(FAILURES))),
            values,
            FAILURES);
    read.results().setCoder(coder);
    return read;
  }

  private static final class ReadFn<T> extends DoFn<Row, T> {
    private final SerializableFunction<Row, T> fromRow;
    private final SerializableFunction<Row, Row> align;
    private final TupleTag<T> values;

    ReadFn(
        SerializableFunction<Row, T> fromRow,
        SerializableFunction<Row, Row> align,
        TupleTag<T> values) {
      this.fromRow = fromRow;
      this.align = align;
      this.values = values;
    }

    @ProcessElement
    public void process(@Element Row row, MultiOutputReceiver out) {
      T value;
      try {
        value = fromRow.apply(align.apply(row));
      } catch (RuntimeException e) {
        String recording = recording(row);
        out.get(FAILURES)
            .output(
                Failure.of(
                    STAGE,
                    FailureKind.UNFIT,
                    recording,
                    recording,
                    "The row cannot be read: " + e.getMessage()));
        return;
      }
      out.get(values).output(value);
    }

    private static String recording(Row row) {
      for (String name : new String[] {"recording", "uri"}) {
        if (row.getSchema().hasField(name) && row.getValue(name) instanceof String text) {
          return text;
        }
      }
      return "";
    }
  }
}
