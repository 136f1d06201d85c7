package io.gemoclap.write;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.audio.pcm.DecodeNote;
import io.gemoclap.failure.Failure;
import io.gemoclap.score.EmotionScores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Counts a bounded run from its outputs, so that retries count once, into {@code summary.json}, and
 * lists the files that belong to it: a job that started over after it had put files in their places
 * may have left others.
 */
final class WriteSummary extends PTransform<PCollectionTuple, PDone> {
  private static final TypeDescriptor<KV<String, Double>> COUNT =
      TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.doubles());

  private static final String FAILED_RECORDINGS = "failed_recordings";
  private static final String UNJUDGED_SEGMENTS = "unjudged_segments";

  private final String folder;
  private final String fileName;
  private final String modelId;
  private final NormalizationSummary normalization;
  private final String inputDigests;
  private final long startMillis = System.currentTimeMillis();
  private final transient List<PCollection<KV<String, String>>> files;

  /** The summary appears after all of {@code files}, so that it marks a finished run. */
  WriteSummary(
      String folder,
      String fileName,
      String modelId,
      NormalizationSummary normalization,
      String inputDigests,
      List<PCollection<KV<String, String>>> files) {
    this.folder = folder;
    this.fileName = fileName;
    this.modelId = modelId;
    this.normalization = normalization;
    this.inputDigests = inputDigests;
    this.files = files;
  }

  @Override
  public PDone expand(PCollectionTuple input) {
    List<PCollection<KV<String, Double>>> counts = new ArrayList<>();
    counts.add(input.getPipeline().apply("Zero", Create.of(KV.of("recordings", 0.0))));
    count(counts, input, WriteAnnotations.DECODED, WriteSummary::ofRecording);
    NormalizationSummary normalized = normalization;
    count(counts, input, WriteAnnotations.SCORES, score -> ofScore(score, normalized));
    count(counts, input, WriteAnnotations.FAILURES, WriteSummary::ofFailure);
    if (!files.isEmpty()) {
      counts.add(
          PCollectionList.of(files)
              .apply("AllFiles", Flatten.pCollections())
              .apply("CountFiles", MapElements.into(COUNT).via(WriteSummary::ofFile))
              .apply("FilesOfAllWindows", allWindows()));
    }
    PCollectionList.of(counts)
        .apply("Together", Flatten.pCollections())
        .apply("Sum", Sum.doublesPerKey())
        .apply("OneKey", WithKeys.of(0))
        .apply("Collect", GroupByKey.create())
        .apply(
            "Write",
            ParDo.of(
                new WriteFn(folder, fileName, modelId, normalization, inputDigests, startMillis)));
    return PDone.in(input.getPipeline());
  }

  private static <T> void count(
      List<PCollection<KV<String, Double>>> counts,
      PCollectionTuple input,
      TupleTag<T> tag,
      SerializableFunction<T, List<KV<String, Double>>> of) {
    if (input.has(tag)) {
      counts.add(
          input
              .get(tag)
              .apply("Count " + tag.getId(), FlatMapElements.into(COUNT).via(of))
              .apply(tag.getId() + " of all windows", allWindows()));
    }
  }

  /** The run is counted as a whole, whatever windows its input has. */
  private static Window<KV<String, Double>> allWindows() {
    return Window.into(new GlobalWindows());
  }

  private static List<KV<String, Double>> ofRecording(DecodedRecording recording) {
    List<KV<String, Double>> counts = new ArrayList<>();
    counts.add(KV.of("recordings", 1.0));
    counts.add(KV.of("audio_seconds", recording.getSeconds()));
    recording.getNotes().stream()
        .map(DecodeNote::codeOf)
        .distinct()
        .forEach(code -> counts.add(one("notes/", code)));
    return counts;
  }

  private static List<KV<String, Double>> ofScore(
      EmotionScores score, NormalizationSummary normalization) {
    List<KV<String, Double>> counts = new ArrayList<>();
    counts.add(one("emotions/", label(score)));
    normalization.levels(score).forEach(level -> counts.add(one("levels/", level)));
    return counts;
  }

  private static List<KV<String, Double>> ofFailure(Failure failure) {
    return List.of(
        one("failures/", failure.getKindName()),
        one("", failure.concernsRecording() ? FAILED_RECORDINGS : UNJUDGED_SEGMENTS));
  }

  private static KV<String, Double> ofFile(KV<String, String> file) {
    String name = file.getValue();
    return one("files/", name.substring(name.lastIndexOf('/') + 1));
  }

  private static KV<String, Double> one(String kind, String name) {
    return KV.of(kind + name, 1.0);
  }

  private static String label(EmotionScores score) {
    return score.getAbstained() ? "(abstained)" : score.getEmotion();
  }

  static final class WriteFn extends DoFn<KV<Integer, Iterable<KV<String, Double>>>, Void> {
    private final String folder;
    private final String name;
    private final String modelId;
    private final NormalizationSummary normalization;
    private final String inputDigests;
    private final long startMillis;

    WriteFn(
        String folder,
        String name,
        String modelId,
        NormalizationSummary normalization,
        String inputDigests,
        long startMillis) {
      this.folder = folder;
      this.name = name;
      this.modelId = modelId;
      this.normalization = normalization;
      this.inputDigests = inputDigests;
      this.startMillis = startMillis;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<KV<String, Double>>> counts)
        throws IOException {
      Map<String, Double> sums = new TreeMap<>();
      counts.getValue().forEach(count -> sums.put(count.getKey(), count.getValue()));
      ResourceId file =
          FileSystems.matchNewResource(folder, true)
              .resolve(name, StandardResolveOptions.RESOLVE_FILE);
      try (WritableByteChannel channel = FileSystems.create(file, "application/json")) {
        byte[] text = summary(sums).toPrettyString().concat("\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.wrap(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    }

    private ObjectNode summary(Map<String, Double> sums) {
      double seconds = sums.getOrDefault("audio_seconds", 0.0);
      double elapsed = (System.currentTimeMillis() - startMillis) / 1000.0;
      ObjectNode summary = new ObjectMapper().createObjectNode();
      summary.put("recordings", sums.getOrDefault("recordings", 0.0).longValue());
      ObjectNode failures = new ObjectMapper().createObjectNode();
      ObjectNode notes = new ObjectMapper().createObjectNode();
      ObjectNode emotions = new ObjectMapper().createObjectNode();
      ArrayNode files = new ObjectMapper().createArrayNode();
      Map<String, Long> levels = new TreeMap<>();
      long segments = 0;
      for (Map.Entry<String, Double> sum : sums.entrySet()) {
        List<String> path = List.of(sum.getKey().split("/", 2));
        if (path.get(0).equals("failures")) {
          failures.put(path.get(1), sum.getValue().longValue());
        } else if (path.get(0).equals("notes")) {
          notes.put(path.get(1), sum.getValue().longValue());
        } else if (path.get(0).equals("levels")) {
          levels.put(path.get(1), sum.getValue().longValue());
        } else if (path.get(0).equals("files")) {
          files.add(path.get(1));
        } else if (path.get(0).equals("emotions")) {
          emotions.put(path.get(1), sum.getValue().longValue());
          segments += sum.getValue().longValue();
        }
      }
      summary.put("segments", segments);
      summary.put("audio_seconds", seconds);
      for (String items : List.of(FAILED_RECORDINGS, UNJUDGED_SEGMENTS)) {
        summary.put(items, sums.getOrDefault(items, 0.0).longValue());
      }
      summary.set("failures", failures);
      summary.set("notes", notes);
      summary.set("emotions", emotions);
      summary.put("wall_seconds", elapsed);
      summary.put("real_time_factor", seconds == 0 ? 0 : elapsed / seconds);
      summary.put("model_id", modelId);
      normalization.write(summary, levels);
      summary.set("files", files);
      if (!inputDigests.isEmpty()) {
        summary.put("input_digests", inputDigests);
      }
      summary
          .putObject("versions")
          .put("beam", ReleaseInfo.getReleaseInfo().getVersion())
          .put("java", Runtime.version().toString());
      return summary;
    }
  }
}
