package io.gemoclap.training.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.training.transfer.Synonyms;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AdaptedLabelsTest {

  @Test
  void wordsOfTheSameMeaningAndAnySpellingAreOneLabel() {
    AdaptedLabels labels = AdaptedLabels.of(List.of("happiness", "hold music"), Synonyms.common());
    assertEquals(Optional.of("happiness"), labels.of("Joy "));
    assertEquals(Optional.of("hold music"), labels.of("Hold Music"));
    assertEquals(Optional.empty(), labels.of("sad"));
  }

  @Test
  void twoLabelsOfOneMeaningAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> AdaptedLabels.of(List.of("happy", "joy"), Synonyms.common()));
    assertEquals(
        "The labels 'happy' and 'joy' mean the same: choose one of them with --labels",
        e.getMessage());
  }

  @Test
  void oneLabelIsTooFew() {
    assertThrows(
        IllegalArgumentException.class,
        () -> AdaptedLabels.of(List.of("happy"), Synonyms.common()));
  }
}
