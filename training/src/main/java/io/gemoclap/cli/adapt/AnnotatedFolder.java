package io.gemoclap.cli.adapt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.cli.archive.AnnotateJob;
import io.gemoclap.cli.archive.FinishedResults;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.JobRows;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.read.ReadAnnotations;
import io.gemoclap.read.ReadFeatures;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.score.EmotionScores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * A finished folder of results, as far as adaptation needs it: which segments it has, how they were
 * cut and normalised, and their features if it has them.
 *
 * @param results the folder
 * @param job how it was made
 */
record AnnotatedFolder(FinishedResults results, AnnotateJob job) {
  private static final String SPANS = "spans";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Opens a folder.
   *
   * @throws WrongUsageException if it holds no finished results
   */
  static AnnotatedFolder open(String uri) throws IOException {
    ResultFolder folder = new ResultFolder(uri);
    return new AnnotatedFolder(FinishedResults.read(folder), AnnotateJob.of(folder));
  }

  /** Where it is. */
  String uri() {
    return results.folder().uri();
  }

  /** Whether it was written with {@code --features}. */
  boolean hasFeatures() throws IOException {
    return results.has("features");
  }

  /**
   * The archive's statistics; null if the folder rests on none.
   *
   * @throws WrongUsageException if they are of other features
   */
  @Nullable ArchiveStatistics archive(FeatureSpec spec) {
    ArchiveStatistics statistics = job.archive();
    if (!job.normalization().usesArchive() || statistics == null) {
      return null;
    }
    try {
      statistics.requireFeatures(spec);
    } catch (IllegalArgumentException e) {
      throw otherFeatures();
    }
    return statistics;
  }

  private WrongUsageException otherFeatures() {
    return new WrongUsageException(
        ("'%s' was annotated with the model %s, whose features are others than those of --model."
                + " Adapt that model, or annotate with --model first")
            .formatted(uri(), results.modelId()));
  }

  /** How the recordings were decoded and cut. */
  DecodeAudio decode() {
    if (!job.saysHowItCut()) {
      throw new WrongUsageException(
          "'"
              + uri()
              + "' does not say how its recordings were cut: annotate with --features, or name the"
              + " folder of gemoclap annotate");
    }
    return job.decoding();
  }

  /**
   * A segment of the results.
   *
   * @param recording id of its recording
   * @param speaker as the metadata name it; empty if they do not
   */
  record Segment(String recording, String speaker) {}

  /** Those of some segments that the results hold, by their ids. Reads all annotations. */
  Map<String, Segment> segments(Set<String> ids, PipelineOptions options) throws IOException {
    TreeSet<String> wanted = new TreeSet<>(ids);
    Map<String, Segment> found = new TreeMap<>();
    for (JsonNode row : annotations(s -> wanted.contains(s.getSegmentId()), options)) {
      found.put(
          row.path("id").asText(),
          new Segment(row.path("recording").asText(), row.path("speaker").asText()));
    }
    return found;
  }

  /**
   * The features of some segments, by their ids.
   *
   * @param segments that the results hold
   * @throws WrongUsageException if they are of another model
   */
  Map<String, FeatureRow> features(
      Map<String, Segment> segments, ModelManifest manifest, PipelineOptions options)
      throws IOException {
    TreeSet<String> wanted = new TreeSet<>(segments.keySet());
    Set<String> recordings = new TreeSet<>();
    segments.values().forEach(segment -> recordings.add(segment.recording()));
    FeatureOrigin origin = FeatureOrigin.of(manifest.featureSpec(), manifest.normalization());
    Map<String, FeatureRow> found = new HashMap<>();
    int others = 0;
    for (JsonNode row :
        JobRows.of(
            options,
            JsonNode.class,
            pipeline ->
                pipeline
                    .apply("ReadFeatures", ReadFeatures.from(uri()).ofRecordings(recordings))
                    .apply("Wanted", Filter.by(segment -> wanted.contains(segment.ref().id())))
                    .apply(
                        "Rows",
                        MapElements.into(TypeDescriptors.strings())
                            .via(
                                segment ->
                                    segment.origin().equals(origin)
                                        ? FeatureRow.json(segment)
                                        : "{}")))) {
      others += row.isEmpty() ? 1 : 0;
      if (!row.isEmpty()) {
        found.put(row.path("id").asText(), FeatureRow.of(row));
      }
    }
    if (others > 0) {
      throw otherFeatures();
    }
    return found;
  }

  /**
   * The recordings that are needed to compute the features of segments as annotation did: theirs,
   * and all of their speakers where features were standardised by speaker. Reads all annotations.
   */
  List<Recording> recordings(Iterable<Segment> segments, PipelineOptions options)
      throws IOException {
    boolean spans = SPANS.equals(job.settings().get("--segment"));
    TreeSet<String> wanted = new TreeSet<>();
    TreeSet<String> speakers = new TreeSet<>();
    for (Segment segment : segments) {
      wanted.add(segment.recording());
      if (job.normalization().usesSpeakers() && !segment.speaker().isBlank()) {
        speakers.add(segment.speaker());
      }
    }
    Map<String, String> speakerOf = new TreeMap<>();
    Map<String, Set<Span>> cuts = new HashMap<>();
    for (JsonNode row :
        annotations(
            s -> wanted.contains(s.getRecording()) || speakers.contains(speaker(s)), options)) {
      String recording = row.path("recording").asText();
      speakerOf.put(recording, row.path("speaker").asText());
      if (spans) {
        cuts.computeIfAbsent(recording, id -> new LinkedHashSet<>())
            .add(new Span(row.path("start").asDouble(), row.path("end").asDouble()));
      }
    }
    List<Recording> recordings = new ArrayList<>();
    speakerOf.forEach(
        (recording, speaker) ->
            recordings.add(
                Recording.file(recording)
                    .withMetadata(
                        speaker.isBlank() ? Map.of() : Map.of(NormalizeFeatures.SPEAKER, speaker))
                    .withSpans(List.copyOf(cuts.getOrDefault(recording, Set.of())))));
    return recordings;
  }

  private static String speaker(EmotionScores segment) {
    return segment.getMetadata().getOrDefault(NormalizeFeatures.SPEAKER, "");
  }

  private List<JsonNode> annotations(
      SerializableFunction<EmotionScores, Boolean> wanted, PipelineOptions options)
      throws IOException {
    return JobRows.of(
        options,
        JsonNode.class,
        pipeline ->
            pipeline
                .apply("ReadAnnotations", ReadAnnotations.from(uri()))
                .apply("Wanted", Filter.by(wanted))
                .apply(
                    "Rows",
                    MapElements.into(TypeDescriptors.strings()).via(AnnotatedFolder::json)));
  }

  private static String json(EmotionScores segment) {
    return JSON.createObjectNode()
        .put("id", segment.getSegmentId())
        .put("recording", segment.getRecording())
        .put("speaker", speaker(segment))
        .put("start", segment.getStartSeconds())
        .put("end", segment.getEndSeconds())
        .toString();
  }
}
