package io.gemoclap.overview;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.failure.Failure;
import io.gemoclap.read.ReadAnnotations;
import io.gemoclap.read.ReadFailures;
import io.gemoclap.read.ReadSummaries;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.RecordingSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The figures of a folder of results, as the JSON of one {@link ArchiveReport}. Rows are read once
 * and added up where they are read; only the places of segments are grouped, by recording.
 */
public final class SummarizeResults extends PTransform<PBegin, PCollection<String>> {
  private static final TupleTag<SegmentPlace> PLACES = new TupleTag<>("places") {};
  private static final TupleTag<Double> LENGTHS = new TupleTag<>("lengths") {};

  /** Metadata columns that may hold dates, if none is named. */
  private static final Pattern DATED =
      Pattern.compile(".*(date|time|day|year|recorded|created).*", Pattern.CASE_INSENSITIVE);

  private final String folder;
  private final ReportBuilder builder;

  /**
   * Summarises a folder.
   *
   * @param folder on any Beam file system
   * @param summary the JSON of its {@code summary.json}
   * @param by metadata columns to group by, besides the speaker and the channel
   * @param date metadata column with the date; empty for the one with the most dates
   */
  public SummarizeResults(String folder, String summary, List<String> by, String date) {
    this.folder = folder;
    this.builder = new ReportBuilder(folder, summary, List.copyOf(by), date);
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    PCollection<EmotionScores> rows = begin.apply("ReadAnnotations", ReadAnnotations.from(folder));
    PCollectionView<Map<String, Totals>> totals =
        rows.apply(
                "Totals",
                new SumOver<>(
                    Totals.class, row -> Set.of(""), v -> new Totals(), Totals::add, Totals::add))
            .apply("ViewTotals", View.asMap());
    Set<String> columns = builder.columns();
    String date = builder.date();
    PCollectionView<Map<String, Times>> groups =
        rows.apply(
                "Groups",
                new SumOver<>(
                    Times.class,
                    row -> keys(row, columns, date),
                    v -> new Times(),
                    Times::add,
                    Times::add))
            .apply("ViewGroups", View.asMap());
    PCollectionView<Map<String, Course>> course =
        byRecording(begin, rows)
            .apply(
                "Course",
                new SumOver<>(
                    Course.class,
                    recording -> Set.of(""),
                    v -> new Course(),
                    (sum, recording) -> sum.add(parts(recording.getValue())),
                    Course::add))
            .apply("ViewCourse", View.asMap());
    PCollectionView<Map<String, FailureCount>> failures =
        begin
            .apply("ReadFailures", ReadFailures.from(folder))
            .apply(
                "Failures",
                new SumOver<>(
                    FailureCount.class,
                    (Failure failure) -> Set.of(failure.getKindName()),
                    v -> new FailureCount(),
                    FailureCount::add,
                    FailureCount::add))
            .apply("ViewFailures", View.asMap());
    ReportBuilder report = builder;
    return begin
        .apply("One", Create.of(""))
        .apply(
            "Report",
            ParDo.of(
                    new DoFn<String, String>() {
                      @ProcessElement
                      public void process(ProcessContext context) throws IOException {
                        ArchiveReport made =
                            report.build(
                                context.sideInput(totals).getOrDefault("", new Totals()),
                                context.sideInput(course).getOrDefault("", new Course()),
                                context.sideInput(groups),
                                context.sideInput(failures));
                        context.output(new ObjectMapper().writeValueAsString(made));
                      }
                    })
                .withSideInputs(totals, course, groups, failures));
  }

  private PCollection<KV<String, CoGbkResult>> byRecording(
      PBegin begin, PCollection<EmotionScores> rows) {
    PCollection<KV<String, SegmentPlace>> places =
        rows.apply(
                "Places",
                MapElements.into(
                        TypeDescriptors.kvs(
                            TypeDescriptors.strings(), TypeDescriptor.of(SegmentPlace.class)))
                    .via(row -> KV.of(row.getRecording(), SegmentPlace.of(row))))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), new SegmentPlace.PlaceCoder()));
    PCollection<KV<String, Double>> lengths =
        begin
            .apply("ReadSummaries", ReadSummaries.from(folder))
            .apply(
                "Lengths",
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.doubles()))
                    .via(
                        (RecordingSummary summary) ->
                            KV.of(summary.getRecording(), summary.getRecordingSeconds())));
    return KeyedPCollectionTuple.of(PLACES, places)
        .and(LENGTHS, lengths)
        .apply("ByRecording", CoGroupByKey.create());
  }

  /** The groups that a segment belongs to: the name of a column, a NUL, and the value. */
  private static List<String> keys(EmotionScores row, Set<String> columns, String date) {
    List<String> keys = new ArrayList<>();
    keys.add(ReportBuilder.key(ReportBuilder.CHANNEL, Integer.toString(row.getChannel())));
    Map<String, String> metadata = row.getMetadata();
    for (String column : columns) {
      keys.add(ReportBuilder.key(column, metadata.getOrDefault(column, "")));
    }
    metadata.forEach(
        (column, value) -> {
          if (date.isEmpty() ? DATED.matcher(column).matches() : date.equals(column)) {
            CalendarDay.of(value)
                .ifPresent(day -> keys.add(ReportBuilder.key(ReportBuilder.DATE + column, day)));
          }
        });
    return keys;
  }

  /** Seconds of each label in each part of a recording. */
  private static Map<String, double[]> parts(CoGbkResult recording) {
    double length = 0;
    for (double seconds : recording.getAll(LENGTHS)) {
      length = Math.max(length, seconds);
    }
    // A recording that failed halfway has no length.
    for (SegmentPlace place : recording.getAll(PLACES)) {
      length = Math.max(length, place.middle() + place.seconds() / 2);
    }
    Map<String, double[]> parts = new TreeMap<>();
    for (SegmentPlace place : recording.getAll(PLACES)) {
      int part = (int) Math.min(Course.PARTS - 1, Course.PARTS * place.middle() / length);
      parts.computeIfAbsent(place.label(), label -> new double[Course.PARTS])[part] +=
          place.seconds();
    }
    return parts;
  }
}
