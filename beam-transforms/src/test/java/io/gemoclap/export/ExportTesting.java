package io.gemoclap.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.score.EmotionScores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two recordings with three segments, and what an export of segments says in its report. */
abstract class ExportTesting {
  static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  Path first;
  Path second;
  List<EmotionScores> segments;

  @BeforeEach
  void record() throws IOException {
    first = Archive.tone(folder.resolve("in/first call.wav"), 5, 200, 0.5);
    second = Archive.tone(folder.resolve("in/second.wav"), 3, 300, 0.5);
    segments =
        List.of(
            Archive.segment(
                first, 0.5, 1.75, "anger", Map.of("speaker", "Kim", "text", "no, \"no\"")),
            Archive.segment(first, 1.5, 3, "sadness", Map.of("speaker", "Kim")),
            Archive.segment(second, 0, 3, "anger", Map.of("speaker", "Lea", "language", "de")));
  }

  JsonNode export(ExportCorpus export, List<EmotionScores> of) throws IOException {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline.apply(Create.of(of)).apply(export);
    pipeline.run().waitUntilFinish();
    return JSON.readTree(out().resolve("export.json").toFile());
  }

  Path out() {
    return folder.resolve("out");
  }

  ExportCorpus to(CorpusFormat format) {
    return ExportCorpus.to(out().toString(), format);
  }

  static long segments(JsonNode amount) {
    return amount.path("segments").asLong();
  }
}
