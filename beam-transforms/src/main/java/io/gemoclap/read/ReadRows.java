package io.gemoclap.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.google.common.collect.ImmutableSet;
import io.gemoclap.census.RemoteListing;
import io.gemoclap.census.SinkFolder;
import io.gemoclap.failure.OptionalLibrary;
import io.gemoclap.failure.SecretMask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Rows of one kind out of a folder of results. Files are listed when the transform is applied, and
 * spread over the workers when the job runs. A row that cannot be read fails the job, with the name
 * of its file.
 *
 * @param <T> what a row becomes
 */
final class ReadRows<T> extends PTransform<PBegin, PCollection<T>> {
  private static final String PARQUET = ".parquet";

  private final String folder;
  private final String kind;
  private final Class<T> type;
  private final SerializableFunction<Cells, T> parse;

  /** Empty for all. */
  private final ImmutableSet<String> recordings;

  private ReadRows(
      String folder,
      String kind,
      Class<T> type,
      SerializableFunction<Cells, T> parse,
      Set<String> recordings) {
    this.recordings = ImmutableSet.copyOf(recordings);
    this.folder = folder;
    this.kind = kind;
    this.type = type;
    this.parse = parse;
  }

  /**
   * Reads a folder on any Beam file system.
   *
   * @param kind how the names of the files begin
   * @throws IllegalArgumentException if Beam would take the folder's name for a pattern
   */
  static <T> ReadRows<T> of(
      String folder, String kind, Class<T> type, SerializableFunction<Cells, T> parse) {
    return new ReadRows<>(SinkFolder.requirePlain(folder), kind, type, parse, Set.of());
  }

  /** The same of some recordings only, in Parquet files. */
  ReadRows<T> ofRecordings(Set<String> ids) {
    return new ReadRows<>(folder, kind, type, parse, ids);
  }

  @Override
  public PCollection<T> expand(PBegin begin) {
    ResultFolder results;
    List<String> files;
    try {
      results = Origins.holding(new ResultFolder(folder), kind);
      files = ResultFiles.of(results, kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Coder<T> coder = coder(begin.getPipeline());
    PCollection<String> names =
        begin
            .apply(
                "Files",
                Create.of(files.stream().map(name -> results.file(name).toString()).toList())
                    .withCoder(StringUtf8Coder.of()))
            .apply("Spread", Reshuffle.viaRandomKey());
    return files.stream().anyMatch(name -> name.endsWith(PARQUET))
        ? names.apply("Parquet", parquet(coder))
        : names.apply("Lines", ParDo.of(new LinesFn<>(parse))).setCoder(coder);
  }

  private PTransform<PCollection<String>, PCollection<T>> parquet(Coder<T> coder) {
    OptionalLibrary.PARQUET.require();
    SerializableFunction<Cells, T> parseCells = parse;
    Map<String, String> filter =
        recordings.isEmpty() ? Map.of() : RecordingFilter.settings(recordings);
    return new PTransform<>() {
      @Override
      public PCollection<T> expand(PCollection<String> names) {
        return names
            .apply("Match", ParDo.of(new MatchFn()))
            .apply("Open", FileIO.readMatches())
            .apply(
                "Read",
                ParquetIO.parseFilesGenericRecords(
                        (GenericRecord record) -> parseCells.apply(Cells.of(record)))
                    .withConfiguration(filter)
                    .withCoder(coder));
      }
    };
  }

  private Coder<T> coder(Pipeline pipeline) {
    try {
      return pipeline.getCoderRegistry().getCoder(type);
    } catch (CannotProvideCoderException notOfItsOwn) {
      try {
        return pipeline.getSchemaRegistry().getSchemaCoder(type);
      } catch (NoSuchSchemaException e) {
        throw new IllegalStateException(type + " has neither a coder nor a schema", e);
      }
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("folder", SecretMask.of(folder)).withLabel("Folder of results"));
    builder.addIfNotDefault(
        DisplayData.item("recordings", recordings.size()).withLabel("Number of recordings"), 0);
  }

  private static final class MatchFn extends DoFn<String, MatchResult.Metadata> {
    @ProcessElement
    public void process(@Element String file, OutputReceiver<MatchResult.Metadata> out)
        throws IOException {
      out.output(RemoteListing.single(file));
    }
  }

  private static final class LinesFn<T> extends DoFn<String, T> {
    private static final ObjectReader JSON =
        new ObjectMapper().readerFor(new TypeReference<Map<String, Object>>() {});

    private final SerializableFunction<Cells, T> parse;

    LinesFn(SerializableFunction<Cells, T> parse) {
      this.parse = parse;
    }

    @ProcessElement
    public void process(@Element String file, OutputReceiver<T> out) throws IOException {
      long number = 0;
      try (BufferedReader lines =
          new BufferedReader(
              Channels.newReader(
                  FileSystems.open(FileSystems.matchNewResource(file, false)),
                  StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          out.output(parse.apply(new Cells(JSON.readValue(line))));
        }
      } catch (JsonProcessingException | IllegalArgumentException | ClassCastException e) {
        throw new IOException(
            "Line %s of '%s' is not a row that annotate has written: %s. Restore the file, or annotate the part again"
                .formatted(number, SecretMask.of(file), e.getMessage()),
            e);
      }
    }
  }
}
