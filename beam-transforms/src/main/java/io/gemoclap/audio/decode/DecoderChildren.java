package io.gemoclap.audio.decode;

import io.gemoclap.audio.container.Magic;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.PcmSource;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.pcm.StreamSinks;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Processes of decoders that wait for the next file: as many as threads decode at once. A process
 * that died is replaced when the next file needs it. Thread-safe.
 */
final class DecoderChildren implements AutoCloseable {
  /** Whether a process of this JVM has loaded FFmpeg; guarded by the class. */
  private static boolean loaded;

  private final DecoderIsolation isolation;
  private final ConcurrentLinkedDeque<DecoderChild> idle = new ConcurrentLinkedDeque<>();
  private final ScheduledThreadPoolExecutor watch;

  DecoderChildren(DecoderIsolation isolation) {
    this.isolation = isolation;
    this.watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "gemoclap-decoder-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
  }

  /**
   * Starts a process that loads FFmpeg, once in each JVM until one has succeeded, and ends it.
   *
   * @throws io.gemoclap.failure.WorkerFaultException if FFmpeg cannot be loaded there
   */
  void requireNatives() {
    synchronized (DecoderChildren.class) {
      if (!loaded) {
        DecoderChild.start(isolation, watch, List.of(DecoderProcess.LOAD_FIRST)).close();
        loaded = true;
      }
    }
  }

  /** Decodes in a process that no other thread uses meanwhile. */
  PcmSource.Summary decode(
      SeekableByteChannel file,
      Deadline deadline,
      Magic magic,
      String suffix,
      StreamChoice choice,
      StreamSinks sinks)
      throws DecodeException, IOException {
    DecoderChild child = idle.poll();
    while (child != null && !child.usable()) {
      child.close();
      child = idle.poll();
    }
    if (child == null) {
      child = DecoderChild.start(isolation, watch, List.of());
    }
    try {
      return child.decode(file, deadline, magic, suffix, choice, sinks);
    } finally {
      if (child.usable()) {
        idle.push(child);
      }
    }
  }

  /** Ends the waiting processes, and the thread that watches over them. */
  @Override
  public void close() {
    watch.shutdownNow();
    for (DecoderChild child = idle.poll(); child != null; child = idle.poll()) {
      child.close();
    }
  }
}
