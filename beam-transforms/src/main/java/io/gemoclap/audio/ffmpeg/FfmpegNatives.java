package io.gemoclap.audio.ffmpeg;

import io.gemoclap.cache.CacheFolders;
import io.gemoclap.failure.NativeLibraries;
import io.gemoclap.failure.WorkerFaultException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Loads FFmpeg. Names no type of its jars, so that it can be linked where they are missing.
 *
 * @hidden
 */
@Internal
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

  /**
   * Names of resources in each of the jars that FFmpeg needs, by which they are found; only the
   * first ones where JavaCPP's jar is missing.
   */
  public static List<String> resources() {
    List<String> resources = new ArrayList<>();
    resources.add("org/bytedeco/ffmpeg/global/avcodec.class");
    resources.add("org/bytedeco/javacpp/Loader.class");
    try {
      String platform = FfmpegLibrary.platform();
      resources.add("org/bytedeco/ffmpeg/" + platform + "/" + System.mapLibraryName("jniavcodec"));
      resources.add("org/bytedeco/javacpp/" + platform + "/" + System.mapLibraryName("jnijavacpp"));
    } catch (LinkageError e) {
      // Whoever uses FFmpeg says what is missing.
    }
    return resources;
  }
}
