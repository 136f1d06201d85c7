package io.gemoclap.audio.decode;

import com.google.common.base.Throwables;
import io.gemoclap.cache.CacheFolders;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

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

  private static Path classPathJar;

  private ChildCommand() {}

  /** Builds it; a POSIX shell, where there is one, sets the limit of the memory. */
  static List<String> of(DecoderIsolation isolation, List<String> arguments) throws IOException {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(SMALL_JVM);
    CacheFolders.ofThisProcess().configureLibraries();
    String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
    if (cache != null) {
      java.add("-Dorg.bytedeco.javacpp.cachedir=" + cache);
    }
    java.add("-cp");
    java.add(classPathJar().toString());
    java.add(DecoderProcess.class.getName());
    java.addAll(arguments);
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

  /**
   * A jar whose manifest lists the class path: Flink keeps jars in folders with a colon in their
   * name, which would part a plain one.
   */
  private static synchronized Path classPathJar() throws IOException {
    if (classPathJar == null || !Files.exists(classPathJar)) {
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", places()));
      Path jar = Files.createTempFile("gemoclap-decoder", ".jar");
      jar.toFile().deleteOnExit();
      new JarOutputStream(Files.newOutputStream(jar), manifest).close();
      classPathJar = jar;
    }
    return classPathJar;
  }

  /**
   * URLs of where the classes and libraries of this process come from, whichever loader has them.
   */
  private static Set<String> places() throws IOException {
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
