package io.gemoclap.training.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.blocks.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DistillationLossIT {
  private static final float[][] AXES = {{1, 0}, {0, 1}};

  private NDManager manager;

  @BeforeEach
  void startsTheEngine() {
    TorchEngine.start();
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  }

  @AfterEach
  void closesTheManager() {
    manager.close();
  }

  private NDArray axes() {
    return Tensors.floats(manager, new float[] {1, 0, 0, 0, 1, 0}, 2, 3);
  }

  @Test
  void equalSimilaritiesCostNothingWhateverTheSizes() {
    DistillationLoss loss = new DistillationLoss(3, 3);
    assertEquals(0, loss.of(axes(), axes(), AXES, AXES).getFloat(), 1e-6);
  }

  @Test
  void otherSimilaritiesCostTheirDivergence() {
    // The teacher's rows are (2/3, 1/3) and (1/3, 2/3), the student's (1/5, 4/5) and (4/5, 1/5).
    NDArray swapped = Tensors.floats(manager, new float[] {0, 1, 0, 1, 0, 0}, 2, 3);
    DistillationLoss loss = new DistillationLoss(Math.log(2), Math.log(4));
    double expected = 2 / 3.0 * Math.log(10 / 3.0) + 1 / 3.0 * Math.log(5 / 12.0);
    assertEquals(expected, loss.of(swapped, axes(), AXES, AXES).getFloat(), 1e-6);
  }

  @Test
  void theGradientPullsTheStudentToTheTeacher() {
    NDArray rows = Tensors.floats(manager, new float[] {0, 1}, 1, 2);
    NDArray columns = Tensors.floats(manager, new float[] {1, 0, 0, 1}, 2, 2);
    rows.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      DistillationLoss loss = new DistillationLoss(Math.log(2), Math.log(4));
      collector.backward(loss.of(rows, columns, new float[][] {{1, 0}}, AXES));
      // ln 4 · (student − teacher) = ln 4 · ((1/5, 4/5) − (2/3, 1/3)).
      float pull = (float) (Math.log(4) * (1 / 5.0 - 2 / 3.0));
      assertArrayEquals(new float[] {pull, -pull}, Tensors.values(rows.getGradient()), 1e-5f);
    }
  }
}
