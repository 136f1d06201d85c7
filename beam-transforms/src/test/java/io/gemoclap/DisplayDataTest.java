package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.DecodeWithStage;
import io.gemoclap.audio.ListRecordings;
import io.gemoclap.audio.SegmentStage;
import io.gemoclap.audio.WatchRecordings;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.embed.RefreshModel;
import io.gemoclap.export.CorpusFormat;
import io.gemoclap.export.ExportCorpus;
import io.gemoclap.failure.LogFailures;
import io.gemoclap.failure.ToBadRecords;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.kafka.KafkaConnection;
import io.gemoclap.kafka.PublishAnnotations;
import io.gemoclap.kafka.ReadRecordings;
import io.gemoclap.kafka.ReadTexts;
import io.gemoclap.read.ReadAnnotations;
import io.gemoclap.read.ReadEmbeddings;
import io.gemoclap.read.ReadFailures;
import io.gemoclap.read.ReadFeatures;
import io.gemoclap.read.ReadSummaries;
import io.gemoclap.refresh.NewestValue;
import io.gemoclap.refresh.Refresh;
import io.gemoclap.row.SqlRows;
import io.gemoclap.score.EmotionShares;
import io.gemoclap.score.RefreshPrompts;
import io.gemoclap.score.ScoreEmotions;
import io.gemoclap.score.SummarizeRecordings;
import io.gemoclap.turns.EmotionTurns;
import io.gemoclap.write.WriteAnnotations;
import io.gemoclap.write.WriteFeatures;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What runners show of a transform: its settings, defaults included, in readable values. */
final class DisplayDataTest {
  /** These have nothing to set. */
  private static final Set<Class<?>> WITHOUT_SETTINGS =
      Set.of(
          LogFailures.class,
          NewestValue.class,
          SqlRows.class,
          SummarizeRecordings.class,
          ToBadRecords.class);

  static Stream<PTransform<?, ?>> transforms() throws IOException {
    var bundled = Bundles.resolve(Bundles.BUNDLED);
    KafkaConnection kafka = KafkaConnection.to("localhost:9092");
    return Stream.of(
        AnnotateSpeech.with(bundled),
        EstimateArchive.of(AnnotateSpeech.with(bundled)),
        RescoreSegments.ofEmbeddings("results", ScoreEmotions.with(bundled)),
        DecodeAudio.recordings(),
        new DecodeWithStage<>(DecodeAudio.recordings(), SegmentStage.none()),
        ListRecordings.of("/calls"),
        WatchRecordings.matching("/calls/**"),
        ExtractFeatures.of(FeatureSpec.waveform()),
        NormalizeFeatures.with(Bundles.manifest(bundled).normalization()),
        EmbedSpeech.with(bundled),
        RefreshModel.with(bundled),
        ScoreEmotions.with(bundled),
        RefreshPrompts.with(bundled),
        EmotionShares.by("caller"),
        EmotionTurns.create(),
        WriteAnnotations.to("/results"),
        ReadAnnotations.from("results"),
        ReadSummaries.from("results"),
        ReadFailures.from("results"),
        ReadEmbeddings.from("results"),
        ReadFeatures.from("results"),
        WriteFeatures.to("/results"),
        ExportCorpus.to("/corpus", CorpusFormat.CSV),
        ReadRecordings.from(kafka, "calls"),
        ReadTexts.from(kafka, "labels"),
        PublishAnnotations.to(kafka, "emotions"),
        Refresh.of("RefreshLabels", String.class, text -> text));
  }

  @Test
  void everyPublicTransformIsListedHere() throws IOException {
    Set<String> found =
        LibraryClasses.all().stream()
            .filter(PTransform.class::isAssignableFrom)
            .filter(type -> Modifier.isPublic(type.getModifiers()))
            .map(Class::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed =
        Stream.concat(transforms().map(Object::getClass), WITHOUT_SETTINGS.stream())
            .map(Class::getName)
            .map(name -> name.replace("AutoValue_", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(found, listed);
  }

  @ParameterizedTest
  @MethodSource("transforms")
  void aTransformShowsItsSettings(PTransform<?, ?> transform) {
    var items = DisplayData.from(transform).items();
    assertFalse(items.isEmpty(), () -> transform + " shows nothing");
    List<String> senseless = List.of(Integer.toString(Integer.MAX_VALUE), "null", "");
    for (DisplayData.Item item : items) {
      assertFalse(senseless.contains(String.valueOf(item.getValue())), item.toString());
      assertFalse(String.valueOf(item.getValue()).matches(".*@[0-9a-f]{5,}"), item.toString());
    }
  }
}
