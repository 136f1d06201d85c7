package io.gemoclap.cli.adapt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.SpeechSegment;
import io.gemoclap.audio.SpeechSegmentCoder;
import io.gemoclap.cli.flink.JobRows;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.training.degrade.Degradation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
  private static final String MESSAGE = "message";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was computed.
   *
   * @param rows the segments by their ids
   * @param failures why a recording, or one of its segments, has no features, by its id
   */
  record Computed(Map<String, FeatureRow> rows, Map<String, String> failures) {}

  /**
   * Decodes recordings and computes features, in a job of its own.
   *
   * @param recordings all whose segments are normalised together with those that are wanted
   * @param wanted ids of segments; null for all
   */
  Computed of(List<Recording> recordings, @Nullable Set<String> wanted, PipelineOptions options)
      throws IOException {
    TreeSet<String> ids = wanted == null ? null : new TreeSet<>(wanted);
    Map<String, FeatureRow> rows = new HashMap<>();
    Map<String, String> failures = new HashMap<>();
    for (JsonNode row :
        JobRows.of(
            options,
            JsonNode.class,
            pipeline ->
                rows(
                    pipeline
                        .apply("Recordings", Create.of(recordings).withCoder(RecordingCoder.of()))
                        .apply(
                            "Spread", Reshuffle.<Recording>viaRandomKey().withNumBuckets(BUCKETS)),
                    ids))) {
      String id = row.path("id").asText();
      if (row.has(MESSAGE)) {
        failures.put(id, row.path(MESSAGE).asText());
      } else {
        rows.put(id, FeatureRow.of(row));
      }
    }
    return new Computed(rows, failures);
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
            "FeatureRows", MapElements.into(TypeDescriptors.strings()).via(FeatureRow::json));
    return PCollectionList.of(computed).and(failed).apply("Rows", Flatten.pCollections());
  }

  private PCollection<SpeechSegment> degraded(PCollection<SpeechSegment> segments) {
    List<Degradation> all = List.copyOf(degradations);
    if (all.isEmpty()) {
      return segments;
    }
    return segments
        .apply(
            "Degrade",
            MapElements.into(TypeDescriptor.of(SpeechSegment.class))
                .via(
                    segment -> {
                      float[] samples = segment.samples();
                      for (Degradation each : all) {
                        samples =
                            each.apply(
                                samples,
                                segment.sampleRate(),
                                DEGRADED_ARCHIVE,
                                segment.ref().id());
                      }
                      return new SpeechSegment(segment.ref(), segment.sampleRate(), samples);
                    }))
        .setCoder(SpeechSegmentCoder.of());
  }

  private static String row(Failure failure) {
    ObjectNode row = JSON.createObjectNode();
    row.put("id", failure.getItem());
    row.put(MESSAGE, failure.getKindName() + ": " + failure.getMessage());
    return row.toString();
  }
}
