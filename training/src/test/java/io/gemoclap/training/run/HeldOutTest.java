package io.gemoclap.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.folds.Fold;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeldOutTest {
  private static Utterance utterance(String id) {
    return Utterance.of(id, id + ".wav").build();
  }

  @Test
  void theTestPartIsGivenIfTheFoldDoesNotKnowIt() {
    Fold fold =
        new Fold("1", List.of(utterance("a")), List.of(utterance("b")), List.of(utterance("c")));
    assertEquals(List.of("c"), HeldOut.of(fold).stream().map(Utterance::id).toList());
  }

  @Test
  void anUtteranceThatIsTrainedOnIsRefused() {
    Fold trained = new Fold("1", List.of(utterance("a")), List.of(), List.of(utterance("a")));
    Fold chosenBy = new Fold("2", List.of(), List.of(utterance("b")), List.of(utterance("b")));
    String message =
        assertThrows(IllegalStateException.class, () -> HeldOut.of(trained)).getMessage();
    assertTrue(message.contains("'a'"), message);
    assertThrows(IllegalStateException.class, () -> HeldOut.of(chosenBy));
  }
}
