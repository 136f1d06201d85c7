package io.gemoclap.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.failure.FaultPolicy;
import io.gemoclap.failure.WorkerFaults;
import io.gemoclap.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BundleCacheTest {
  @TempDir private Path root;
  private BundleRef ref;
  private Path folder;

  @BeforeEach
  void resolves() throws IOException {
    ref = Bundles.resolve(Bundles.BUNDLED);
    folder = root.resolve(ref.id());
  }

  /** As its own process has it: nothing is verified yet. */
  private BundleCache cache() {
    return new BundleCache(root, new VerifiedBundles(ModelBundle::open));
  }

  /** What can be wrong with a copy on the disk. */
  enum Damage {
    A_BYTE_OF_A_FILE {
      @Override
      void in(Path folder) throws IOException {
        Path file = folder.resolve("heads.safetensors");
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
      }
    },
    A_FILE_CUT_SHORT {
      @Override
      void in(Path folder) throws IOException {
        Files.write(folder.resolve("text/tokenizer.json"), new byte[7]);
      }
    },
    A_FILE_GONE {
      @Override
      void in(Path folder) throws IOException {
        Files.delete(folder.resolve("golden.json"));
      }
    },
    THE_MANIFEST_GONE {
      @Override
      void in(Path folder) throws IOException {
        Files.delete(folder.resolve(ModelBundle.MANIFEST));
      }
    },
    THE_MANIFEST_EMPTY {
      @Override
      void in(Path folder) throws IOException {
        Files.write(folder.resolve(ModelBundle.MANIFEST), new byte[0]);
      }
    },
    ANOTHER_MANIFEST {
      @Override
      void in(Path folder) throws IOException {
        Files.writeString(
            folder.resolve(ModelBundle.MANIFEST),
            Files.readString(folder.resolve(ModelBundle.MANIFEST)) + "\n");
      }
    },
    ONLY_THE_FOLDER {
      @Override
      void in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            Files.delete(file);
          }
        }
      }
    };

    abstract void in(Path folder) throws IOException;
  }

  private void assertWhole() throws IOException {
    assertEquals(ref.id(), ModelBundle.open(folder).id());
    try (Stream<Path> entries = Files.list(root)) {
      assertEquals(List.of(folder), entries.toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void aDamagedCopyIsFetchedAgain(Damage damage) throws IOException {
    cache().open(ref);
    damage.in(folder);

    assertEquals(ref.id(), cache().open(ref).id());

    assertWhole();
  }

  /** Also in a process that verified the copy before it was damaged. */
  @ParameterizedTest
  @EnumSource(Damage.class)
  void aCopyThatIsDamagedAfterItWasVerifiedIsFetchedAgain(Damage damage) throws IOException {
    BundleCache cache = cache();
    cache.open(ref);
    damage.in(folder);
    if (damage == Damage.A_BYTE_OF_A_FILE) {
      // The clock of a file system may be too coarse to tell the two writes apart.
      Files.setLastModifiedTime(
          folder.resolve("heads.safetensors"), java.nio.file.attribute.FileTime.fromMillis(1));
    }

    assertEquals(ref.id(), cache.open(ref).id());

    assertWhole();
  }

  @Test
  void severalProcessesMayRepairOneCopyAtOnce() throws Exception {
    for (Damage damage : Damage.values()) {
      cache().open(ref);
      damage.in(folder);
      CountDownLatch start = new CountDownLatch(1);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<String>> ids = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Callable<String> open =
            () -> {
              start.await();
              return cache().open(ref).id();
            };
        ids.add(threads.submit(open));
      }
      start.countDown();
      for (Future<String> id : ids) {
        assertEquals(ref.id(), id.get(), damage.name());
      }
      threads.shutdown();
      assertWhole();
    }
  }

  @Test
  void anotherBundleUnderTheUriIsRejectedNamingBothAndTheRemedy() {
    BundleRef other = new BundleRef(Bundles.BUNDLED, "0123456789abcdef");

    String message =
        assertThrows(DifferentBundleException.class, () -> cache().open(other)).getMessage();

    for (String part :
        List.of("'bundled'", "0123456789abcdef", ref.id(), "start the job again to use model")) {
      assertTrue(message.contains(part), message);
    }
  }

  /** The id says which bundle is meant, and the copy is that one. */
  @Test
  void aCompleteCopyIsUsedAfterItsUriChanged() throws IOException {
    cache().open(ref);
    BundleRef moved = new BundleRef("/moved/bundle", ref.id());
    assertEquals(ref.id(), cache().open(moved).id());
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedWithItsRemedy() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    BundleCache cache = new BundleCache(file, new VerifiedBundles(ModelBundle::open));
    String message = assertThrows(IOException.class, () -> cache.open(ref)).getMessage();
    assertTrue(message.contains("'" + file + "'"), message);
    assertTrue(message.contains("GEMOCLAP_CACHE"), message);
  }

  /** So no update is refused, and no embedding fails, because one worker has no cache. */
  @Test
  void aFolderThatCannotBeWrittenIsAFaultOfTheWorker() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    BundleCache cache = new BundleCache(file, new VerifiedBundles(ModelBundle::open));
    IOException e = assertThrows(IOException.class, () -> cache.open(ref));
    WorkerFaults.assertThrown("GEMOCLAP_CACHE", () -> FaultPolicy.throwIfOfWorker(e));
  }
}
