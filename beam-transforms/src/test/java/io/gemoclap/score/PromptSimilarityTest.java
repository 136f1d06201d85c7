package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.model.FakeModels;
import io.gemoclap.model.ModelManifest;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PromptSimilarityTest {
  private BundleRef bundle;
  private ModelManifest manifest;
  private FakeModels models;

  @BeforeEach
  void installModels() throws Exception {
    bundle = Bundles.resolve(Bundles.BUNDLED);
    manifest = Bundles.manifest(bundle);
    models = FakeModels.install();
  }

  @AfterEach
  void restoreModels() {
    models.close();
  }

  @Test
  void theSentenceOfTheVectorsDirectionHasTheCosineOne() {
    PromptSimilarity similarity = PromptSimilarity.with(Bundles.BUNDLED);
    float[] tired = FakeModels.sounding("tired", manifest);
    assertEquals(1, similarity.of(tired, "tired"), 1e-6);
    assertTrue(similarity.of(tired, "eager") < 0.99);
  }

  /** The second half says how the voice sounds, and any voice may say a sentence. */
  @Test
  void theVoiceDoesNotCount() {
    assertEquals(2 * manifest.dims(), manifest.speechDims());
    PromptSimilarity similarity = PromptSimilarity.with(Bundles.BUNDLED);
    float[] vector = FakeModels.sounding("tired", manifest);
    double before = similarity.of(vector, "eager");
    for (int d = manifest.dims(); d < vector.length; d++) {
      vector[d] = -vector[d];
    }
    assertEquals(before, similarity.of(vector, "eager"));
  }

  @Test
  void aSentenceIsEmbeddedOnce() {
    PromptSimilarity similarity = PromptSimilarity.with(Bundles.BUNDLED);
    float[] tired = FakeModels.sounding("tired", manifest);
    for (int i = 0; i < 3; i++) {
      similarity.of(tired, "tired");
      similarity.of(tired, "eager");
    }
    assertEquals(2, models.loads(bundle.id()));
  }

  @Test
  void aVectorOfAnotherSizeIsRejectedWithTheRemedy() {
    PromptSimilarity similarity = PromptSimilarity.with(Bundles.BUNDLED);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> similarity.of(new float[3], "tired"));
    assertTrue(e.getMessage().contains("3 dimensions"), e.getMessage());
    assertTrue(e.getMessage().contains("with the bundle that made them"), e.getMessage());
  }

  @Test
  void aModelThatCannotBeLoadedIsNamed() {
    models.refuse(bundle.id());
    PromptSimilarity similarity = PromptSimilarity.with(Bundles.BUNDLED);
    float[] tired = FakeModels.sounding("tired", manifest);
    assertThrows(UncheckedIOException.class, () -> similarity.of(tired, "tired"));
  }
}
