package io.gemoclap.write;

import io.gemoclap.failure.OptionalLibrary;
import java.util.Locale;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.beam.sdk.transforms.Contextful;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Requirements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.joda.time.format.DateTimeFormatter;
import org.joda.time.format.ISODateTimeFormat;

/**
 * Writes rows as files {@code <name>-<shard>-of-<shards>.<suffix>} in one format. On unbounded
 * input the name also contains the window's start and the pane, without the colon that Hadoop's
 * paths cannot hold.
 *
 * <p>One transform writes files of several names, because each transform that writes adds about ten
 * steps to a job.
 *
 * <p>Its output is the name and the place of each file, once the file is in its final place.
 *
 * @param <T> the elements
 */
final class RowFiles<T> extends PTransform<PCollection<T>, PCollection<KV<String, String>>> {
  private final String folder;
  private final FileIO.Write<String, T> files;

  private RowFiles(
      String folder,
      OutputFormat format,
      SerializableFunction<T, String> name,
      FileIO.Write<String, T> contents) {
    this.folder = folder;
    this.files =
        contents
            .by(name)
            .withDestinationCoder(StringUtf8Coder.of())
            .withNaming(prefix -> naming(prefix, format.suffix()));
  }

  /** Writes lines below the names that are their keys, as JSON Lines. */
  static RowFiles<KV<String, String>> jsonLines(String folder) {
    return new RowFiles<>(
        folder,
        OutputFormat.JSONL,
        KV::getKey,
        FileIO.<String, KV<String, String>>writeDynamic()
            .via(
                Contextful.fn((SerializableFunction<KV<String, String>, String>) KV::getValue),
                TextIO.sink()));
  }

  /** Writes rows of one kind below one name, as Parquet. */
  static <T> RowFiles<T> parquet(String folder, String name, RowType<T> row) {
    OptionalLibrary.PARQUET.require();
    Contextful<Contextful.Fn<T, GenericRecord>> toRecord =
        Contextful.fn((element, context) -> row.avro(element), Requirements.empty());
    return new RowFiles<>(
        folder,
        OutputFormat.PARQUET,
        element -> name,
        FileIO.<String, T>writeDynamic().via(toRecord, ParquetIO.sink(row.schema())));
  }

  @Override
  public PCollection<KV<String, String>> expand(PCollection<T> input) {
    FileIO.Write<String, T> write = files.to(folder);
    if (input.isBounded() == PCollection.IsBounded.UNBOUNDED) {
      write = write.withNumShards(1);
    } else if (input.getWindowingStrategy().getWindowFn() instanceof GlobalWindows) {
      // A bundle then has one open file for each name. With many windows it would have too many.
      write = write.withNoSpilling();
    }
    return input.apply("Write", write).getPerDestinationOutputFilenames();
  }

  private static FileIO.Write.FileNaming naming(String prefix, String suffix) {
    return (window, pane, shards, shard, compression) ->
        prefix
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
