package io.gemoclap.review.search;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.SharedModels;
import io.gemoclap.model.SpeechParts;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ZeroShotClassifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is searched for into a unit vector of the space in which sentences lie, with the
 * bundle that made the vectors of the results. Thread-safe.
 */
public final class QueryModel implements AutoCloseable {
  private final BundleRef bundle;
  private final ModelManifest manifest;
  private final DecodeAudio decoding;
  private final Normalization normalization;
  private final @Nullable ArchiveStatistics archive;
  private SharedModels.@Nullable Lease lease;

  /**
   * A model, which is loaded for the first search.
   *
   * @param decoding how recordings that are searched for are decoded and cut
   * @param normalization as the results were normalised
   * @param archive statistics of the archive of the results; null if they have none
   */
  public QueryModel(
      BundleRef bundle,
      DecodeAudio decoding,
      Normalization normalization,
      @Nullable ArchiveStatistics archive) {
    this.bundle = bundle;
    this.decoding = decoding;
    this.normalization = normalization;
    this.archive = archive;
    manifest = Bundles.manifest(bundle);
  }

  /** The bundle. */
  public BundleRef bundle() {
    return bundle;
  }

  /**
   * The vector of some words: the mean direction of the bundle's templates around them.
   *
   * @param words such as "tired, giving up"; not blank
   * @throws IOException if the bundle cannot be loaded
   */
  public float[] words(String words) throws IOException {
    List<String> sentences = new PromptTemplates(manifest.templates()).expand(words.strip());
    return ZeroShotClassifier.meanDirection(loaded().model().embedText(sentences));
  }

  private synchronized SharedModels.Lease loaded() throws IOException {
    SharedModels.Lease loaded = lease;
    if (loaded == null) {
      loaded = SharedModels.acquire(Bundles.open(bundle), false);
      lease = loaded;
    }
    return loaded;
  }

  /**
   * The vector of a recording: the mean direction of its segments, which are normalised as those of
   * the results, the recording taken as one of their archive.
   *
   * @param name its name, of which a suffix such as {@code .mp3} is used
   * @param encoded the content of the file
   * @throws IOException if it has no segment that can be embedded, saying why
   */
  public float[] recording(String name, byte[] encoded) throws IOException {
    loaded(); // So that the workers below share it with searches.
    String run = UUID.randomUUID().toString();
    Collected collected = new Collected(new ArrayList<>(), new ArrayList<>());
    CollectFn.RUNS.put(run, collected);
    try {
      Pipeline pipeline = pipeline();
      AnnotateSpeech annotate =
          AnnotateSpeech.with(bundle)
              .withDecoding(decoding)
              .withNormalization(normalization)
              .withSummaries(false);
      AnnotateSpeech.Result result =
          pipeline
              .apply(Create.of(Recording.bytes(name, encoded)).withCoder(RecordingCoder.of()))
              .apply(archive == null ? annotate : annotate.withArchive(archive));
      result.embeddings().apply("Embeddings", ParDo.of(new CollectFn<SpeechEmbedding>(run)));
      result.failures().apply("Failures", ParDo.of(new CollectFn<Failure>(run)));
      pipeline.run().waitUntilFinish();
    } catch (RuntimeException e) {
      throw new IOException("'" + name + "' cannot be embedded: " + e.getMessage(), e);
    } finally {
      CollectFn.RUNS.remove(run);
    }
    return collected.mean(name, manifest.dims());
  }

  private static Pipeline pipeline() {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(1);
    options.setEnforceEncodability(false);
    options.setEnforceImmutability(false);
    return Pipeline.create(options);
  }

  /** What a run came to. */
  private record Collected(List<float[]> vectors, List<String> failures) {
    synchronized void add(Object result) {
      if (result instanceof SpeechEmbedding embedding) {
        vectors.add(embedding.vector());
      } else if (result instanceof Failure failure) {
        failures.add(failure.getMessage());
      }
    }

    synchronized float[] mean(String name, int dims) throws IOException {
      if (vectors.isEmpty()) {
        throw new IOException(
            "'%s' has no segment that can be compared: %s"
                .formatted(name, failures.isEmpty() ? "no speech was found" : failures.get(0)));
      }
      return ZeroShotClassifier.meanDirection(
          vectors.stream().map(v -> SpeechParts.emotion(v, dims)).toArray(float[][]::new));
    }
  }

  /** Hands results to the thread that waits for them: the DirectRunner works in this JVM. */
  private static final class CollectFn<T> extends DoFn<T, Void> {
    private static final Map<String, Collected> RUNS = new ConcurrentHashMap<>();
    private final String run;

    CollectFn(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element T result) {
      RUNS.get(run).add(result);
    }
  }

  @Override
  public synchronized void close() {
    if (lease != null) {
      lease.close();
      lease = null;
    }
  }
}
