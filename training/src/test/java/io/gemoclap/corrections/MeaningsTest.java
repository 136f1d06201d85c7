package io.gemoclap.corrections;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.training.transfer.Synonyms;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeaningsTest {
  @Test
  void labelsThatTheModelTellsApartStayApart() {
    Meanings meanings = new Meanings(List.of("joy", "excited"), Synonyms.common()::meaning);
    assertEquals("joy", meanings.of("Joy "));
    assertEquals("excited", meanings.of("EXCITED"));
    assertEquals("happy", meanings.of("happy"));
    assertEquals(
        "Joy", new Meanings(List.of("Joy", "fear"), Synonyms.common()::meaning).of("happy"));
  }
}
