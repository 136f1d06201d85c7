package io.gemoclap.cli.adapt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.SpeechSegment;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.training.degrade.Degradation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Computes features of segments from their recordings, by the same transforms as annotation.
 *
 * @param decode how recordings are decoded and cut
 * @param spec the features
 * @param normalization how they are standardised; null if they are not
 * @param archive the archive's statistics; null if the recordings are the archive
 * @param degradations what happens to every segment first, as if all were recorded so
 */
record SegmentFeatures(
    DecodeAudio decode,
    FeatureSpec spec,
    @Nullable NormalizationSpec normalization,
    @Nullable ArchiveStatistics archive,
    List<Degradation> degradations) {
  private static final int BUCKETS = 64;
  private static final long DEGRADED_ARCHIVE = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was computed.
   *
   * @param rows the segments by their ids
   * @param failures why a recording, or one of its segments, has no features, by its id
   */
  record Computed(Map<String, Row> rows, Map<String, String> failures) {}

  /**
   * A segment.
   *
   * @param recording id of the recording
   * @param startSeconds in the recording
   * @param endSeconds in the recording
   * @param matrix its features, normalised
   */
  record Row(String recording, double startSeconds, double endSeconds, FeatureMatrix matrix) {}

  /**
   * Decodes recordings and computes features, in a job of its own.
   *
   * @param recordings all whose segments are normalised together with those that are wanted
   * @param wanted ids of segments; null for all
   */
  Computed of(List<Recording> recordings, @Nullable Set<String> wanted, PipelineOptions options)
      throws IOException {
    Path folder = Files.createTempDirectory("gemoclap-features");
    try {
      TreeSet<String> ids = wanted == null ? null : new TreeSet<>(wanted);
      Runs.run(
          options,
          pipeline ->
              rows(
                      pipeline
                          .apply("Recordings", Create.of(recordings).withCoder(RecordingCoder.of()))
                          .apply(
                              "Spread",
                              Reshuffle.<Recording>viaRandomKey().withNumBuckets(BUCKETS)),
                      ids)
                  .apply("Write", TextIO.write().to(folder + "/rows")));
      return read(folder);
    } finally {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  private PCollection<String> rows(
      PCollection<Recording> recordings, @Nullable TreeSet<String> wanted) {
    DecodeAudio.Result audio =
        recordings.apply("DecodeAudio", decode.withSampleRate(spec.sampleRate()));
    List<PCollection<Failure>> failures = new ArrayList<>();
    failures.add(audio.failures());
    PCollection<SpeechFeatures> features =
        degraded(audio.segments())
            .apply("ExtractFeatures", ExtractFeatures.of(spec))
            .failuresTo(failures);
    if (normalization != null) {
      NormalizeFeatures normalize = NormalizeFeatures.with(normalization);
      features =
          features.apply(
              "NormalizeFeatures", archive == null ? normalize : normalize.withArchive(archive));
    }
    if (wanted != null) {
      features =
          features.apply("Wanted", Filter.by(segment -> wanted.contains(segment.ref().id())));
    }
    PCollection<String> failed =
        PCollectionList.of(failures)
            .apply("Failures", Flatten.pCollections())
            .apply(
                "FailureRows",
                MapElements.into(TypeDescriptors.strings()).via(SegmentFeatures::row));
    PCollection<String> computed =
        features.apply(
            "FeatureRows", MapElements.into(TypeDescriptors.strings()).via(SegmentFeatures::row));
    return PCollectionList.of(computed).and(failed).apply("Rows", Flatten.pCollections());
  }

  private PCollection<SpeechSegment> degraded(PCollection<SpeechSegment> segments) {
    List<Degradation> all = List.copyOf(degradations);
    if (all.isEmpty()) {
      return segments;
    }
    return segments.apply(
        "Degrade",
        MapElements.into(TypeDescriptor.of(SpeechSegment.class))
            .via(
                segment -> {
                  float[] samples = segment.samples();
                  for (Degradation each : all) {
                    samples =
                        each.apply(
                            samples, segment.sampleRate(), DEGRADED_ARCHIVE, segment.ref().id());
                  }
                  return new SpeechSegment(segment.ref(), segment.sampleRate(), samples);
                }));
  }

  private static String row(SpeechFeatures segment) {
    FeatureMatrix matrix = segment.matrix();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * matrix.values().length);
    bytes.asFloatBuffer().put(matrix.values());
    ObjectNode row = JSON.createObjectNode();
    row.put("id", segment.ref().id());
    row.put("recording", segment.ref().recording());
    row.put("start", segment.ref().startSeconds());
    row.put("end", segment.ref().endSeconds());
    row.put("frames", matrix.frames());
    row.put("dims", matrix.dims());
    row.put("values", Base64.getEncoder().encodeToString(bytes.array()));
    return row.toString();
  }

  private static String row(Failure failure) {
    ObjectNode row = JSON.createObjectNode();
    row.put("id", failure.getItem());
    row.put("message", failure.getKindName() + ": " + failure.getMessage());
    return row.toString();
  }

  private static Computed read(Path folder) throws IOException {
    Map<String, Row> rows = new HashMap<>();
    Map<String, String> failures = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        for (String line : Files.readAllLines(file)) {
          var row = JSON.readTree(line);
          String id = row.path("id").asText();
          if (row.has("message")) {
            failures.put(id, row.path("message").asText());
            continue;
          }
          byte[] bytes = Base64.getDecoder().decode(row.path("values").asText());
          float[] values = new float[bytes.length / Float.BYTES];
          ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
          rows.put(
              id,
              new Row(
                  row.path("recording").asText(),
                  row.path("start").asDouble(),
                  row.path("end").asDouble(),
                  FeatureMatrix.of(row.path("frames").asInt(), row.path("dims").asInt(), values)));
        }
      }
    }
    return new Computed(rows, failures);
  }
}
