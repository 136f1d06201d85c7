package io.gemoclap.failure;

import org.apache.beam.sdk.annotations.Internal;

/**
 * What to say when native libraries cannot be loaded: the platform, the jars and their place.
 *
 * @hidden
 */
@Internal
public final class NativeLibraries {
  private NativeLibraries() {}

  /**
   * The fault of a worker on which native libraries cannot be loaded.
   *
   * @param library name for a person, for instance {@code FFmpeg}
   * @param group Maven group of its jars, for instance {@code org.bytedeco}
   * @param jars names of the artifacts whose jars hold native code
   * @param cause what loading threw
   */
  public static WorkerFaultException missing(
      String library, String group, String jars, Throwable cause) {
    return new WorkerFaultException(
        "%s cannot be started in this process, on %s %s (%s). %s"
            .formatted(
                library,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                innermost(cause),
                isOnFlinkCluster() ? onFlink(group) : onClassPath(group, jars)),
        cause);
  }

  private static String onFlink(String group) {
    return "On Flink, the jars of "
        + group
        + " must be in the lib folder of the cluster, not in the job's jar: docs/flink.md,"
        + " section 'Native libraries'.";
  }

  private static String onClassPath(String group, String jars) {
    return "Native code is in jars whose names end in the platform, such as -linux-x86_64.jar: the"
        + " class path must contain those of "
        + jars
        + " ("
        + group
        + ") for this platform. Linux on x86-64 with the GNU C library is supported.";
  }

  /** Whether this process is one of Flink's, or Flink has loaded this class from a job's jar. */
  private static boolean isOnFlinkCluster() {
    ClassLoader loader = NativeLibraries.class.getClassLoader();
    return System.getProperty("sun.java.command", "").startsWith("org.apache.flink.")
        || (loader != null && loader.getClass().getName().startsWith("org.apache.flink."));
  }

  private static Throwable innermost(Throwable e) {
    return e.getCause() == null ? e : innermost(e.getCause());
  }
}
