package io.gemoclap.review.sound;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.DecodeException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.ExecutionException;

/**
 * Decodes recordings when their sound is asked for, and keeps those used last, 8 GiB in all.
 * Thread-safe.
 */
public final class Sounds implements AutoCloseable {
  private static final long MOST_KIB = 8L << 20;

  private final AllowedRoots roots;
  private final AudioDecoder decoder;
  private final LoadingCache<String, Sound> sounds;

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
    sounds =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1)
            .maximumWeight(MOST_KIB)
            .weigher((String name, Sound sound) -> (int) Math.min(sound.size() / 1024, MOST_KIB))
            .<String, Sound>removalListener(removed -> removed.getValue().close())
            .build(CacheLoader.from(this::decoded));
  }

  /**
   * The sound of a recording.
   *
   * @throws IOException if it cannot be opened or decoded, saying why
   */
  public Sound of(String recording) throws IOException {
    try {
      return sounds.get(recording);
    } catch (UncheckedExecutionException | ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  private Sound decoded(String recording) {
    Sound sound = new Sound();
    try (SeekableByteChannel file = roots.open(recording)) {
      decoder.decode(file, recording, sound.sink());
      sound.finish();
      return sound;
    } catch (DecodeException | IOException e) {
      sound.close();
      throw new IllegalStateException(e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      sound.close();
      throw e;
    }
  }

  @Override
  public void close() {
    sounds.invalidateAll();
    decoder.close();
  }
}
