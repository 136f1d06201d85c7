package io.gemoclap.review.server;

import com.google.common.io.BaseEncoding;
import io.gemoclap.review.index.Answers;
import io.gemoclap.review.index.ResultsIndex;
import io.gemoclap.review.index.Segments;
import io.gemoclap.review.server.Api.Endpoint;
import io.gemoclap.review.sound.Sounds;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Serves the page and its data on this machine's loopback address. Thread-safe. */
public final class ReviewServer implements AutoCloseable {
  private static final int MAX_THREADS = 16;
  private static final int TOKEN_BYTES = 24;

  /** A long recording may be decoded before the first byte of its sound is sent. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final Server server;
  private final ServerConnector connector;
  private final String token;

  /**
   * What is served.
   *
   * @param index the results
   * @param segments their segments
   * @param answers what people say about them
   * @param sounds the sound of their recordings
   * @param search null if the results cannot be searched
   * @param searchProblem why not; empty if they can
   */
  public record Served(
      ResultsIndex index,
      Segments segments,
      Answers answers,
      Sounds sounds,
      @Nullable Search search,
      String searchProblem) {}

  /**
   * Starts a server.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public ReviewServer(Served served, int port) throws IOException {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    token = BaseEncoding.base64Url().omitPadding().encode(random);
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("review");
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(PATIENCE.toMillis());
    server.addConnector(connector);
    RecordingView recordings = new RecordingView(served.segments, served.sounds);
    server.setHandler(
        new Gate(
            token,
            new Handler.Sequence(new Api(endpoints(served, recordings), recordings), new Page())));
    try {
      server.start();
    } catch (IOException e) {
      throw Ports.unusable(port, e);
    } catch (Exception e) {
      throw new IOException("The server cannot start: " + e.getMessage(), e);
    }
  }

  private static Map<String, Endpoint> endpoints(Served served, RecordingView recordings)
      throws IOException {
    Segments segments = served.segments;
    List<String> labels = segments.labels();
    SegmentList list = new SegmentList(segments, served.answers);
    SearchView search = new SearchView(segments, list, served.search, served.searchProblem);
    AnswerView answers = new AnswerView(segments, served.answers, labels);
    Map<String, Long> emotions = segments.emotions();
    List<String> origins = segments.origins();
    return Map.ofEntries(
        Map.entry("GET /api/info", (p, body) -> overview(served, labels, emotions, origins)),
        Map.entry("GET /api/values", list::values),
        Map.entry("GET /api/segments", list::page),
        Map.entry("GET /api/count", list::count),
        Map.entry("GET /api/segment", list::byId),
        Map.entry("GET /api/recording", recordings::recording),
        Map.entry("GET /api/search", search::find),
        Map.entry("POST /api/search", search::find),
        Map.entry("POST /api/answers", answers::give),
        Map.entry("GET /api/agreement", answers::agreement));
  }

  private static Overview overview(
      Served served, List<String> labels, Map<String, Long> emotions, List<String> origins) {
    Answers answers = served.answers;
    List<String> unknown = answers.unknown();
    return new Overview(
        served.index.files().folder().toString(),
        served.segments.count(),
        emotions,
        labels,
        served.segments.keys(),
        origins,
        served.searchProblem,
        served.index.searchable().isPresent(),
        served.index.isCompared(),
        served.index.sampled(),
        answers.by(),
        answers.file().toString(),
        answers.counts(),
        unknown.size(),
        unknown.subList(0, Math.min(10, unknown.size())),
        answers.skipped());
  }

  /** The address of the page, with the token that it needs. */
  public String url() {
    return "http://127.0.0.1:" + connector.getLocalPort() + "/?token=" + token;
  }

  /** Waits until the server is stopped. */
  public void join() throws InterruptedException {
    server.join();
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("The server cannot be stopped: " + e.getMessage(), e);
    }
  }
}
