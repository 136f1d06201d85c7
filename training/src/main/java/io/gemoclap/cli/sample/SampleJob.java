package io.gemoclap.cli.sample;

import io.gemoclap.cli.archive.FinishedResults;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.JobRows;
import io.gemoclap.read.ReadAnnotations;
import io.gemoclap.read.ReadEmbeddings;
import io.gemoclap.sample.Choice;
import io.gemoclap.sample.CountSegments;
import io.gemoclap.sample.Counted;
import io.gemoclap.sample.Draw;
import io.gemoclap.sample.DrawPlan;
import io.gemoclap.sample.DrawSegments;
import io.gemoclap.sample.Embedded;
import io.gemoclap.sample.Grouping;
import io.gemoclap.sample.Part;
import io.gemoclap.sample.PickEmbeddings;
import io.gemoclap.sample.SampledSegment;
import io.gemoclap.sample.Shares;
import io.gemoclap.sample.Strata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Chooses segments in passes over the results: one that counts the groups, one that draws, and one
 * over the embeddings for the diverse part.
 *
 * @param results the results
 * @param options of a runner in this process
 */
record SampleJob(FinishedResults results, PipelineOptions options) {
  /** The diverse part is chosen among so many segments, so that it takes seconds. */
  static final int POOL = 20_000;

  /**
   * The outcome.
   *
   * @param segments in listening order
   * @param strata strata of the random part
   * @param notes sentences for the user
   */
  record Chosen(List<SampledSegment> segments, Strata strata, List<String> notes) {}

  /** Chooses. */
  Chosen choose(SampleRequest request) throws IOException {
    FileSystems.setDefaultPipelineOptions(options);
    List<String> notes = new ArrayList<>();
    SortedMap<String, Long> groups = groups(request);
    boolean embeddings = results.has("embeddings");
    Shares shares = request.shares();
    if (!embeddings && shares.of().get(Part.DIVERSE) > 0) {
      shares = withoutDiverse(shares);
      notes.add(
          "The results have no embeddings, so there is no diverse part: the others have its share."
              + " For one, annotate with --embeddings.");
    }
    int n = request.of(groups.values().stream().mapToLong(Long::longValue).sum(), uri());
    Map<Part, Integer> counts = shares.counts(n);
    Strata strata = Strata.plan(groups, counts.get(Part.RANDOM));
    DrawPlan plan =
        new DrawPlan(
            request.grouping(), request.seed(), strata, n, counts.get(Part.DIVERSE) > 0 ? POOL : 0);
    Draw draw =
        run("Drawing segments", readAnnotations(), DrawSegments.by(plan), Draw.class).get(0);
    Choice choice = new Choice(plan, draw, counts.get(Part.UNCERTAIN));
    if (counts.get(Part.DIVERSE) > 0) {
      int lacking =
          choice.addDiverse(
              counts.get(Part.DIVERSE),
              run(
                  "Comparing embeddings",
                  ReadEmbeddings.from(uri()),
                  PickEmbeddings.of(choice.forDiverse()),
                  Embedded.class));
      if (lacking > 0) {
        notes.add(
            "%s segments of the diverse part are lacking, because too few others have embeddings: the least certain take their place."
                .formatted(lacking));
      }
    }
    if (strata.list().size() < groups.size() && !strata.list().isEmpty()) {
      double enough = Math.ceil(2 * groups.size() / shares.of().get(Part.RANDOM));
      notes.add(
          "--by=%s gives %s groups, too many for %s random segments: neighbours by name share %s strata.%s"
              .formatted(
                  request.grouping().by(),
                  groups.size(),
                  counts.get(Part.RANDOM),
                  strata.list().size(),
                  enough > SampleCommand.MOST
                      ? ""
                      : " For a stratum each, take --n=" + (int) enough + " or more."));
    }
    return new Chosen(choice.inListeningOrder(), strata, notes);
  }

  private Shares withoutDiverse(Shares shares) {
    try {
      return shares.withoutDiverse();
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(
          "The diverse part needs embeddings, but '%s' has none: annotate with --embeddings, or change --shares"
              .formatted(uri()),
          e);
    }
  }

  private SortedMap<String, Long> groups(SampleRequest request) throws IOException {
    Grouping grouping = request.grouping();
    Map<Counted.Kind, SortedMap<String, Long>> counts = new TreeMap<>();
    for (Counted.Kind kind : Counted.Kind.values()) {
      counts.put(kind, new TreeMap<>());
    }
    run("Counting segments", readAnnotations(), CountSegments.by(grouping), Counted.class)
        .forEach(c -> counts.get(c.kind()).put(c.name(), c.segments()));
    SortedMap<String, Long> groups = counts.get(Counted.Kind.GROUP);
    SortedMap<String, Long> columns = counts.get(Counted.Kind.COLUMN);
    if (grouping.isMetadata() && !columns.containsKey(grouping.by())) {
      throw new WrongUsageException(
          "--by=%s: no segment has this metadata. Use emotion, recording%s"
              .formatted(
                  grouping.by(),
                  columns.isEmpty()
                      ? ": the results have no metadata"
                      : " or one of the columns: " + String.join(", ", columns.keySet())));
    }
    requireOne("models", counts.get(Counted.Kind.MODEL));
    requireOne("label sets", counts.get(Counted.Kind.LABEL_SET));
    return groups;
  }

  private void requireOne(String what, SortedMap<String, Long> names) {
    if (names.size() > 1) {
      throw new WrongUsageException(
          "The rows of '%s' are of several %s (%s), so that their emotions cannot be judged together. Make them one with 'gemoclap rescore'"
              .formatted(uri(), what, String.join(", ", names.keySet())));
    }
  }

  private String uri() {
    return results.folder().uri();
  }

  private ReadAnnotations readAnnotations() {
    return ReadAnnotations.from(uri());
  }

  private <S, T> List<T> run(
      String doing,
      PTransform<PBegin, PCollection<S>> read,
      PTransform<PCollection<S>, PCollection<String>> pass,
      Class<T> type)
      throws IOException {
    System.err.println(doing + " ...");
    return JobRows.of(options, type, pipeline -> pipeline.apply("Read", read).apply("Pass", pass));
  }
}
