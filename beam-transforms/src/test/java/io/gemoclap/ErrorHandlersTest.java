package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.audio.SpeechSegment;
import io.gemoclap.audio.SpeechSegmentCoder;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.embed.RefreshModel;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.embed.SpeechEmbeddingCoder;
import io.gemoclap.export.CorpusFormat;
import io.gemoclap.export.ExportCorpus;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.features.SpeechFeaturesCoder;
import io.gemoclap.kafka.KafkaConnection;
import io.gemoclap.kafka.ReadRecordings;
import io.gemoclap.model.FakeModels;
import io.gemoclap.refresh.Refresh;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import io.gemoclap.score.RefreshPrompts;
import io.gemoclap.score.ScoreEmotions;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Beam's error handlers, which every public transform with failures accepts. */
@ExtendWith(TestPipelineExtension.class)
final class ErrorHandlersTest {
  private static final String METHOD = "withBadRecordErrorHandler";
  private static final SegmentRef REF = new SegmentRef("call", 0, 0, 1, Map.of());

  @TempDir private Path folder;
  private FakeModels models;

  @BeforeEach
  void installModels() {
    models = FakeModels.install();
  }

  @AfterEach
  void restoreModels() {
    models.close();
  }

  /** A sink of a user, with a field that cannot be serialised. */
  private static final class Sink extends PTransform<PCollection<BadRecord>, PCollection<String>> {
    @SuppressWarnings("unused")
    private final Object notSerializable = new Object();

    @Override
    public PCollection<String> expand(PCollection<BadRecord> errors) {
      return errors.apply(
          MapElements.into(TypeDescriptors.strings())
              .via(
                  bad ->
                      bad.getFailure().getException()
                          + " "
                          + bad.getFailure().getDescription().replaceFirst(":.*", "")));
    }
  }

  @Test
  void eachFailureReachesTheHandlerAndStaysAnOutput(TestPipeline pipeline) throws Exception {
    BundleRef bundle = Bundles.resolve(Bundles.BUNDLED);
    PCollection<Recording> recordings =
        pipeline.apply(
            "Recordings",
            Create.of(Recording.unreadable("gone", "it does not exist"))
                .withCoder(RecordingCoder.of()));
    PCollection<SpeechSegment> segments =
        pipeline.apply(
            "Segments",
            Create.of(new SpeechSegment(REF, 8_000, new float[8_000]))
                .withCoder(SpeechSegmentCoder.of()));
    PCollection<SpeechFeatures> features =
        pipeline.apply(
            "Features",
            Create.of(
                    new SpeechFeatures(
                        REF, FeatureMatrix.of(1, 1, new float[1]), new FeatureOrigin("other", "")))
                .withCoder(SpeechFeaturesCoder.of()));
    PCollection<SpeechEmbedding> embeddings =
        pipeline.apply(
            "Embeddings",
            Create.of(new SpeechEmbedding(REF, new float[] {1}, new BundleRef("", "other")))
                .withCoder(SpeechEmbeddingCoder.of()));
    PCollection<EmotionScores> scores =
        pipeline.apply(
            "Scores",
            Create.of(
                EmotionScores.builder()
                    .setRecording("/nowhere.wav")
                    .setSegmentId("/nowhere.wav#0:0-1000")
                    .setChannel(0)
                    .setStartSeconds(0)
                    .setEndSeconds(1)
                    .setEmotion("anger")
                    .setConfidence(1)
                    .setAbstained(false)
                    .setScores(List.of(LabelScore.of("anger", 1)))
                    .setGender("")
                    .setGenderScores(List.of())
                    .setModelId("model")
                    .setLabelSet("labels")
                    .setMetadata(Map.of())
                    .build()));
    PCollection<String> updates = pipeline.apply("Updates", Create.of("no JSON"));

    ErrorHandler.BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new Sink());
    List<PCollection<Failure>> failures;
    try (handler) {
      failures =
          List.of(
              recordings
                  .apply(AnnotateSpeech.with(bundle).withBadRecordErrorHandler(handler))
                  .failures(),
              recordings
                  .apply(DecodeAudio.recordings().withBadRecordErrorHandler(handler))
                  .failures(),
              segments
                  .apply(
                      ExtractFeatures.of(FeatureSpec.waveform()).withBadRecordErrorHandler(handler))
                  .failures(),
              features
                  .apply(EmbedSpeech.with(bundle).withBadRecordErrorHandler(handler))
                  .failures(),
              embeddings
                  .apply(ScoreEmotions.with(bundle).withBadRecordErrorHandler(handler))
                  .failures(),
              scores
                  .apply(
                      ExportCorpus.to(folder.toString(), CorpusFormat.AUDIOFOLDER)
                          .withBadRecordErrorHandler(handler))
                  .failures(),
              updates
                  .apply(RefreshModel.with(bundle).withBadRecordErrorHandler(handler))
                  .failures(),
              updates
                  .apply(RefreshPrompts.with(bundle).withBadRecordErrorHandler(handler))
                  .failures());
    }

