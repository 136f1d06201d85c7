package io.gemoclap.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
final class VerifiedBundlesTest {
  @TempDir private Path temp;
  private final AtomicInteger verified = new AtomicInteger();
  private final VerifiedBundles bundles =
      new VerifiedBundles(
          folder -> {
            verified.incrementAndGet();
            return ModelBundle.open(folder);
          });

  private Path copy(String name) throws IOException {
    return BundleCopies.of(Bundles.BUNDLED, temp.resolve(name));
  }

  @Test
  void aFolderIsVerifiedOnceForAllWorkers() throws IOException {
    Path folder = copy("bundle");
    ModelBundle first = bundles.open(folder);
    for (int worker = 0; worker < 10; worker++) {
      assertSame(first, bundles.open(folder.resolve("../bundle")));
    }
    assertEquals(1, verified.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemoclap.json", "heads.safetensors", "text/config.json", "README.md"})
  void aFolderIsVerifiedAgainOnceAFileHasChanged(String name) throws IOException {
    Path folder = copy("bundle");
    bundles.open(folder);
    Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(1));
    bundles.open(folder);
    bundles.open(folder);
    assertEquals(2, verified.get());
  }

  @Test
  void aFolderThatWasDamagedIsRejectedUntilItIsWholeAgain() throws IOException {
    Path folder = copy("bundle");
    Path file = folder.resolve("heads.safetensors");
    bundles.open(folder);
    byte[] intact = Files.readAllBytes(file);
    Files.write(file, new byte[3]);
    assertThrows(IOException.class, () -> bundles.open(folder));
    assertThrows(IOException.class, () -> bundles.open(folder));
    Files.write(file, intact);
    bundles.open(folder);
    assertEquals(4, verified.get());
  }

  @Test
  void verifyingOneFolderBlocksNoOther() throws Exception {
    Path slow = copy("slow");
    Path quick = copy("quick");
    CountDownLatch verifying = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    VerifiedBundles some =
        new VerifiedBundles(
            folder -> {
              if (folder.equals(slow)) {
                verifying.countDown();
                await(finish);
              }
              return ModelBundle.open(folder);
            });
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Future<ModelBundle> first = threads.submit(() -> some.open(slow));
    verifying.await();
    Future<ModelBundle> second = threads.submit(() -> some.open(quick));
    assertEquals(quick, second.get().folder());
    finish.countDown();
    assertEquals(slow, first.get().folder());
    threads.shutdown();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
