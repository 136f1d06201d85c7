package io.gemoclap.audio.decode;

import com.google.common.base.Throwables;
import io.gemoclap.audio.ffmpeg.FfmpegNatives;
import io.gemoclap.cache.CacheFolders;
import io.gemoclap.process.ChildJvm;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The command line of a decoder's process: a small JVM with no more classes than it needs. */
final class ChildCommand {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final List<String> SMALL_JVM =
      List.of(
          "-Xmx128m",
          "-Xss1m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=32m",
          "-XX:MaxMetaspaceSize=96m",
          "-XX:CompressedClassSpaceSize=32m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:+SuppressFatalErrorMessage",
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

  private ChildCommand() {}

  /** Builds it; a POSIX shell, where there is one, sets the limit of the memory. */
  static List<String> of(DecoderIsolation isolation, List<String> arguments) throws IOException {
    CacheFolders.ofThisProcess().configureLibraries();
    List<String> java =
        ChildJvm.command(
            DecoderProcess.class,
            SMALL_JVM,
            List.of("org.bytedeco.javacpp.cachedir"),
            classPath(),
            arguments);
    if (!Files.isExecutable(SHELL)) {
      return java;
    }
    long kilobytes = isolation.maxMemoryBytes() / 1024;
    List<String> limited = new ArrayList<>();
    limited.add(SHELL.toString());
    limited.add("-c");
    limited.add("ulimit -c 0; ulimit -v " + kilobytes + "; exec \"$@\"");
    limited.add("decoder");
    limited.addAll(java);
    return limited;
  }

  /**
   * URLs of where the classes and libraries of this process come from, whichever loader has them.
   */
  private static Set<String> classPath() throws IOException {
    List<String> resources = new ArrayList<>();
    resources.add(name(DecoderProcess.class));
    resources.add(name(Throwables.class));
    resources.addAll(FfmpegNatives.resources());
    Set<String> places = new LinkedHashSet<>();
    for (String resource : resources) {
      URL url = DecoderProcess.class.getClassLoader().getResource(resource);
      if (url != null) {
        places.add(place(url, resource));
      }
    }
    return places;
  }

  private static String name(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  private static String place(URL url, String resource) throws IOException {
    if (url.openConnection() instanceof JarURLConnection jar) {
      return jar.getJarFileURL().toString();
    }
    String file = url.toString();
    return file.substring(0, file.length() - resource.length());
  }
}
