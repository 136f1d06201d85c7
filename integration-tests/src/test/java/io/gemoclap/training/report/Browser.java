package io.gemoclap.training.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium with one page, spoken to in its DevTools protocol. Not thread-safe. */
public final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_S = 30;

  private final Path profile;
  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new ArrayList<>();
  private int calls;

  /** Where one is installed: what {@code CHROMIUM} names, or the first on the path. */
  public static Optional<Path> find() {
    String named = System.getenv("CHROMIUM");
    Stream<Path> onPath =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getenv().getOrDefault("PATH", ""))
            .flatMap(
                folder ->
                    Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)));
    return Stream.concat(Stream.ofNullable(named).map(Path::of), onPath)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it with an empty profile. */
  public Browser(Path chromium, Path profile) throws IOException, InterruptedException {
    this.profile = profile;
    ProcessBuilder builder =
        new ProcessBuilder(
                chromium.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--window-size=1280,1000",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TMPDIR", Files.createDirectories(profile).toString());
    process = builder.start();
    int port = port();
    HttpClient http = HttpClient.newHttpClient();
    URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
    String targets =
        http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body();
    String page = "";
    for (JsonNode target : JSON.readTree(targets)) {
      page =
          target.path("type").asText().equals("page")
              ? target.path("webSocketDebuggerUrl").asText()
              : page;
    }
    socket = http.newWebSocketBuilder().buildAsync(URI.create(page), new Listener()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** The port that Chromium writes into its profile once it listens. */
  private int port() throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (process.isAlive() && System.nanoTime() < end) {
      // The port's line, then one more that is not of interest: with both, the file is complete.
      if (Files.exists(file) && Files.readAllLines(file).size() > 1) {
        return Integer.parseInt(Files.readAllLines(file).get(0));
      }
      Thread.sleep(50);
    }
    throw new IOException("Chromium does not listen");
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          messages.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** Calls a method of the protocol and gives back its result; events are kept meanwhile. */
  public JsonNode call(String method, Map<String, ?> parameters)
      throws IOException, InterruptedException {
    int id = ++calls;
    socket
        .sendText(
            JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
        .join();
    while (true) {
      JsonNode message = next(method);
      if (message.path("id").asInt(-1) == id) {
        if (message.has("error")) {
          throw new IOException(method + ": " + message.get("error"));
        }
        return message.get("result");
      }
    }
  }

  private JsonNode next(String awaited) throws IOException, InterruptedException {
    JsonNode message = messages.poll(PATIENCE_S, TimeUnit.SECONDS);
    if (message == null) {
      throw new IOException("Chromium says nothing to " + awaited);
    }
    if (message.has("method")) {
      events.add(message);
    }
    return message;
  }

  /** Opens a file and waits until it is loaded. */
  public void open(Path page) throws IOException, InterruptedException {
    open(page.toUri().toString());
  }

  /** Opens an address and waits until it is loaded. */
  public void open(String address) throws IOException, InterruptedException {
    int before = events("Page.loadEventFired").size();
    call("Page.navigate", Map.of("url", address));
    while (events("Page.loadEventFired").size() == before) {
      next("Page.navigate");
    }
  }

  /** Loads the page again, and waits until it is loaded. */
  public void reload() throws IOException, InterruptedException {
    int before = events("Page.loadEventFired").size();
    call("Page.reload", Map.of());
    while (events("Page.loadEventFired").size() == before) {
      next("Page.reload");
    }
  }

  /** All events of a name until now. */
  public List<JsonNode> events(String method) {
    return events.stream()
        .filter(event -> event.path("method").asText().equals(method))
        .map(event -> event.get("params"))
        .toList();
  }

  /** The value of a JavaScript expression. */
  public JsonNode evaluate(String expression) throws IOException, InterruptedException {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** How many elements a CSS selector finds. */
  public int count(String selector) throws IOException, InterruptedException {
    return evaluate("document.querySelectorAll(`" + selector + "`).length").asInt();
  }

  /** The text, as it is shown, of the first element that a CSS selector finds. */
  public String text(String selector) throws IOException, InterruptedException {
    return evaluate("document.querySelector(`" + selector + "`).innerText").asText();
  }

  /** Lightness of the page's background: the sum of red, green and blue, 0 to 765. */
  int background() throws IOException, InterruptedException {
    return evaluate(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g)"
                + ".reduce((sum, x) => sum + Number(x), 0)")
        .asInt();
  }

  /** Addresses that the page has requested until now. */
  public List<String> requests() throws IOException, InterruptedException {
    evaluate("1"); // Whatever was said until now has arrived.
    return events("Network.requestWillBeSent").stream()
        .map(request -> request.path("request").path("url").asText())
        .toList();
  }

  /** Exceptions, console messages and log entries of the page until now. */
  public List<JsonNode> complaints() throws IOException, InterruptedException {
    evaluate("1");
    return Stream.of("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        .flatMap(kind -> events(kind).stream())
        .toList();
  }

  /** Shows the page as on a screen of this width, in CSS pixels. */
  public void width(int pixels) throws IOException, InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Shows the page as on a screen that is set to {@code dark} or {@code light}. */
  void colours(String scheme) throws IOException, InterruptedException {
    Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** Keeps a picture of the whole page. */
  public void screenshot(Path file) throws IOException, InterruptedException {
    JsonNode shot =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.write(file, Base64.getDecoder().decode(shot.path("data").asText()));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    // Its link to a socket elsewhere, which a temporary folder had better not hold.
    Files.deleteIfExists(profile.resolve("SingletonSocket"));
  }
}
