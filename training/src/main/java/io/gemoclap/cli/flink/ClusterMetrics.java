package io.gemoclap.cli.flink;

import com.google.common.net.HostAndPort;
import io.gemoclap.cli.console.Progress;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.MessageQueryParameter;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo.JobVertexDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.metrics.JobMetricsHeaders;
import org.apache.flink.runtime.rest.messages.job.metrics.JobMetricsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.JobVertexMetricsHeaders;
import org.apache.flink.runtime.rest.messages.job.metrics.JobVertexMetricsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.Metric;
import org.apache.flink.runtime.rest.messages.job.metrics.MetricsFilterParameter;
import org.jspecify.annotations.Nullable;

/**
 * What a streaming job on a cluster has counted since its last start, asked of the JobManager's
 * REST API.
 */
record ClusterMetrics(RestClusterClient<StandaloneClusterId> client, JobID job) {
  private static final long LIMIT_SECONDS = 10;
  private static final int DEFAULT_PORT = 8081;

  /**
   * Sums of the counters in {@link Progress#COUNTERS} that a job has, over its subtasks, and its
   * {@link Progress#RESTARTS}.
   *
   * @param options name the cluster, and the folder of Flink's configuration, for TLS and the like
   * @throws IOException when the JobManager does not answer within ten seconds
   */
  static Map<String, Long> sums(FlinkPipelineOptions options, JobID job)
      throws IOException, InterruptedException {
    try (RestClusterClient<StandaloneClusterId> client =
        new RestClusterClient<>(configuration(options), StandaloneClusterId.getInstance())) {
      return new ClusterMetrics(client, job).sums();
    } catch (IOException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("No client for the JobManager", e);
    }
  }

  private static Configuration configuration(FlinkPipelineOptions options) {
    String folder = options.getFlinkConfDir();
    Configuration configuration =
        folder == null
            ? GlobalConfiguration.loadConfiguration()
            : GlobalConfiguration.loadConfiguration(folder);
    HostAndPort master =
        HostAndPort.fromString(options.getFlinkMaster()).withDefaultPort(DEFAULT_PORT);
    configuration.set(JobManagerOptions.ADDRESS, master.getHost());
    configuration.set(RestOptions.ADDRESS, master.getHost());
    configuration.set(RestOptions.PORT, master.getPort());
    return configuration;
  }

  private Map<String, Long> sums() throws IOException, InterruptedException {
    Map<String, Long> sums = new HashMap<>();
    for (JobVertexDetailsInfo vertex : await(client.getJobDetails(job)).getJobVertexInfos()) {
      List<String> known =
          metrics(vertex.getJobVertexID(), List.of()).stream()
              .map(Metric::getId)
              .filter(id -> counter(id) != null)
              .toList();
      if (!known.isEmpty()) {
        for (Metric metric : metrics(vertex.getJobVertexID(), known)) {
          sums.merge(counter(metric.getId()), Long.parseLong(metric.getValue()), Long::sum);
        }
      }
    }
    restarts().ifPresent(count -> sums.put(Progress.RESTARTS, count));
    return sums;
  }

  private Optional<Long> restarts() throws IOException, InterruptedException {
    JobMetricsMessageParameters parameters = new JobMetricsMessageParameters();
    parameters.jobPathParameter.resolve(job);
    parameters.metricsFilterParameter.resolve(List.of(Progress.RESTARTS));
    return await(
            client.sendRequest(
                JobMetricsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance()))
        .getMetrics()
        .stream()
        .map(metric -> Long.parseLong(metric.getValue()))
        .findFirst();
  }

  /** The counter that a metric is, as Flink spells it: subtask and step come before it. */
  private static @Nullable String counter(String id) {
    return Progress.COUNTERS.stream()
        .filter(name -> id.endsWith("." + name.replace('.', '_')))
        .findFirst()
        .orElse(null);
  }

  /** Metrics with their values; without names, the names of all, which have no values then. */
  private Collection<Metric> metrics(JobVertexID vertex, List<String> names)
      throws IOException, InterruptedException {
    JobVertexMetricsMessageParameters parameters = new JobVertexMetricsMessageParameters();
    parameters.jobPathParameter.resolve(job);
    parameters.jobVertexIdPathParameter.resolve(vertex);
    for (MessageQueryParameter<?> parameter : parameters.getQueryParameters()) {
      if (!names.isEmpty() && parameter instanceof MetricsFilterParameter get) {
        get.resolve(names);
      }
    }
    return await(
            client.sendRequest(
                JobVertexMetricsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance()))
        .getMetrics();
  }

  private static <T> T await(Future<T> answer) throws IOException, InterruptedException {
    try {
      return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The JobManager does not answer", e);
    }
  }
}
