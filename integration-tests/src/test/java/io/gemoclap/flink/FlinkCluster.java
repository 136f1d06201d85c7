package io.gemoclap.flink;

import io.gemoclap.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A session cluster on loopback: one JobManager and some TaskManagers, each its own JVM.
 *
 * <pre>{@code
 * try (FlinkCluster cluster = FlinkCluster.with(2).start(2)) {
 *   // --flinkMaster=cluster.master()
 *   cluster.killTaskManager(0);
 *   cluster.addTaskManager();
 * }
 * }</pre>
 *
 * <p>Its class path is what the build found for it ({@code target/cluster} of this module). All
 * processes end with {@link #close}; the logs stay in {@code target/cluster/logs}. Not thread-safe.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final Path TARGET = Path.of("integration-tests", "target", "cluster");
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String SESSION =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String APPLICATION =
      "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  /** Packages that Flink and Kryo look into, as Flink's own scripts open them. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.net",
          "java.io",
          "java.nio",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks",
          "sun.nio.ch");

  private final Settings settings;
  private final Path folder;
  private final Path logs;
  private final int restPort;
  private final FlinkRest rest;
  private final List<Process> taskManagers = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private Process jobManager;
  private int started;

  private FlinkCluster(Settings settings) throws IOException {
    this.settings = settings;
    folder = Files.createTempDirectory(TARGET.toAbsolutePath(), "session-");
    logs = Files.createDirectories(folder.resolveSibling("logs").resolve(folder.getFileName()));
    restPort = FreePort.next();
    rest = new FlinkRest(restPort);
    Files.write(
        Files.createDirectory(configurationFolder()).resolve("config.yaml"), configuration());
  }

  /** What a cluster starts from: slots of a TaskManager, whether it has our native libraries. */
  public static Settings with(int slots) {
    return new Settings(slots, true, Map.of(), List.of());
  }

  /**
   * Settings of a cluster.
   *
   * @param slots slots of each TaskManager
   * @param natives whether {@code lib} holds DJL, PyTorch, FFmpeg and their Java classes
   * @param options Flink's options that replace or join those of this class
   * @param program what the cluster runs before it ends, as arguments of our jar; empty for a
   *     session
   */
  public record Settings(
      int slots, boolean natives, Map<String, String> options, List<String> program) {
    /** A cluster onto which nobody put the native libraries. */
    public Settings withoutNatives() {
      return new Settings(slots, false, options, program);
    }

    /** One more of Flink's options. */
    public Settings with(String option, String value) {
      Map<String, String> more = new TreeMap<>(options);
      more.put(option, value);
      return new Settings(slots, natives, Map.copyOf(more), program);
    }

    /** A cluster in application mode, which lives for one run of our jar. */
    public Settings running(List<String> arguments) {
      return new Settings(slots, natives, options, List.copyOf(arguments));
    }

    /** Starts it; a session is waited for, until all TaskManagers are registered. */
    public FlinkCluster start(int taskManagers) throws Exception {
      FlinkCluster cluster = new FlinkCluster(this);
      try {
        cluster.startJobManager();
        for (int i = 0; i < taskManagers; i++) {
          cluster.addTaskManager();
        }
        if (program.isEmpty()) {
          cluster.awaitTaskManagers(taskManagers);
        }
        return cluster;
      } catch (Exception | AssertionError e) {
        cluster.close();
        throw e;
      }
    }
  }

  private List<String> configuration() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String host : List.of("rest.address", "jobmanager.rpc.address", "taskmanager.host")) {
      all.put(host, "localhost");
    }
    all.put("rest.port", Integer.toString(restPort));
    all.put("jobmanager.rpc.port", Integer.toString(FreePort.next()));
    all.put("taskmanager.numberOfTaskSlots", Integer.toString(settings.slots));
    all.put("taskmanager.cpu.cores", "2");
    all.put("taskmanager.memory.framework.heap.size", "128m");
    all.put("taskmanager.memory.framework.off-heap.size", "128m");
    all.put("taskmanager.memory.task.heap.size", "384m");
    all.put("taskmanager.memory.task.off-heap.size", "128m");
    all.put("taskmanager.memory.network.min", "128m");
    all.put("taskmanager.memory.network.max", "128m");
    all.put("taskmanager.memory.managed.size", "256m");
    all.put("taskmanager.memory.jvm-metaspace.size", "256m");
    all.put("taskmanager.memory.jvm-overhead.min", "192m");
    all.put("taskmanager.memory.jvm-overhead.max", "192m");
    // A small job has many shuffles; the default of 512 buffers for each is for large clusters.
    all.put("taskmanager.network.sort-shuffle.min-buffers", "16");
    all.put("cluster.evenly-spread-out-slots", "true");
    // A killed process is noticed by its closed connection; a slow one shall not count as dead.
    all.put("heartbeat.interval", "1000");
    all.put("heartbeat.timeout", "120000");
    all.put("pekko.ask.timeout", "120 s");
    all.put("pekko.startup-timeout", "120 s");
    all.put("restart-strategy.type", "fixed-delay");
    all.put("restart-strategy.fixed-delay.attempts", "20");
    all.put("restart-strategy.fixed-delay.delay", "2 s");
    all.put("metrics.fetcher.update-interval", "1000");
    all.put("web.refresh-interval", "500");
    all.put("state.checkpoints.dir", folder.resolve("checkpoints").toUri().toString());
    all.put("io.tmp.dirs", folder.resolve("tmp").toString());
    all.put("security.delegation.tokens.enabled", "false");
    all.putAll(settings.options);
    return all.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
  }

  /** What {@code --flinkMaster} takes. */
  public String master() {
    return "localhost:" + restPort;
  }

  /** The JobManager's REST API. */
  public FlinkRest rest() {
    return rest;
  }

  /** What the environment variable {@code FLINK_CONF_DIR} of its clients says. */
  public Path configurationFolder() {
    return folder.resolve("conf");
  }

  /** Folder that only this cluster uses, removed with it; for checkpoints and savepoints. */
  public Path folder() {
    return folder;
  }

  /** The TaskManagers' processes in the order of their start, ended ones too. */
  public List<ProcessHandle> taskManagers() {
    return taskManagers.stream().map(Process::toHandle).toList();
  }

  /** Starts the JobManager, on the same ports whenever it is started again. */
  public void startJobManager() throws IOException {
    List<String> arguments = new ArrayList<>();
    if (!settings.program.isEmpty()) {
      arguments.addAll(List.of("--job-classname", "io.gemoclap.cli.GemoclapJob"));
      arguments.addAll(settings.program);
      Path jars = Files.createDirectories(folder.resolve("usrlib"));
      Files.createSymbolicLink(jars.resolve("gemoclap-flink.jar"), GemoclapProcess.FLINK_JAR);
    }
    String entrypoint = settings.program.isEmpty() ? SESSION : APPLICATION;
    jobManager = launch("jobmanager", List.of("-Xmx640m"), entrypoint, arguments);
  }

  /** Starts one more TaskManager, without waiting for it. */
  public void addTaskManager() throws IOException {
    taskManagers.add(
        launch(
            "taskmanager",
            List.of("-Xmx512m", "-XX:MaxDirectMemorySize=384m", "-XX:MaxMetaspaceSize=256m"),
            TASK_MANAGER,
            List.of()));
  }

  /**
   * The command {@code flink run} on this cluster, in a JVM with its {@code lib}: what follows are
   * its own options, a jar, and the arguments of the program.
   */
  public List<String> flinkRun(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    command.addAll(List.of("-cp", classPath(), "org.apache.flink.client.cli.CliFrontend"));
    command.addAll(List.of("run", "-m", master()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Process launch(
      String role, List<String> memory, String entrypoint, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(memory);
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-Dorg.slf4j.simpleLogger.log.io.gemoclap=info");
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.addAll(List.of("-cp", classPath(), entrypoint));
    command.addAll(List.of("--configDir", configurationFolder().toString()));
    command.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.redirectOutput(logs.resolve(role + "-" + started++ + ".log").toFile());
    process.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    // Flink looks for usrlib beside this folder.
    process.environment().put("FLINK_LIB_DIR", folder.resolve("lib").toString());
    return process.start();
  }

  private String classPath() throws IOException {
    return settings.natives ? list("flink") + ":" + list("natives") : list("flink");
  }

  private static String list(String name) throws IOException {
    return Files.readString(TARGET.resolve(name + ".txt")).strip();
  }

  /**
   * What a pipeline of a test must bring along ({@code --filesToStage}): the class path of this JVM
   * without what is in {@code lib}.
   */
  public static List<String> filesToStage() throws IOException {
    Set<String> lib = Set.of((list("flink") + ":" + list("natives")).split(":"));
    String ofSurefire = System.getProperty("surefire.test.class.path");
    String all = ofSurefire == null ? System.getProperty("java.class.path") : ofSurefire;
    return Stream.of(all.split(":"))
        .filter(entry -> !lib.contains(entry) && Files.exists(Path.of(entry)))
        .toList();
  }

  /** Waits until as many TaskManagers are registered, with all their slots. */
  public void awaitTaskManagers(int count) throws Exception {
    Polling.until(
        count + " registered TaskManagers",
        LIMIT,
        () -> rest.taskManagers() == count && rest.slots() == count * settings.slots,
        this::logTail);
  }

  /** Waits for a job that this method has not given yet, until it runs; gives its id. */
  public String awaitNewJob() throws Exception {
    Polling.until("a new running job", LIMIT, () -> newJob().isPresent(), this::logTail);
    String job = newJob().orElseThrow();
    known.add(job);
    return job;
  }

  private Optional<String> newJob() throws IOException, InterruptedException {
    for (String job : rest.jobs()) {
      if (!known.contains(job) && rest.state(job).equals("RUNNING")) {
        return Optional.of(job);
      }
    }
    return Optional.empty();
  }

  /** SIGKILL of a TaskManager, by its place in the order of starting. */
  public void killTaskManager(int index) throws InterruptedException {
    kill(taskManagers.get(index));
  }

  /** Waits for the end of a cluster in application mode; gives the JobManager's exit status. */
  public int awaitEnd() throws InterruptedException {
    if (!jobManager.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The application does not end. " + logTail());
    }
    return jobManager.exitValue();
  }

  /** SIGKILL of the JobManager. */
  public void killJobManager() throws InterruptedException {
    kill(jobManager);
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("Process " + process.pid() + " does not end");
    }
  }

  /** Everything that all processes have logged so far. */
  public String logs() {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.sorted().toList()) {
        all.append("== ").append(file.getFileName()).append('\n').append(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString();
  }

  private String logTail() {
    String all = logs();
    return "Logs in " + logs + ", ending " + all.substring(Math.max(0, all.length() - 3000));
  }

  @Override
  public void close() throws InterruptedException, IOException {
    for (Process taskManager : taskManagers) {
      kill(taskManager);
    }
    kill(jobManager);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
