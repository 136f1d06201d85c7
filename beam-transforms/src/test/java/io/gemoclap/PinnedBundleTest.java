package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Throwables;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleCopies;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.bundle.DifferentBundleException;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.embed.SpeechEmbeddingCoder;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.features.SpeechFeaturesCoder;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.score.ScoreEmotions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle under a URI is replaced after the pipeline was built: no worker uses the new one. */
final class PinnedBundleTest {
  private static final SegmentRef REF = new SegmentRef("call", 0, 0, 1, Map.of());

  @TempDir private Path temp;
  private Path folder;
  private BundleRef pinned;
  private final TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

  @BeforeEach
  void writesABundle() throws IOException {
    folder = BundleCopies.of(Bundles.BUNDLED, temp.resolve("bundle"));
    pinned = Bundles.resolve(folder.toString());
  }

  private String replace() throws IOException {
    Path manifest = folder.resolve(ModelBundle.MANIFEST);
    Files.writeString(manifest, Files.readString(manifest) + "\n");
    return Bundles.resolve(folder.toString()).id();
  }

  private static void assertNamesBoth(Throwable failure, String before, String after) {
    Throwable root = Throwables.getRootCause(failure);
    assertEquals(DifferentBundleException.class, root.getClass(), failure.toString());
    assertTrue(root.getMessage().contains(before), root.getMessage());
    assertTrue(root.getMessage().contains(after), root.getMessage());
  }

  @Test
  void embedSpeechFailsOnTheWorkerNamingBothIds() throws IOException {
    FeatureMatrix matrix = FeatureMatrix.of(1, 1, new float[1]);
    pipeline
        .apply(
            Create.of(new SpeechFeatures(REF, matrix, FeatureOrigin.of(FeatureSpec.waveform())))
                .withCoder(SpeechFeaturesCoder.of()))
        .apply(EmbedSpeech.with(folder.toString()));
    String other = replace();
    assertNamesBoth(assertThrows(RuntimeException.class, pipeline::run), pinned.id(), other);
  }

  @Test
  void scoreEmotionsFailsOnTheWorkerNamingBothIds() throws IOException {
    pipeline
        .apply(
            Create.of(new SpeechEmbedding(REF, new float[] {1}, pinned))
                .withCoder(SpeechEmbeddingCoder.of()))
        .apply(ScoreEmotions.with(folder.toString()));
    String other = replace();
    assertNamesBoth(assertThrows(RuntimeException.class, pipeline::run), pinned.id(), other);
  }

  @Test
  void theManifestOfAPinnedBundleIsItsOwnOrNone() throws IOException {
    assertEquals(7, Bundles.manifest(pinned).labels().size());
    String other = replace();
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> Bundles.manifest(pinned));
    assertNamesBoth(e, pinned.id(), other);
    assertNamesBoth(
        assertThrows(UncheckedIOException.class, () -> AnnotateSpeech.with(pinned)),
        pinned.id(),
        other);
  }

  @Test
  void openingAPinnedLocalFolderNoticesThatItWasReplaced() throws IOException {
    assertEquals(pinned.id(), Bundles.open(pinned).id());
    String other = replace();
    assertNamesBoth(
        assertThrows(IOException.class, () -> Bundles.open(pinned)), pinned.id(), other);
  }
}
