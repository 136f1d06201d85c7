package io.gemoclap.audio;

import com.google.common.base.Throwables;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
  static List<String> of(DecoderIsolation isolation) throws IOException {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(SMALL_JVM);
    String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
    if (cache != null) {
      java.add("-Dorg.bytedeco.javacpp.cachedir=" + cache);
    }
    java.add("-cp");
    java.add(classPath());
    java.add(DecoderProcess.class.getName());
    if (!Files.isExecutable(SHELL)) {
      return java;
    }
    List<String> limited = new ArrayList<>();
    limited.add(SHELL.toString());
    limited.add("-c");
    limited.add("ulimit -c 0; ulimit -v " + isolation.maxMemoryBytes() / 1024 + "; exec \"$@\"");
    limited.add("decoder");
    limited.addAll(java);
    return limited;
  }

  /** Where the classes and libraries of this process come from, whichever loader has them. */
  private static String classPath() throws IOException {
    String platform = platform();
    Set<String> places = new LinkedHashSet<>();
    for (String resource :
        List.of(
            name(DecoderProcess.class),
            name(Throwables.class),
            "org/bytedeco/ffmpeg/global/avcodec.class",
            "org/bytedeco/javacpp/Loader.class",
            "org/bytedeco/ffmpeg/" + platform + "/" + System.mapLibraryName("jniavcodec"),
            "org/bytedeco/javacpp/" + platform + "/" + System.mapLibraryName("jnijavacpp"))) {
      URL url = DecoderProcess.class.getClassLoader().getResource(resource);
      if (url != null) {
        places.add(place(url, resource));
      }
    }
    return String.join(File.pathSeparator, places);
  }

  private static String name(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  private static String place(URL url, String resource) throws IOException {
    URLConnection connection = url.openConnection();
    try {
      if (connection instanceof JarURLConnection jar) {
        return Path.of(new URI(jar.getJarFileURL().toString())).toString();
      }
      String path = Path.of(new URI(url.toString())).toString();
      return path.substring(0, path.length() - resource.length());
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      throw new IOException("The classes of the decoder lie at no path: " + url, e);
    }
  }

  /** As JavaCPP calls it, for instance {@code linux-x86_64}. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    String system = os.startsWith("mac") ? "macosx" : os.startsWith("win") ? "windows" : "linux";
    return system
        + "-"
        + switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm64";
          default -> arch;
        };
  }
}
