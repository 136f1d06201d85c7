package io.gemoclap.failure;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The policy recognises a fault of the worker, whatever wraps it. */
final class FaultPolicyTest {

  static Stream<Throwable> faultsOfTheWorker() {
    return Stream.of(
        new UnsatisfiedLinkError("no jniavcodec in java.library.path"),
        new NoClassDefFoundError("Could not initialize class org.bytedeco.ffmpeg.global.avutil"),
        new ExceptionInInitializerError(new IllegalStateException("no native code")),
        new IOException("No space left on device"),
        new IOException("/tmp/part-1: No space left on device"),
        new FileSystemException("/tmp/part-1", null, "No space left on device"),
        new FileSystemException("/home/x/.cache", null, "Read-only file system"),
        new FileNotFoundException("/data/a.wav (Too many open files)"),
        new FileSystemException("/data/a.wav", null, "Too many open files"),
        new IOException("Cannot run program \"java\": error=12, Cannot allocate memory"),
        new IOException("Disk quota exceeded"),
        new WorkerFaultException("The engine is dead"));
  }

  @ParameterizedTest
  @MethodSource("faultsOfTheWorker")
  void aFaultOfTheWorkerIsThrown(Throwable fault) {
    assertThrows(WorkerFaultException.class, () -> FaultPolicy.throwIfOfWorker(fault));
  }

  @ParameterizedTest
  @MethodSource("faultsOfTheWorker")
  void aWrappedFaultOfTheWorkerIsThrown(Throwable fault) {
    IllegalStateException wrapped = new IllegalStateException("wrapped", new Exception(fault));
    WorkerFaultException thrown =
        assertThrows(WorkerFaultException.class, () -> FaultPolicy.throwIfOfWorker(wrapped));
    assertFalse(thrown.getMessage().isBlank());
  }

  @Test
  void aFullHeapIsThrownAsItIs() {
    OutOfMemoryError full = new OutOfMemoryError("Java heap space");
    assertSame(
        full,
        assertThrows(
            OutOfMemoryError.class,
            () -> FaultPolicy.throwIfOfWorker(new IllegalStateException(full))));
  }

  @Test
  void anInterruptIsThrownAndStaysSet() {
    assertThrows(
        WorkerFaultException.class,
        () -> FaultPolicy.throwIfOfWorker(new ClosedByInterruptException()));
    assertTrue(Thread.interrupted());
  }

  static Stream<Throwable> faultsOfAnItem() {
    IllegalStateException ring = new IllegalStateException("one");
    ring.initCause(new IllegalStateException("other", ring));
    return Stream.of(
        new IllegalArgumentException("The segment is too short"),
        new ArrayIndexOutOfBoundsException(7),
        new EOFException(),
        new IOException("Connection reset"),
        new UncheckedIOException(new IOException("Input/output error")),
        new NoSuchFileException("/data/No space left on device"),
        new NoSuchFileException("/data/No space left on device.wav"),
        new AccessDeniedException("/data/a.wav"),
        new IOException("No space left on device was the title of the talk"),
        new StackOverflowError(),
        new NullPointerException(),
        ring);
  }

  @ParameterizedTest
  @MethodSource("faultsOfAnItem")
  void aFaultOfAnItemIsNotThrown(Throwable fault) {
    assertDoesNotThrow(() -> FaultPolicy.throwIfOfWorker(fault));
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void aKindMayBeTemporaryIfItDependsOnMoreThanBytesAndSettings(FailureKind kind) {
    EnumSet<FailureKind> temporary =
        EnumSet.of(
            FailureKind.UNREADABLE,
            FailureKind.TIMEOUT,
            FailureKind.CRASH,
            FailureKind.MODEL,
            FailureKind.INTERNAL);
    assertEquals(temporary.contains(kind), kind.mayBeTemporary());
  }
}
