package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class FeatureMatrixTest {
  private final FeatureMatrix matrix = FeatureMatrix.of(2, 3, new float[] {1, 2, 3, 4, 5, 6});

  @Test
  void rowsFollowEachOther() {
    assertEquals(6, matrix.value(1, 2));
    assertArrayEquals(new float[] {2, 5}, matrix.column(1));
  }

  @Test
  void equalityIsByShapeAndContent() {
    FeatureMatrix same = FeatureMatrix.of(2, 3, new float[] {1, 2, 3, 4, 5, 6});
    assertEquals(same, matrix);
    assertEquals(same.hashCode(), matrix.hashCode());
    assertNotEquals(FeatureMatrix.of(3, 2, new float[] {1, 2, 3, 4, 5, 6}), matrix);
    assertNotEquals(FeatureMatrix.of(2, 3, new float[] {1, 2, 3, 4, 5, 7}), matrix);
  }

  @Test
  void sizesThatDoNotFitAreRejected() {
    float[] values = new float[6];
    assertThrows(IllegalArgumentException.class, () -> FeatureMatrix.of(2, 2, values));
    assertThrows(IllegalArgumentException.class, () -> FeatureMatrix.of(-2, -3, values));
    assertThrows(IllegalArgumentException.class, () -> FeatureMatrix.of(6, 0, values));
  }

  @Test
  void columnsThatDoNotExistAreRejected() {
    assertThrows(IndexOutOfBoundsException.class, () -> matrix.value(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> matrix.value(2, 0));
  }
}
