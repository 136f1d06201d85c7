package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.ListRecordings;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.SpeechSegment;
import io.gemoclap.audio.WatchRecordings;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.kafka.KafkaConnection;
import io.gemoclap.kafka.ReadRecordings;
import io.gemoclap.row.CompactCoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.junit.jupiter.api.Test;

/** No transform lets Beam choose its slow encoding of rows for values with vectors. */
final class CompactCodersTest {

  @Test
  void everyOutputOfAudioFeaturesAndVectorsHasItsCompactCoder() throws Exception {
    Pipeline pipeline = Pipeline.create();
    var bundled = Bundles.resolve(Bundles.BUNDLED);
    PCollection<Recording> listed = pipeline.apply(ListRecordings.of("/calls"));
    listed.apply(AnnotateSpeech.with(bundled));
    pipeline.apply(WatchRecordings.matching("/calls/**"));
    PCollection<Recording> live =
        pipeline
            .apply(ReadRecordings.from(KafkaConnection.to("localhost:9092"), "calls"))
            .results();
    for (PCollection<Recording> recordings : Set.of(listed, live)) {
      PCollection<SpeechFeatures> features =
          recordings
              .apply(DecodeAudio.recordings())
              .segments()
              .apply(ExtractFeatures.of(FeatureSpec.waveform()))
              .results();
      features.apply(NormalizeFeatures.with(Bundles.manifest(bundled).normalization()));
      features.apply(EmbedSpeech.with(bundled));
    }

    Map<String, Class<?>> slow = new HashMap<>();
    Set<String> compact = new TreeSet<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitValue(PValue value, TransformHierarchy.Node producer) {
            Coder<?> coder = ((PCollection<?>) value).getCoder();
            Class<?> type = coder.getEncodedTypeDescriptor().getRawType();
            if (coder instanceof CompactCoder) {
              compact.add(type.getSimpleName());
            } else if (coder instanceof SchemaCoder
                && type.isAnnotationPresent(DefaultCoder.class)) {
              slow.put(producer.getFullName(), type);
            }
          }
        });
    assertEquals(Map.of(), slow);
    assertTrue(
        compact.containsAll(
            Set.of(
                Recording.class.getSimpleName(),
                SpeechSegment.class.getSimpleName(),
                SpeechFeatures.class.getSimpleName(),
                SpeechEmbedding.class.getSimpleName())),
        compact.toString());
  }
}
