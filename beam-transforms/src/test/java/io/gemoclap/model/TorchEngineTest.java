package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

/** What PyTorch says counts, not how many GPUs DJL's CUDA runtime finds. */
final class TorchEngineTest {

  @Test
  void aCpuBuildOnAMachineWithAGpuRunsOnTheCpu() {
    Engine engine = new FakeEngine(false, 1);
    assertEquals(Device.cpu(), TorchEngine.gpuOf(engine));
    assertEquals("PyTorch 2.7; CPU, no GPU", TorchEngine.describe(engine));
  }

  @Test
  void aCudaBuildWithoutACudaRuntimeOnThePathRunsOnTheGpu() {
    Engine engine = new FakeEngine(true, 0);
    assertEquals(Device.gpu(), TorchEngine.gpuOf(engine));
    assertEquals("PyTorch 2.7; CPU and 1 GPU(s)", TorchEngine.describe(engine));
  }

  @Test
  void allGpusAreDescribed() {
    assertEquals("PyTorch 2.7; CPU and 4 GPU(s)", TorchEngine.describe(new FakeEngine(true, 4)));
  }

  private static final class FakeEngine extends Engine {
    private final boolean cuda;
    private final int gpus;

    FakeEngine(boolean cuda, int gpus) {
      this.cuda = cuda;
      this.gpus = gpus;
    }

    @Override
    public boolean hasCapability(String capability) {
      return cuda && capability.equals(StandardCapabilities.CUDA);
    }

    @Override
    public int getGpuCount() {
      return gpus;
    }

    @Override
    public String getVersion() {
      return "2.7";
    }

    @Override
    public String getEngineName() {
      return "PyTorch";
    }

    @Override
    public int getRank() {
      return 1;
    }

    @Override
    public Engine getAlternativeEngine() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Model newModel(String name, Device device) {
      throw new UnsupportedOperationException();
    }

    @Override
    public NDManager newBaseManager() {
      throw new UnsupportedOperationException();
    }

    @Override
    public NDManager newBaseManager(Device device) {
      throw new UnsupportedOperationException();
    }
  }
}
