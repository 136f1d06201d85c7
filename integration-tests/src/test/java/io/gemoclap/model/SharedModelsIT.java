package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedModelsIT {
  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void writesABundle() throws IOException {
    TorchEngine.start();
    folder = temp.resolve("bundle");
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Fixtures.bundle(folder, Fixtures.towers(manager, Fixtures.convolutions(), 5));
    }
    assertEquals(0, SharedModels.loaded());
  }

  private SharedModels.Lease acquire() throws IOException {
    return SharedModels.acquire(ModelBundle.open(folder), false);
  }

  @Test
  void twoLeasesShareOneModelUntilTheLastIsClosed() throws IOException {
    SharedModels.Lease first = acquire();
    SharedModels.Lease second =
        SharedModels.acquire(ModelBundle.open(folder.resolve("../bundle")), false);
    SpeechModel model = first.model();
    assertSame(model, second.model());
    assertEquals(1, SharedModels.loaded());
    first.close();
    assertEquals(Fixtures.DIMS, model.embedText(List.of("calm"))[0].length);
    second.close();
    assertEquals(0, SharedModels.loaded());
    assertThrows(RuntimeException.class, () -> model.embedText(List.of("calm")));
  }

  @Test
  void closingALeaseTwiceCountsOnce() throws IOException {
    SharedModels.Lease first = acquire();
    try (SharedModels.Lease second = acquire()) {
      first.close();
      first.close();
      assertEquals(1, SharedModels.loaded());
      assertEquals(Fixtures.DIMS, second.model().embedText(List.of("calm"))[0].length);
    }
    assertEquals(0, SharedModels.loaded());
  }

  @Test
  void aModelIsLoadedAnewAfterItsLastRelease() throws IOException {
    SharedModels.Lease first = acquire();
    SpeechModel model = first.model();
    first.close();
    try (SharedModels.Lease second = acquire()) {
      assertNotSame(model, second.model());
    }
  }

  @Test
  void aFailedLoadLeavesNothingAndIsTriedAgain() throws IOException {
    Path weights = folder.resolve(ModelBundle.HEADS);
    byte[] intact = Files.readAllBytes(weights);
    Files.write(weights, new byte[3]);
    assertThrows(IOException.class, this::acquire);
    assertEquals(0, SharedModels.loaded());
    Files.write(weights, intact);
    acquire().close();
    assertEquals(0, SharedModels.loaded());
  }

  @Test
  void aMissingFolderIsAnIoException() {
    folder = temp.resolve("none");
    assertThrows(IOException.class, this::acquire);
    assertEquals(0, SharedModels.loaded());
  }
}
