package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.model.FakeModels;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RecentClassifiersTest {
  private final RecentClassifiers recent = new RecentClassifiers();
  private FakeModels models;
  private BundleRef bundle;

  @BeforeEach
  void installModels() throws IOException {
    models = FakeModels.install();
    bundle = Bundles.resolve(Bundles.BUNDLED);
  }

  @AfterEach
  void restoreModels() {
    models.close();
  }

  private static EmotionPrompts labels(String labels) {
    return new EmotionPrompts(Labels.parse(labels), new PromptTemplates(List.of("{}")));
  }

  @Test
  void fourClassifiersAreKeptAndTheOldestIsEmbeddedAgain() throws IOException {
    EmotionClassifier first = recent.of(bundle, labels("a,b"));
    for (String other : List.of("c,d", "e,f", "g,h")) {
      recent.of(bundle, labels(other));
    }
    assertSame(first, recent.of(bundle, labels("a,b")));
    for (String other : List.of("i,j", "k,l", "m,n", "o,p")) {
      recent.of(bundle, labels(other));
    }
    assertNotSame(first, recent.of(bundle, labels("a,b")));
  }

  @Test
  void aFailureIsRememberedUntilItIsForgotten() throws IOException {
    models.refuse(bundle.id());
    IOException failure = assertThrows(IOException.class, () -> recent.of(bundle, labels("a,b")));
    models.allow(bundle.id());
    assertSame(failure, assertThrows(IOException.class, () -> recent.of(bundle, labels("a,b"))));
    recent.forgetFailures();
    recent.of(bundle, labels("a,b"));
    assertEquals(2, models.loads(bundle.id()));
  }

  @Test
  void labelsThatTheModelDoesNotTakeAreAFailureOfThatModel() {
    String message =
        assertThrows(IOException.class, () -> recent.of(bundle, labels("Aa,BB"))).getMessage();
    assertTrue(message.startsWith("Model " + bundle + " cannot embed the labels: "), message);
  }
}
