package io.gemoclap.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.Exemplars;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrainingExemplarsTest {

  @Test
  void theMeanOfTheChosenOnesStaysCloseToTheMeanOfAll() {
    List<FeatureMatrix> rows = List.of(row(10, 0), row(-10, 0), row(1, 1), row(-1, -1), row(0, 9));
    // The mean is (0, 1.8): (1, 1) is nearest to it, then what brings the mean of both back.
    assertEquals(List.of(row(1, 1), row(-1, -1)), TrainingExemplars.herd(rows, 2));
    assertEquals(5, TrainingExemplars.herd(rows, 9).size());
  }

  @Test
  void eachLabelKeepsAsManyAndFramesAreNotKept() throws Exception {
    Examples examples =
        Examples.of(
            List.of(
                example("a", "anger", row(1, 1)),
                example("b", "anger", row(3, 3)),
                example("c", "anger", row(2, 2)),
                example("d", "sadness", row(0, 0))));
    Exemplars chosen = TrainingExemplars.of(FeatureSpec.emotionFunctionals(), examples, 1);
    assertEquals(
        List.of(
            new Exemplars.Exemplar(row(2, 2), "anger"),
            new Exemplars.Exemplar(row(0, 0), "sadness")),
        chosen.all());
    assertNull(TrainingExemplars.of(FeatureSpec.waveform(), examples, 1));
  }

  private static FeatureMatrix row(float... values) {
    return FeatureMatrix.of(1, values.length, values);
  }

  private static Example example(String id, String emotion, FeatureMatrix row) {
    return new Example(
        Utterance.of(id, id + ".wav").label(emotion, emotion).build(), 1, List.of(row));
  }
}
