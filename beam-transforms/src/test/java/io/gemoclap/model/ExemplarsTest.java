package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.Exemplars.Exemplar;
import io.gemoclap.model.weights.FloatTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExemplarsTest {
  private static final List<String> LABELS = List.of("anger", "fear", "sadness");

  @Test
  void theyAreTheSameAfterTheyWereWrittenAndRead() {
    Exemplars exemplars =
        new Exemplars(
            List.of(new Exemplar(row(1, 2), "sadness"), new Exemplar(row(3, 4), "anger")));
    assertEquals(exemplars, Exemplars.of(exemplars.tensors(LABELS), LABELS));
  }

  @Test
  void whatIsNoListOfExemplarsIsRefused() {
    FloatTensor features = new FloatTensor(new float[4], new long[] {2, 2});
    refused("it lacks", Map.of("features", features));
    refused(
        "not one row for each of the 3",
        Map.of("features", features, "labels", new FloatTensor(new float[3], new long[] {3})));
    refused(
        "label 7 is none",
        Map.of(
            "features", features, "labels", new FloatTensor(new float[] {0, 7}, new long[] {2})));
    refused(
        "no exemplar",
        Map.of(
            "features",
            new FloatTensor(new float[0], new long[] {0, 2}),
            "labels",
            new FloatTensor(new float[0], new long[] {0})));
  }

  private static void refused(String why, Map<String, FloatTensor> tensors) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Exemplars.of(tensors, LABELS));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void frameMatricesAndUnknownLabelsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Exemplars(
                List.of(new Exemplar(FeatureMatrix.of(2, 1, new float[] {1, 2}), "anger"))));
    Exemplars others = new Exemplars(List.of(new Exemplar(row(1), "boredom")));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> others.tensors(LABELS));
    assertEquals("An exemplar has the label 'boredom', which the bundle lacks", e.getMessage());
  }

  private static FeatureMatrix row(float... values) {
    return FeatureMatrix.of(1, values.length, values);
  }
}
