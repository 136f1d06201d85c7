package io.gemoclap.cli.adapt;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.cli.archive.ArchiveStatisticsFile;
import io.gemoclap.cli.archive.FinishedParts;
import io.gemoclap.cli.archive.JobSettings;
import io.gemoclap.cli.archive.JsonLinesFile;
import io.gemoclap.cli.archive.ResultFolder;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.options.SegmentOption;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizeFeatures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A finished folder of results, as far as adaptation needs it: how its segments were cut and
 * normalised, and which they are.
 *
 * @param folder the folder
 * @param settings of the job that wrote it
 * @param annotations names of the files with annotations
 */
record AnnotatedFolder(
    ResultFolder folder, Map<String, String> settings, List<String> annotations) {
  private static final String SPANS = "spans";

  /**
   * Opens a folder.
   *
   * @throws WrongUsageException if it holds no finished results
   */
  static AnnotatedFolder open(String uri) throws IOException {
    ResultFolder folder = new ResultFolder(uri);
    List<String> names = folder.names();
    if (!names.contains(JobSettings.FILE)) {
      throw new WrongUsageException(
          "--results '"
              + uri
              + "' holds no results of gemoclap annotate: it has no "
              + JobSettings.FILE);
    }
    if (!names.contains("summary.json")) {
      throw new WrongUsageException(
          ("--results '%s' has no summary.json: its job is still running or was stopped. Wait for"
                  + " it, or finish it with gemoclap annotate --resume and the options that it was"
                  + " started with")
              .formatted(uri));
    }
    List<String> annotations = new ArrayList<>();
    FinishedParts.read(folder)
        .summaries()
        .values()
        .forEach(
            summary ->
                summary
                    .path("files")
                    .forEach(
                        name -> {
                          if (name.asText().matches("annotations-.*\\.jsonl")) {
                            annotations.add(name.asText());
                          }
                        }));
    return new AnnotatedFolder(folder, JobSettings.read(folder).values(), annotations);
  }

  /** Id of the bundle that annotated. */
  String modelId() {
    return settings.getOrDefault("--model", "");
  }

  /** Which levels the features were standardised by. */
  Normalization normalization() {
    return Normalization.valueOf(
        settings.getOrDefault("--normalize", "none").toUpperCase(java.util.Locale.ROOT));
  }

  /**
   * The archive's statistics; null if the folder rests on none.
   *
   * @throws WrongUsageException if they are of other features
   */
  @Nullable ArchiveStatistics archive(FeatureSpec spec) throws IOException {
    if (!normalization().usesArchive() || !ArchiveStatisticsFile.isIn(folder)) {
      return null;
    }
    ArchiveStatistics statistics = ArchiveStatisticsFile.read(folder).statistics();
    try {
      statistics.requireFeatures(spec);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(
          ("'%s' was annotated with the model %s, whose features are others than those of --model."
                  + " Adapt that model, or annotate with --model first")
              .formatted(folder, modelId()),
          e);
    }
    return statistics;
  }

  /** How the recordings were decoded and cut. */
  DecodeAudio decode() {
    String segment = settings.getOrDefault("--segment", "vad");
    return DecodeAudio.recordings()
        .withSegmenter(
            segment.equals(SPANS)
                ? Segmenter.spansOr(Segmenter.voiceActivity())
                : SegmentOption.parse(segment))
        .withChannels(
            settings.getOrDefault("--channels", "mix").equals("split")
                ? ChannelMode.SPLIT
                : ChannelMode.MIX)
        .withStream(StreamChoice.parse(settings.getOrDefault("--stream", "all")))
        .withSpeechThreshold(Double.parseDouble(settings.getOrDefault("--speech-threshold", "0")));
  }

  /**
   * A segment of the results.
   *
   * @param recording id of its recording
   * @param speaker as the metadata name it; empty if they do not
   */
  record Segment(String recording, String speaker) {
    /** What its features are normalised with, and what must not be split in cross-validation. */
    String group() {
      return speaker.isBlank() ? "recording " + recording : "speaker " + speaker;
    }
  }

  /** Those of some segments that the results hold, by their ids. Reads all annotations. */
  Map<String, Segment> segments(Set<String> ids) throws IOException {
    Map<String, Segment> found = new LinkedHashMap<>();
    forEach(
        row -> {
          String id = row.path("segment_id").asText();
          if (ids.contains(id)) {
            found.put(id, segment(row));
          }
        });
    return found;
  }

  /**
   * The recordings that are needed to compute the features of segments as annotation did: theirs,
   * and all of their speakers where features were standardised by speaker. Reads all annotations.
   */
  List<Recording> recordings(Iterable<Segment> segments) throws IOException {
    boolean spans = SPANS.equals(settings.get("--segment"));
    boolean bySpeaker = normalization().usesSpeakers();
    Set<String> wanted = new HashSet<>();
    Set<String> speakers = new HashSet<>();
    for (Segment segment : segments) {
      wanted.add(segment.recording());
      if (bySpeaker && !segment.speaker().isBlank()) {
        speakers.add(segment.speaker());
      }
    }
    Map<String, Map<String, String>> metadata = new LinkedHashMap<>();
    Map<String, Set<Span>> cuts = new HashMap<>();
    forEach(
        row -> {
          Segment segment = segment(row);
          String recording = segment.recording();
          if (wanted.contains(recording) || speakers.contains(segment.speaker())) {
            metadata.put(
                recording,
                segment.speaker().isBlank()
                    ? Map.of()
                    : Map.of(NormalizeFeatures.SPEAKER, segment.speaker()));
            if (spans) {
              cuts.computeIfAbsent(recording, id -> new java.util.LinkedHashSet<>())
                  .add(new Span(row.path("start_s").asDouble(), row.path("end_s").asDouble()));
            }
          }
        });
    List<Recording> recordings = new ArrayList<>();
    metadata.forEach(
        (recording, of) ->
            recordings.add(
                Recording.file(recording)
                    .withMetadata(of)
                    .withSpans(List.copyOf(cuts.getOrDefault(recording, Set.of())))));
    return recordings;
  }

  private static Segment segment(JsonNode row) {
    return new Segment(
        row.path("recording").asText(),
        row.path("metadata").path(NormalizeFeatures.SPEAKER).asText(""));
  }

  private void forEach(Consumer<JsonNode> reader) throws IOException {
    if (annotations.isEmpty()) {
      throw new WrongUsageException(
          "'" + folder + "' has no annotations as JSON Lines: annotate with --format=jsonl");
    }
    for (String name : annotations) {
      JsonLinesFile.forEach(folder, name, reader);
    }
  }
}