    List<String> expected =
        List.of(
            "UNREADABLE DecodeAudio",
            "UNREADABLE DecodeAudio",
            "UNFIT ExtractFeatures",
            "UNFIT EmbedSpeech",
            "UNFIT ScoreEmotions",
            "UNREADABLE ExportCorpus",
            "REFUSED RefreshModel",
            "REFUSED RefreshPrompts");
    PAssert.that(handler.getOutput()).containsInAnyOrder(expected);
    PAssert.that(
            PCollectionList.of(failures)
                .apply("AllFailures", Flatten.pCollections())
                .apply(
                    "Texts",
                    MapElements.into(TypeDescriptors.strings())
                        .via(f -> f.getKindName() + " " + f.getStage())))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  /** Remembers what it gets; reading from Kafka needs a broker. */
  private static final class Counting implements ErrorHandler<BadRecord, PCollection<String>> {
    private int collections;

    @Override
    public void addErrorCollection(PCollection<BadRecord> errors) {
      collections++;
    }

    @Override
    public boolean isClosed() {
      return false;
    }

    @Override
    public PCollection<String> getOutput() {
      throw new IllegalStateException("no output");
    }

    @Override
    public void close() {}
  }

  @Test
  void theHandlerGetsKafkasFailures() {
    Counting handler = new Counting();
    Pipeline.create()
        .apply(
            ReadRecordings.from(KafkaConnection.to("localhost:9092"), "calls")
                .withBadRecordErrorHandler(handler));
    assertEquals(1, handler.collections);
  }

  /** So that no transform is forgotten here. */
  @Test
  void everyPublicTransformWithFailuresAcceptsAHandler() {
    Set<String> failing = new TreeSet<>();
    Set<String> accepting = new TreeSet<>();
    for (Class<?> type : transforms().toList()) {
      if (outputs(type).anyMatch(ErrorHandlersTest::hasFailures)) {
        failing.add(type.getSimpleName());
      }
      if (Arrays.stream(type.getMethods()).anyMatch(method -> method.getName().equals(METHOD))) {
        accepting.add(type.getSimpleName());
      }
    }
    assertEquals(failing, accepting);
    assertEquals(9, accepting.size(), accepting.toString());
  }

  private static Stream<Class<?>> transforms() {
    return LibraryClasses.all().stream()
        .filter(PTransform.class::isAssignableFrom)
        .filter(type -> Modifier.isPublic(type.getModifiers()))
        // Not public: a part of RefreshModel and RefreshPrompts.
        .filter(type -> type != Refresh.class);
  }

  private static Stream<Class<?>> outputs(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals("expand") && !method.isBridge())
        .map(Method::getReturnType);
  }

  private static boolean hasFailures(Class<?> output) {
    return Arrays.stream(output.getMethods())
        .map(Method::getName)
        .collect(Collectors.toSet())
        .contains("failures");
  }
}
