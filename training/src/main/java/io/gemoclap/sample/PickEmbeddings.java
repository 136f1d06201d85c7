package io.gemoclap.sample;

import io.gemoclap.embed.SpeechEmbedding;
import java.util.Set;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Keeps the embeddings of some segments, as {@link Embedded}s in JSON. */
public final class PickEmbeddings
    extends PTransform<PCollection<SpeechEmbedding>, PCollection<String>> {
  private final Set<String> segments;

  private PickEmbeddings(Set<String> segments) {
    this.segments = segments;
  }

  /** Keeps those of segments with these ids; the ids travel with the transform to each worker. */
  public static PickEmbeddings of(Set<String> segments) {
    return new PickEmbeddings(Set.copyOf(segments));
  }

  @Override
  public PCollection<String> expand(PCollection<SpeechEmbedding> embeddings) {
    Set<String> ids = segments;
    return embeddings
        .apply("Pick", Filter.by(e -> ids.contains(e.ref().id()) && e.isFinite()))
        .apply(
            "ToJson",
            MapElements.into(TypeDescriptors.strings())
                .via(e -> Json.text(Embedded.of(e.ref().id(), e.vector()))));
  }
}
