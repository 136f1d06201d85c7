package io.gemoclap.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import io.gemoclap.cache.CacheFolders;
import io.gemoclap.failure.NativeLibraries;
import org.apache.beam.sdk.annotations.Internal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts DJL's PyTorch engine once, with settings fit for many worker threads: offline, no usage
 * tracking, one native thread for each Java thread unless {@code ai.djl.pytorch.num_threads} says
 * otherwise.
 *
 * @hidden
 */
@Internal
public final class TorchEngine {
  private static final Logger LOG = LoggerFactory.getLogger(TorchEngine.class);
  private static boolean started;

  private TorchEngine() {}

  /**
   * Starts the engine unless it runs already.
   *
   * @throws io.gemoclap.failure.WorkerFaultException when the native library cannot be loaded,
   *     saying what to do
   */
  public static synchronized void start() {
    if (started) {
      return;
    }
    CacheFolders.ofThisProcess().configureLibraries();
    setDefault("ai.djl.offline", "true");
    setDefault("OPT_OUT_TRACKING", "true");
    // The optimiser compiles a traced encoder anew for each new length.
    setDefault("ai.djl.pytorch.graph_optimizer", "false");
    setDefault("ai.djl.pytorch.num_threads", "1");
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
    try {
      Engine.getEngine("PyTorch");
    } catch (RuntimeException | LinkageError e) {
      throw NativeLibraries.missing(
          "PyTorch", "ai.djl", "pytorch-native-cpu (or a CUDA one) and pytorch-jni", e);
    }
    started = true;
  }

  /**
   * Starts the engine on a thread of its own while the caller prepares a job. Whoever needs the
   * engine calls {@link #start}, which waits for that thread and reports why a start fails.
   */
  public static void startInBackground() {
    Thread thread =
        new Thread(
            () -> {
              try {
                start();
              } catch (RuntimeException e) {
                LOG.debug("PyTorch did not start ahead of its use", e);
              }
            },
            "start-pytorch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Seeds the engine's own random numbers (dropout). */
  public static void seed(int seed) {
    start();
    Engine.getEngine("PyTorch").setRandomSeed(seed);
  }

  /**
   * The first GPU if there is one and {@code gpu} asks for it; otherwise the CPU, with a warning.
   */
  public static synchronized Device device(boolean gpu) {
    start();
    return gpu ? gpuOf(Engine.getEngine("PyTorch")) : Device.cpu();
  }

  /**
   * The first GPU that PyTorch itself can use. DJL's count of GPUs says nothing about that: it asks
   * the CUDA runtime that it finds on the library path, if any, also when PyTorch is a CPU build.
   */
  static Device gpuOf(Engine engine) {
    if (engine.hasCapability(StandardCapabilities.CUDA)) {
      return Device.gpu();
    }
    LOG.warn(
        "A GPU was requested, but PyTorch {} sees none in this process: running on the CPU. Check"
            + " nvidia-smi and CUDA_VISIBLE_DEVICES, and that this is PyTorch's build for CUDA.",
        engine.getVersion());
    return Device.cpu();
  }

  /** The engine's version and the devices that it can use, in words. */
  public static synchronized String describe() {
    start();
    return describe(Engine.getEngine("PyTorch"));
  }

  static String describe(Engine engine) {
    boolean cuda = engine.hasCapability(StandardCapabilities.CUDA);
    return "PyTorch %s; CPU%s"
        .formatted(
            engine.getVersion(),
            cuda ? " and " + Math.max(1, engine.getGpuCount()) + " GPU(s)" : ", no GPU");
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
