package io.gemoclap.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.failure.WorkerFaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file in the place of a folder cannot be written below, not even by root. */
final class CacheFoldersTest {
  @TempDir private Path folder;
  private String blocked;
  private String temporary;

  @BeforeEach
  void makePlaces() throws IOException {
    blocked = Files.createFile(folder.resolve("blocked")).resolve("home").toString();
    temporary = Files.createDirectory(folder.resolve("tmp")).toString();
  }

  @Test
  void theVariableTakesPrecedence() {
    String configured = folder.resolve("mine").toString();
    CacheFolders caches = CacheFolders.of(configured, folder.toString(), temporary, "ada");
    assertEquals(folder.resolve("mine/bundles"), caches.bundles());
  }

  @Test
  void aVariableThatNamesAFolderThatCannotBeWrittenIsAFaultOfTheWorker() {
    String message =
        assertThrows(
                WorkerFaultException.class,
                () -> CacheFolders.of(blocked, folder.toString(), temporary, "ada"))
            .getMessage();
    assertTrue(message.contains(blocked) && message.contains("GEMOCLAP_CACHE"), message);
  }

  @Test
  void theHomeIsTheDefault() {
    CacheFolders caches = CacheFolders.of(null, folder.toString(), temporary, "ada");
    assertEquals(folder.resolve(".cache/gemoclap/bundles"), caches.bundles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "", "/proc/nohome", "blocked"})
  void withoutAHomeThatCanBeWrittenTheTemporaryFolderServes(String home) throws IOException {
    String path = home.equals("blocked") ? blocked : home;
    CacheFolders caches = CacheFolders.of(null, path, temporary, "ada");
    Path root = Path.of(temporary, "gemoclap-cache-ada");
    assertEquals(root.resolve("bundles"), caches.bundles());
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root)));
  }

  @Test
  void aTemporaryFolderThatOthersCanWriteToIsNotUsed() throws IOException {
    Path open = Files.createDirectory(Path.of(temporary, "gemoclap-cache-ada"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThrows(
        WorkerFaultException.class, () -> CacheFolders.of(null, blocked, temporary, "ada"));
  }

  @Test
  void withoutAnyFolderTheMessageNamesWhatWasTriedAndTheSetting() {
    String message =
        assertThrows(
                WorkerFaultException.class, () -> CacheFolders.of(null, blocked, blocked, "ada"))
            .getMessage();
    assertTrue(message.contains(blocked), message);
    assertTrue(message.contains("set GEMOCLAP_CACHE"), message);
  }
}
