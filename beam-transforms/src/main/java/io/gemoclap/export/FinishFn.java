package io.gemoclap.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Completes a corpus once all its shards are written: puts manifests together, describes the
 * corpus, and at last writes {@code export.json}, without which the corpus is not finished.
 */
final class FinishFn extends DoFn<Integer, String> {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Formats that the corpus readers of this library read. */
  private static final Set<CorpusFormat> WITH_LABEL_MAP =
      Set.of(CorpusFormat.CSV, CorpusFormat.NEMO, CorpusFormat.LHOTSE, CorpusFormat.AUDIOFOLDER);

  private final ExportSettings settings;
  private final PCollectionView<Iterable<ShardResult>> shards;
  private final PCollectionView<Map<String, Amount>> amounts;

  /** Segments that could not be measured before the shards; no view where none are measured. */
  private final List<PCollectionView<Iterable<FailedSegment>>> unmeasured;

  FinishFn(
      ExportSettings settings,
      PCollectionView<Iterable<ShardResult>> shards,
      PCollectionView<Map<String, Amount>> amounts,
      List<PCollectionView<Iterable<FailedSegment>>> unmeasured) {
    this.settings = settings;
    this.shards = shards;
    this.amounts = amounts;
    this.unmeasured = unmeasured;
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    List<ShardResult> results = new ArrayList<>();
    context.sideInput(shards).forEach(results::add);
    results.sort(Comparator.comparing(ShardResult::split).thenComparingInt(ShardResult::number));
    ExportReport report =
        ExportReport.of(settings, results, new TreeMap<>(context.sideInput(amounts)));
    CorpusFolder folder = settings.folder();
    for (Map.Entry<String, List<String>> manifest : manifests(results).entrySet()) {
      putTogether(manifest.getKey(), manifest.getValue());
    }
    List<FailedSegment> failed = new ArrayList<>();
    unmeasured.forEach(view -> context.sideInput(view).forEach(failed::add));
    failed.sort(Comparator.comparing(FailedSegment::item));
    results.forEach(shard -> failed.addAll(shard.failed()));
    writeFailures(failed);
    if (settings.format() == CorpusFormat.AUDFORMAT) {
      folder.write("db.yaml", "application/yaml", AudformatHeader.text(settings, report));
    }
    if (WITH_LABEL_MAP.contains(settings.format())) {
      folder.write("labels.json", "application/json", labels(report));
    }
    folder.write("README.md", "text/markdown", DatasetCard.text(settings, report));
    folder.write("datasheet.md", "text/markdown", Datasheet.text(settings, report));
    folder.write("croissant.json", "application/ld+json", Croissant.text(settings, report));
    folder.write(ExportReport.FILE, "application/json", report.json());
    context.output(report.json());
  }

  private static Map<String, List<String>> manifests(List<ShardResult> results) {
    Map<String, List<String>> parts = new TreeMap<>();
    for (ShardResult shard : results) {
      shard
          .parts()
          .forEach(
              (manifest, part) ->
                  parts.computeIfAbsent(manifest, name -> new ArrayList<>()).add(part));
    }
    return parts;
  }

  private void putTogether(String manifest, List<String> parts) throws IOException {
    try (OutputStream out = settings.folder().create(manifest, "text/plain")) {
      String header = header();
      if (!header.isEmpty()) {
        out.write((header + "\n").getBytes(StandardCharsets.UTF_8));
      }
      for (String part : parts) {
        try (InputStream in = settings.folder().open(part)) {
          in.transferTo(out);
        }
      }
    }
  }

  private String header() {
    return switch (settings.format()) {
      case CSV -> CsvShard.HEADER;
      case AUDFORMAT -> AudformatShard.HEADER;
      default -> "";
    };
  }

  private void writeFailures(List<FailedSegment> segments) throws IOException {
    try (OutputStream out = settings.folder().create("failures.jsonl", "application/jsonl")) {
      for (FailedSegment failed : segments) {
        out.write((JSON.writeValueAsString(failed) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** The label map by which the corpus readers of this library take every label as it is. */
  private String labels(ExportReport report) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", settings.facts().name());
    map.put("version", 1);
    map.put("source", "gemoclap export");
    Map<String, String> labels = new TreeMap<>();
    report.labels().keySet().forEach(label -> labels.put(label, label));
    map.put("labels", labels);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(map) + "\n";
  }
}
