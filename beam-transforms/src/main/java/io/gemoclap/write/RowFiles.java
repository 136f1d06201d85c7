package io.gemoclap.write;

import io.gemoclap.failure.OptionalLibrary;
import java.util.Locale;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.beam.sdk.transforms.Contextful;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Requirements;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.joda.time.format.DateTimeFormatter;
import org.joda.time.format.ISODateTimeFormat;

/**
 * Writes one kind of row as files {@code <name>-<shard>-of-<shards>.<suffix>} in one format. On
 * unbounded input the name also contains the window's start and the pane, without the colon that
 * Hadoop's paths cannot hold.
 *
 * <p>Its output names each file once it is in its final place.
 *
 * @param <T> what a row is made of
 */
final class RowFiles<T> extends PTransform<PCollection<T>, PCollection<KV<Void, String>>> {
  private final String folder;
  private final String prefix;
  private final RowType<T> row;
  private final OutputFormat format;

  RowFiles(String folder, String prefix, RowType<T> row, OutputFormat format) {
    this.folder = folder;
    this.prefix = prefix;
    this.row = row;
    this.format = format;
  }

  @Override
  public PCollection<KV<Void, String>> expand(PCollection<T> input) {
    FileIO.Write<Void, T> write = format == OutputFormat.JSONL ? jsonLines() : parquet();
    write = write.to(folder).withNaming(naming());
    if (input.isBounded() == PCollection.IsBounded.UNBOUNDED) {
      write = write.withNumShards(1);
    }
    return input.apply("Write", write).getPerDestinationOutputFilenames();
  }

  private FileIO.Write<Void, T> jsonLines() {
    RowType<T> type = row;
    Contextful<Contextful.Fn<T, String>> toLine =
        Contextful.fn((element, context) -> type.json(element), Requirements.empty());
    return FileIO.<T>write().via(toLine, TextIO.sink());
  }

  private FileIO.Write<Void, T> parquet() {
    OptionalLibrary.PARQUET.require();
    RowType<T> type = row;
    Contextful<Contextful.Fn<T, GenericRecord>> toRecord =
        Contextful.fn((element, context) -> type.avro(element), Requirements.empty());
    return FileIO.<T>write().via(toRecord, ParquetIO.sink(type.schema()));
  }

  private FileIO.Write.FileNaming naming() {
    String first = prefix;
    String suffix = format.suffix();
    return (window, pane, shards, shard, compression) ->
        first
            + place(window, pane)
            + String.format(Locale.ROOT, "-%05d-of-%05d", shard, shards)
            + suffix;
  }

  private static String place(BoundedWindow window, PaneInfo pane) {
    if (window instanceof GlobalWindow && pane.isFirst() && pane.isLast()) {
      return "";
    }
    DateTimeFormatter basic = ISODateTimeFormat.basicDateTimeNoMillis().withZoneUTC();
    Instant start = window instanceof IntervalWindow interval ? interval.start() : Instant.EPOCH;
    return "-" + basic.print(start) + "-" + pane.getIndex();
  }
}
