package io.gemoclap.audio.ffmpeg;

import io.gemoclap.cache.CacheFolders;
import io.gemoclap.failure.NativeLibraries;
import io.gemoclap.failure.WorkerFaultException;

/** Loads FFmpeg. Names no type of its jars, so that it can be linked where they are missing. */
public final class FfmpegNatives {
  private FfmpegNatives() {}

  /** Loads FFmpeg into this process, or throws a {@link WorkerFaultException} with the remedy. */
  public static void require() {
    CacheFolders.ofThisProcess().configureLibraries();
    try {
      if (!FfmpegLibrary.usable()) {
        throw new WorkerFaultException(
            "JavaCPP has no FFmpeg callback left in this process; decode in one class loader only");
      }
    } catch (LinkageError e) {
      throw NativeLibraries.missing("FFmpeg", "org.bytedeco", "ffmpeg and javacpp", e);
    }
  }
}
