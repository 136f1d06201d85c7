package io.gemoclap.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Flink's REST API, by its documented paths. Thread-safe. */
public final class FlinkRest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The name under which Beam's runner accumulates all metrics. */
  private static final String BEAM = "__metricscontainers";

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long STEP_MILLIS = 100;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final String root;

  FlinkRest(int port) {
    root = "http://localhost:" + port;
  }

  /** The server has failed to answer, as Flink's does at times while a job is cancelled. */
  static final class NoAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String message) {
      super(message);
    }
  }

  /**
   * What is said of a path, such as {@code /jobs/overview}. An error of the server is no answer: it
   * is asked again.
   *
   * @throws NoAnswerException if it has not answered within half a minute
   */
  public JsonNode get(String path) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        return send(HttpRequest.newBuilder(URI.create(root + path)).timeout(LIMIT).GET().build());
      } catch (NoAnswerException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(STEP_MILLIS);
      }
    }
  }

  /** Asks for an action, such as a savepoint. */
  public JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** Asks a job to end as it is. */
  public void cancel(String job) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(URI.create(root + "/jobs/" + job + "?mode=cancel"))
            .timeout(LIMIT)
            .method("PATCH", BodyPublishers.noBody())
            .build());
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 == 5) {
      throw new NoAnswerException(
          request.uri() + ": " + response.statusCode() + " " + response.body());
    }
    if (response.statusCode() / 100 != 2) {
      throw new IOException(request.uri() + ": " + response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** Registered TaskManagers; none while the JobManager does not answer. */
  public int taskManagers() throws InterruptedException {
    return overview("taskmanagers");
  }

  /** Slots of the registered TaskManagers. */
  public int slots() throws InterruptedException {
    return overview("slots-total");
  }

  private int overview(String count) throws InterruptedException {
    try {
      return get("/overview").get(count).asInt();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Ids of all jobs that the JobManager remembers, the oldest first. */
  public List<String> jobs() throws IOException, InterruptedException {
    List<JsonNode> jobs = new ArrayList<>();
    get("/jobs/overview").get("jobs").forEach(jobs::add);
    jobs.sort((one, other) -> Long.compare(started(one), started(other)));
    return jobs.stream().map(job -> job.get("jid").asText()).toList();
  }

  private static long started(JsonNode job) {
    return job.get("start-time").asLong();
  }

  /** State of a job, as {@code RUNNING}. */
  public String state(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job).get("state").asText();
  }

  /**
   * A counter of Beam's, as {@code EmbedSpeech.num_inferences}, summed over the steps and subtasks
   * of a running job: also of a streaming one, whose accumulators stay empty while it runs.
   */
  public long counter(String job, String name) throws IOException, InterruptedException {
    // Flink replaces the dots in a name, and puts the operator before it.
    String suffix = "." + name.replace('.', '_');
    long sum = 0;
    for (JsonNode vertex : get("/jobs/" + job).get("vertices")) {
      String metrics =
          "/jobs/%s/vertices/%s/subtasks/metrics".formatted(job, vertex.get("id").asText());
      for (JsonNode metric : get(metrics)) {
        String id = metric.get("id").asText();
        if (id.endsWith(suffix)) {
          String query = "?agg=sum&get=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
          sum += get(metrics + query).get(0).get("sum").asLong();
        }
      }
    }
    return sum;
  }

  /**
   * Beam's counters of a running or finished batch job, as {@code EmbedSpeech:num_inferences},
   * summed over its steps. Empty as long as no TaskManager has reported.
   */
  public Map<String, Long> counters(String job) throws IOException, InterruptedException {
    Map<String, Long> sums = new TreeMap<>();
    for (JsonNode metric : beamMetrics(job)) {
      if (metric.get("urn").asText().equals("beam:metric:user:sum_int64:v1")) {
        sums.merge(name(metric), varint(metric.get("payload").asText()), Long::sum);
      }
    }
    return sums;
  }

  /** Names of all of Beam's metrics of a job: counters, distributions and gauges. */
  public Set<String> metrics(String job) throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    beamMetrics(job).forEach(metric -> names.add(name(metric)));
    return names;
  }

  private static String name(JsonNode metric) {
    JsonNode labels = metric.get("labels");
    return labels.path("NAMESPACE").asText() + ":" + labels.path("NAME").asText();
  }

  private JsonNode beamMetrics(String job) throws IOException, InterruptedException {
    JsonNode all = get("/jobs/" + job + "/accumulators").get("user-task-accumulators");
    for (JsonNode accumulator : all) {
      if (accumulator.get("name").asText().equals(BEAM)) {
        return JSON.readTree(accumulator.get("value").asText()).findPath("attempted");
      }
    }
    return JSON.createArrayNode();
  }

  private static long varint(String base64) throws IOException {
    return VarLongCoder.of().decode(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }

  /** What has gone wrong in a job so far, the latest first: names of exceptions. */
  public List<String> failures(String job) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    get("/jobs/" + job + "/exceptions")
        .findPath("exceptionHistory")
        .findPath("entries")
        .forEach(entry -> names.add(entry.get("exceptionName").asText()));
    return names;
  }

  /** How many checkpoints of a job are complete. */
  public int checkpoints(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/checkpoints").at("/counts/completed").asInt();
  }

  /** Whether the running attempt of a job began with the state of a checkpoint or savepoint. */
  public boolean isRestored(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/checkpoints").at("/latest/restored").isObject();
  }

  /** Where the newest complete checkpoint of a job is kept. */
  public String newestCheckpoint(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/checkpoints").at("/latest/completed/external_path").asText();
  }

  /** Ends a job with a savepoint and gives its place. */
  public String stopWithSavepoint(String job, Path folder, Duration limit) throws Exception {
    String body = "{\"target-directory\": \"%s\", \"cancel-job\": true}".formatted(folder.toUri());
    String path = "/jobs/" + job + "/savepoints";
    String request = post(path, body).get("request-id").asText();
    Polling.until("a savepoint", limit, () -> isCompleted(get(path + "/" + request)));
    JsonNode operation = get(path + "/" + request).get("operation");
    if (!operation.has("location")) {
      throw new IOException("No savepoint: " + operation);
    }
    return operation.get("location").asText();
  }

  private static boolean isCompleted(JsonNode operation) {
    return operation.at("/status/id").asText().equals("COMPLETED");
  }
}
