package io.gemoclap.write;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.census.SinkFolder;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.SecretMask;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.EmotionShare;
import io.gemoclap.score.RecordingSummary;
import io.gemoclap.turns.EmotionTurn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Writes whatever of these is in its input: {@code annotations-*} in every format asked for, {@code
 * recordings-*.jsonl}, {@code shares-*.jsonl}, {@code turns-*.jsonl}, {@code embeddings-*.parquet},
 * {@code features-*.parquet} and {@code failures-*.jsonl}; and, for bounded input, the counts of
 * the run in {@code summary.json}.
 *
 * <p>For bounded input, and unbounded input that is windowed. Files appear when their window is
 * complete; a retried bundle leaves no duplicates.
 */
@AutoValue
public abstract class WriteAnnotations extends PTransform<PCollectionTuple, PDone> {
  /** Tag of the scored segments, for {@code annotations-*}. */
  public static final TupleTag<EmotionScores> SCORES = new TupleTag<>("scores") {};

  /** Tag of the recordings' summaries, for {@code recordings-*}. */
  public static final TupleTag<RecordingSummary> RECORDINGS = new TupleTag<>("recordings") {};

  /** Tag of the shares over time. */
  public static final TupleTag<EmotionShare> SHARES = new TupleTag<>("shares") {};

  /** Tag of the turns, for {@code turns-*}. */
  public static final TupleTag<EmotionTurn> TURNS = new TupleTag<>("turns") {};

  /** Tag of the embeddings. */
  public static final TupleTag<SpeechEmbedding> EMBEDDINGS = new TupleTag<>("embeddings") {};

  /** Tag of the features that the embeddings were made of. */
  public static final TupleTag<SpeechFeatures> FEATURES = new TupleTag<>("features") {};

  /** Tag of the failures. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  /**
   * Tag of what decoding found out about each recording. It is counted in {@code summary.json},
   * which bounded input gets with this tag.
   */
  public static final TupleTag<DecodedRecording> DECODED = new TupleTag<>("decoded") {};

  WriteAnnotations() {}

  abstract String folder();

  abstract ImmutableSet<OutputFormat> formats();

  abstract String modelId();

  abstract Normalization normalization();

  abstract String archiveVersion();

  /** Follows the kind of row in file names: empty, or a hyphen and the name of a part. */
  abstract String part();

  abstract String inputDigests();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setFolder(String folder);

    abstract Builder setFormats(ImmutableSet<OutputFormat> formats);

    abstract Builder setModelId(String modelId);

    abstract Builder setNormalization(Normalization normalization);

    abstract Builder setArchiveVersion(String archiveVersion);

    abstract Builder setPart(String part);

    abstract Builder setInputDigests(String inputDigests);

