package io.gemoclap.review.sound;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Decodes recordings when their sound is asked for, and keeps those used last, 8 GiB in all. Those
 * who ask for the same recording share one decoding, which stops when all of them have left.
 * Thread-safe.
 */
public final class Sounds implements AutoCloseable {
  private static final long MOST_KIB = 8L << 20;

  /** Most recordings that are decoded at once. */
  private static final int AT_ONCE = 4;

  /** How long {@link #close} waits for decodings, which stop at their next block of samples. */
  private static final int CLOSING_SECONDS = 10;

  private final AllowedRoots roots;
  private final AudioDecoder decoder;
  private final Cache<String, Sound> kept;
  private final Map<String, Decoding> running = new HashMap<>();

  /** Why recordings exceed a limit, so that they are not decoded up to it again and again. */
  private final Map<String, String> refused = new HashMap<>();

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE, new ThreadFactoryBuilder().setNameFormat("sound-%s").setDaemon(true).build());

  /** Somebody who waits for a sound. */
  public interface Asker {
    /**
     * Is called while the sound is being decoded: after a second, and then each time after twice as
     * long as before.
     *
     * @throws IOException if the asker has left
     */
    void stay() throws IOException;
  }

  /**
   * Decodes recordings.
   *
   * @param roots folders that recordings are read from
   * @param decoder as the results were made with, so that the channels are the same; closed with
   *     this
   */
  public Sounds(AllowedRoots roots, AudioDecoder decoder) {
    this.roots = roots;
    this.decoder = decoder;
    kept =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1)
            .maximumWeight(MOST_KIB)
            .weigher((String name, Sound sound) -> (int) Math.min(sound.size() / 1024, MOST_KIB))
            .<String, Sound>removalListener(removed -> removed.getValue().close())
            .build();
  }

  /** The sound of a recording, for somebody who does not leave. */
  public Sound of(String recording) throws IOException {
    return of(recording, () -> {});
  }

  /**
   * The sound of a recording, which the caller closes.
   *
   * @throws IOException if it cannot be opened or decoded, saying why, or if the asker has left
   */
  public Sound of(String recording, Asker asker) throws IOException {
    Decoding decoding;
    synchronized (this) {
      if (refused.containsKey(recording)) {
        throw new IOException(refused.get(recording));
      }
      Sound sound = kept.getIfPresent(recording);
      if (sound != null && sound.hold()) {
        return sound;
      }
      decoding = running.computeIfAbsent(recording, this::start);
      decoding.askers++;
    }
    try {
      return decoding.await(asker);
    } finally {
      leave(decoding);
    }
  }

  private Decoding start(String recording) {
    Decoding decoding = new Decoding(recording);
    threads.execute(decoding);
    return decoding;
  }

  private synchronized void leave(Decoding decoding) {
    decoding.askers--;
    if (decoding.askers == 0) {
      running.remove(decoding.recording, decoding);
      decoding.abandoned = true;
      decoding.release();
    }
  }

  /** A recording that is being decoded. It holds its sound until those who asked have taken it. */
  private final class Decoding implements Runnable {
    private final String recording;
    private final CompletableFuture<Sound> result = new CompletableFuture<>();
    private volatile boolean abandoned;
    private int askers;

    Decoding(String recording) {
      this.recording = recording;
    }

    Sound await(Asker asker) throws IOException {
      for (long seconds = 1; ; seconds *= 2) {
        try {
          Sound sound = result.get(seconds, TimeUnit.SECONDS);
          sound.hold();
          return sound;
        } catch (TimeoutException e) {
          asker.stay();
        } catch (ExecutionException e) {
          throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("The program is being stopped");
        }
      }
    }

    @Override
    public void run() {
      Sound sound = new Sound();
      try {
        decode(sound);
      } catch (DecodeException | IOException | RuntimeException | Error e) {
        sound.close();
        fail(e);
        return;
      }
      synchronized (Sounds.this) {
        running.remove(recording, this);
        if (!abandoned) {
          sound.hold();
          kept.put(recording, sound);
        }
        result.complete(sound);
        release();
      }
    }

    private void decode(Sound sound) throws DecodeException, IOException {
      if (abandoned) { // It has not begun.
        throw Sound.unwanted();
      }
      try (SeekableByteChannel file = roots.open(recording)) {
        decoder.decode(file, recording, sound.sink(() -> abandoned));
      }
      sound.finish();
    }

    private void fail(Throwable e) {
      synchronized (Sounds.this) {
        running.remove(recording, this);
        if (e instanceof DecodeException beyond && beyond.kind() == FailureKind.LIMIT) {
          refused.put(recording, beyond.getMessage());
        }
        result.completeExceptionally(e);
      }
    }

    /** Gives the sound back once it is there and nobody is about to take it. */
    void release() {
      if (askers == 0 && result.isDone() && !result.isCompletedExceptionally()) {
        result.join().close();
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      running.values().forEach(decoding -> decoding.abandoned = true);
    }
    threads.shutdown();
    try {
      threads.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kept.invalidateAll();
    decoder.close();
  }
}
