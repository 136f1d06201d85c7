package io.gemoclap.audio.ffmpeg;

import io.gemoclap.audio.signal.RealTransform;
import io.gemoclap.cache.CacheFolders;
import org.apache.beam.sdk.annotations.Internal;

/**
 * FFmpeg's Fourier transforms, which are faster than Java's; Java's where FFmpeg cannot be loaded.
 * Names no type of its jars, so that it can be linked where they are missing.
 *
 * @hidden
 */
@Internal
public final class FfmpegTransforms {
  /** FFmpeg has no fast transform of more samples than this. */
  private static final int LARGEST = 1 << 17;

  private FfmpegTransforms() {}

  /** A transform of {@code size} samples: a power of two, 8 or more. */
  public static RealTransform ofSize(int size) {
    return size <= LARGEST && Loaded.USABLE
        ? new FfmpegTransform(size)
        : RealTransform.inJava(size);
  }

  private static final class Loaded {
    static final boolean USABLE = usable();

    private static boolean usable() {
      CacheFolders.ofThisProcess().configureLibraries();
      try {
        return FfmpegLibrary.usable();
      } catch (LinkageError e) {
        return false;
      }
    }
  }
}
