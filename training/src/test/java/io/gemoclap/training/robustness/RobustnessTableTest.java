package io.gemoclap.training.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.degrade.Degradation;
import io.gemoclap.training.degrade.Severity;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RobustnessTableTest {
  private static final List<String> NAMES = List.of("voice", "recording");

  /** The voice tells two emotions apart; harsh degradations move the other column. */
  private static Example example(int i, boolean degraded) {
    String emotion = i % 2 == 0 ? "neutral" : "anger";
    List<FeatureMatrix> versions = new ArrayList<>();
    versions.add(FeatureMatrix.of(1, 2, new float[] {i % 2, i / 2 % 2}));
    for (Degradation degradation : degraded ? Degradation.values() : new Degradation[0]) {
      float shift = degradation.severity() == Severity.HARSH ? degradation.index() : 0;
      versions.add(FeatureMatrix.of(1, 2, new float[] {i % 2, i / 2 % 2 + shift}));
    }
    return new Example(Utterance.of("u" + i, "u.wav").label(emotion, emotion).build(), 1, versions);
  }

  private static Examples examples(boolean degraded) {
    List<Example> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(example(i, degraded));
    }
    return Examples.of(all);
  }

  @Test
  void columnsOfTheRecordingComeFirst() throws IOException {
    RobustnessTable table = RobustnessTable.of(examples(true), NAMES, null);
    RobustnessTable.Row recording = table.rows().get(0);
    RobustnessTable.Row voice = table.rows().get(1);
    assertEquals("recording", recording.feature());
    assertEquals(0, recording.emotion(), 1e-9);
    assertEquals(0, recording.mild(), 1e-9);
    assertEquals(1, recording.harsh(), 0.05);
    assertEquals(1, voice.emotion(), 1e-9);
    assertEquals(0, voice.harsh(), 1e-9);
    assertNull(voice.other());
    assertEquals("voice,1.0000,0.0000,0.0000,", table.csv().get(2));
  }

  @Test
  void neutralSpeechOfAnotherCorpusIsComparedWithNeutralSpeech() throws IOException {
    Examples other =
        Examples.of(
            List.of(
                new Example(
                    Utterance.of("o", "o.wav").label("neutral", "neutral").build(),
                    1,
                    List.of(FeatureMatrix.of(1, 2, new float[] {0, 1.5f}))),
                new Example(
                    Utterance.of("p", "p.wav").label("anger", "anger").build(),
                    1,
                    List.of(FeatureMatrix.of(1, 2, new float[] {9, 9})))));
    RobustnessTable table = RobustnessTable.of(examples(true), NAMES, other);
    // Neutral clips: mean 0 and 0.5, each column with a variance of 0.25.
    assertEquals(4, table.rows().get(0).other(), 1e-9);
    assertEquals(0, table.rows().get(1).other(), 1e-9);
  }
}
