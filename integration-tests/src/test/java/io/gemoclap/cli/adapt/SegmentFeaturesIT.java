package io.gemoclap.cli.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Written;
import io.gemoclap.audio.Recording;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.Gemoclap;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.model.GEmoClap;
import io.gemoclap.model.ModelManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features that are computed again give the vectors that annotation gave. */
final class SegmentFeaturesIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void segmentsOfSpeakersSpansAndRecordingsAreNormalisedAsInAnnotation() throws Exception {
    for (String name :
        List.of(
            "german-male-48k-stereo.wav", "german-male-8k-mulaw.wav", "german-female-48k.opus")) {
      Files.copy(SAMPLES.resolve(name), folder.resolve(name));
    }
    Files.write(
        folder.resolve("manifest.csv"),
        List.of(
            "path,speaker,start_s,end_s",
            "german-male-48k-stereo.wav,m1,,",
            "german-male-8k-mulaw.wav,m1,0,0.9",
            "german-male-8k-mulaw.wav,m1,0.9,1.7",
            "german-female-48k.opus,,,"));
    Path results = folder.resolve("results");
    assertEquals(
        0,
        Gemoclap.execute(
            "annotate",
            "--input=" + folder.resolve("manifest.csv"),
            "--output=" + results,
            "--embeddings",
            "--features",
            "--speech-threshold=0",
            "--runner=DirectRunner"));
    Map<String, JsonNode> vectors =
        Written.parquet(results, "embeddings").stream()
            .collect(Collectors.toMap(row -> row.get("segment_id").asText(), row -> row));
    assertTrue(vectors.size() >= 4, vectors.keySet().toString());

    PipelineOptions options = Runs.options(List.of("--runner=DirectRunner"));
    FileSystems.setDefaultPipelineOptions(options);
    ModelManifest manifest = Bundles.manifest(Bundles.BUNDLED);
    AnnotatedFolder annotated = AnnotatedFolder.open(results.toString());
    List<Set<String>> wanted = new ArrayList<>(List.of(vectors.keySet()));
    // One segment of the speaker alone: the rest of the group must be computed all the same.
    wanted.add(Set.of(new TreeSet<>(vectors.keySet()).last()));
    for (Set<String> ids : wanted) {
      List<Recording> recordings =
          annotated.recordings(annotated.segments(ids, options).values(), options);
      SegmentFeatures.Computed computed =
          new SegmentFeatures(
                  annotated.decode(),
                  manifest.featureSpec(),
                  manifest.normalization().withGrouping(annotated.job().normalization()),
                  annotated.archive(manifest.featureSpec()),
                  List.of())
              .of(recordings, ids, options);
      assertEquals(ids, computed.rows().keySet(), computed.failures().toString());
      Map<String, FeatureRow> stored =
          annotated.features(annotated.segments(ids, options), manifest, options);
      assertEquals(ids, stored.keySet());
      try (GEmoClap model = GEmoClap.load(Bundles.open(Bundles.BUNDLED))) {
        for (String id : ids) {
          FeatureRow row = computed.rows().get(id);
          assertEquals(stored.get(id).group(), row.group());
          assertArrayEquals(stored.get(id).matrix().values(), row.matrix().values(), 1e-4f, id);
          float[] again = model.embedSpeech(List.of(row.matrix()))[0];
          float[] before = new float[again.length];
          for (int i = 0; i < before.length; i++) {
            before[i] = (float) vectors.get(id).get("vector").get(i).asDouble();
          }
          assertArrayEquals(before, again, 1e-4f, id);
        }
      }
    }
  }
}