    abstract WriteAnnotations build();
  }

  /**
   * Writes JSON Lines below a folder on any Beam file system.
   *
   * @throws IllegalArgumentException if Beam would take the folder's name for a pattern
   */
  public static WriteAnnotations to(String folder) {
    SinkFolder.requirePlain(folder);
    return new AutoValue_WriteAnnotations.Builder()
        .setFolder(folder)
        .setFormats(ImmutableSet.of(OutputFormat.JSONL))
        .setModelId("")
        .setNormalization(Normalization.NONE)
        .setArchiveVersion("")
        .setPart("")
        .setInputDigests("")
        .build();
  }

  /** Formats of the annotations, at least one; default JSON Lines. */
  public WriteAnnotations withFormats(Set<OutputFormat> formats) {
    checkArgument(!formats.isEmpty(), "formats is empty, but must contain at least one format");
    return toBuilder().setFormats(Sets.immutableEnumSet(formats)).build();
  }

  /** Id of the model that {@code summary.json} names. */
  public WriteAnnotations withModelId(String modelId) {
    return toBuilder().setModelId(modelId).build();
  }

  /** Whose statistics standardised the features, for {@code summary.json}; default none. */
  public WriteAnnotations withNormalization(Normalization normalization) {
    return toBuilder().setNormalization(normalization).build();
  }

  /** The archive's statistics whose version {@code summary.json} names; default none. */
  public WriteAnnotations withArchive(ArchiveStatistics archive) {
    return toBuilder().setArchiveVersion(archive.version()).build();
  }

  /**
   * Writes one of several parts into the same folder: each file name contains the part's name, as
   * in {@code annotations-00007-00000-of-00002.jsonl}, so that a later job overwrites none of them,
   * and in {@code summary-00007.json}, which appears last and so marks a finished part, and lists
   * its files: others of its name were left by an attempt that failed. Default: no part.
   *
   * @param name letters, digits, {@code -} and {@code _}; of an unbounded job its own name, so that
   *     after a restart from its checkpoint the same files are replaced
   */
  public WriteAnnotations withPart(String name) {
    checkArgument(name.matches("[\\w-]+"), "part is '%s', but must be a word", name);
    return toBuilder().setPart("-" + name).build();
  }

  /** A text that the summary holds, by which a later job notices inputs that have changed. */
  @Internal
  public WriteAnnotations withInputDigests(String digests) {
    return toBuilder().setInputDigests(digests).build();
  }

  @Override
  public PDone expand(PCollectionTuple input) {
    Map<String, PCollection<KV<String, String>>> lines = new LinkedHashMap<>();
    List<PCollection<KV<String, String>>> files = new ArrayList<>();
    for (OutputFormat format : formats()) {
      if (format == OutputFormat.JSONL) {
        lines(lines, input, SCORES, "annotations", Rows.ANNOTATION);
      } else {
        parquet(files, input, SCORES, "annotations", Rows.ANNOTATION);
      }
    }
    lines(lines, input, RECORDINGS, "recordings", Rows.RECORDING);
    lines(lines, input, SHARES, "shares", Rows.SHARE);
    lines(lines, input, TURNS, "turns", Rows.TURN);
    parquet(files, input, EMBEDDINGS, "embeddings", Rows.EMBEDDING);
    parquet(files, input, FEATURES, "features", Rows.FEATURES);
    lines(lines, input, FAILURES, "failures", Rows.FAILURE);
    if (areAlike(lines.values())) {
      files.add(
          PCollectionList.of(lines.values())
              .apply("AllLines", Flatten.pCollections())
              .apply("WriteLines", RowFiles.jsonLines(folder())));
    } else {
      lines.forEach(
          (name, each) ->
              files.add(
                  each.apply(
                      "Write " + name + OutputFormat.JSONL.suffix(),
                      RowFiles.jsonLines(folder()))));
    }
    if (input.has(DECODED) && input.get(DECODED).isBounded() == IsBounded.BOUNDED) {
      input.apply(
          "Write summary.json",
          new WriteSummary(
              folder(),
              "summary" + part() + ".json",
              modelId(),
              new NormalizationSummary(normalization(), archiveVersion()),
              inputDigests(),
              files));
    }
    return PDone.in(input.getPipeline());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("folder", SecretMask.of(folder())).withLabel("Output folder"));
    builder.add(
        DisplayData.item("formats", formats().toString().toLowerCase(Locale.ROOT))
            .withLabel("Formats of the annotations"));
    builder.add(
        DisplayData.item("modelId", modelId().isEmpty() ? "not set" : modelId())
            .withLabel("Model that summary.json names"));
    builder.add(
        DisplayData.item("normalize", normalization().toString()).withLabel("Normalised by"));
    builder.add(
        DisplayData.item("archive", archiveVersion().isEmpty() ? "none" : archiveVersion())
            .withLabel("Archive statistics that summary.json names"));
    builder.add(
        DisplayData.item("part", part().isEmpty() ? "none" : part().substring(1))
            .withLabel("Part"));
  }

  /**
   * Whether one transform can write them. With different windows or triggers it cannot, and an
   * unbounded job that is updated keeps its state by the names of the steps.
   */
  private static boolean areAlike(Collection<PCollection<KV<String, String>>> lines) {
    return !lines.isEmpty()
        && lines.stream().allMatch(each -> each.isBounded() == IsBounded.BOUNDED)
        && lines.stream().map(PCollection::getWindowingStrategy).distinct().count() == 1;
  }

  private <T> void lines(
      Map<String, PCollection<KV<String, String>>> lines,
      PCollectionTuple input,
      TupleTag<T> tag,
      String name,
      RowType<T> row) {
    if (input.has(tag)) {
      String prefix = name + part();
      lines.put(
          name,
          input
              .get(tag)
              .apply(
                  "Lines of " + name,
                  MapElements.into(
                          TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.strings()))
                      .via(element -> KV.of(prefix, row.json(element)))));
    }
  }

  private <T> void parquet(
      List<PCollection<KV<String, String>>> files,
      PCollectionTuple input,
      TupleTag<T> tag,
      String name,
      RowType<T> row) {
    if (input.has(tag)) {
      files.add(
          input
              .get(tag)
              .apply(
                  "Write " + name + OutputFormat.PARQUET.suffix(),
                  RowFiles.parquet(folder(), name + part(), row)));
    }
  }
}
