package io.gemoclap.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.Exhaustive;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.Gemoclap;
import io.gemoclap.review.LargeResults;
import io.gemoclap.training.report.Browser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code gemoclap report} of results: the figures, and the page in Chromium. */
final class ResultsReportIT {
  private static final Path KEPT = Path.of("integration-tests", "target", "results-report");

  @TempDir private Path folder;

  private static String report(int status, Path results, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Gemoclap.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] arguments = new String[options.length + 2];
    arguments[0] = "report";
    arguments[1] = results.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    assertEquals(status, command.execute(arguments), err.toString());
    return out + err.toString();
  }

  private Path generated(long segments) throws Exception {
    Path results = folder.resolve("<generated>");
    LargeResults.write(results, segments, 0, Bundles.resolve(Bundles.BUNDLED).id());
    Files.writeString(
        results.resolve("failures-00000-00000-of-00001.jsonl"),
        """
        {"item":"/x/<b>.wav","recording":"/x/<b>.wav","stage":"DecodeAudio","kind":"CORRUPT",\
        "message":"It is <img src=x>","start_s":-1,"metadata":{}}
        """);
    Files.writeString(results.resolve("recordings-00000-00000-of-00001.jsonl"), "");
    Path summary = results.resolve("summary-00000.json");
    Files.writeString(
        summary,
        Files.readString(summary)
            .replace(
                "\"files\": [",
                "\"files\": [\"failures-00000-00000-of-00001.jsonl\","
                    + " \"recordings-00000-00000-of-00001.jsonl\", "));
    return results;
  }

  private static void assertFigures(Path results, long segments) throws IOException {
    JsonNode report = new ObjectMapper().readTree(results.resolve("report.json").toFile());
    assertEquals(segments, report.at("/speech/segments").asLong());
    assertEquals(4.0 * segments, report.at("/speech/seconds").asDouble(), 1e-3);
    double shares = 0;
    for (JsonNode emotion : report.get("emotions")) {
      shares += emotion.get("share").asDouble();
    }
    assertEquals(1, shares, 1e-9);
    long counted = 0;
    for (JsonNode bin : report.get("confidence")) {
      counted += bin.get("segments").asLong();
    }
    assertEquals(segments, counted);
    assertEquals("date", report.get("date_column").asText());
  }

  /** Opens the page and returns the browser, or skips the rest where there is none. */
  private Browser open(Path results) throws Exception {
    Optional<Path> chromium = Browser.find();
    assumeTrue(chromium.isPresent(), "No Chromium is installed");
    Browser browser = new Browser(chromium.get(), folder.resolve("profile"));
    browser.open(results.resolve("report.html"));
    return browser;
  }

  @Test
  void aThousandSegmentsAreShownAsTheyAre() throws Exception {
    Path results = generated(1_000);
    report(0, results, "--by=city");
    assertFigures(results, 1_000);
    try (Browser browser = open(results)) {
      assertEquals(8, browser.count("#emotions tbody tr"), "seven labels, and uncertain");
      assertEquals(2, browser.count("#groups table"), "speaker and city");
      assertTrue(browser.text("#groups").contains("Oslo"), browser.text("#groups"));
      assertTrue(browser.text("#calendar").contains("date"), browser.text("#calendar"));
      assertEquals(20, browser.count("#listen tbody tr"));
      assertTrue(browser.text("#listen").contains("no sound:"), "the recordings are made up");
      assertTrue(browser.text("#failures").contains("It is <img src=x>"), "text is no markup");
      assertEquals(0, browser.count("img"));
      for (String chart : List.of("emotions", "course", "calendar", "confidence", "distances")) {
        assertTrue(
            browser
                .evaluate(
                    "(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
                        + ".some(v => v > 0))(document.querySelector('[data-chart="
                        + chart
                        + "] canvas'))")
                .asBoolean(),
            "nothing is drawn of " + chart);
      }
      assertEquals(List.of(), browser.complaints());
      for (String url : browser.requests()) {
        assertTrue(url.startsWith("file:") || url.startsWith("data:"), url);
      }
      browser.width(400);
      browser.open(results.resolve("report.html"));
      int wide = browser.evaluate("document.documentElement.scrollWidth").asInt();
      assertTrue(wide <= 400, "the page is " + wide + " pixels wide");
      browser.width(1280);
      browser.open(results.resolve("report.html"));
      Files.createDirectories(KEPT);
      browser.screenshot(KEPT.resolve("report.png"));
    }
  }

  @Test
  void segmentsOfRealRecordingsPlay() throws Exception {
    Path results = folder.resolve("samples");
    StringWriter err = new StringWriter();
    CommandLine annotate = Gemoclap.commandLine();
    annotate.setErr(new PrintWriter(err, true));
    Path sample = Path.of("examples", "samples", "german-male-44k.m4a").toAbsolutePath();
    assertEquals(
        0, annotate.execute("annotate", "--input=" + sample, "--output=" + results), err + "");
    report(0, results);
    try (Browser browser = open(results)) {
      assertTrue(browser.count("audio") > 0);
      JsonNode duration = browser.evaluate("null");
      while (!duration.isNumber()) {
        assertEquals(
            0,
            browser.evaluate("document.querySelector('audio').error?.code ?? 0").asInt(),
            "the player refuses the clip");
        duration = browser.evaluate("document.querySelector('audio').duration");
      }
      assertTrue(duration.asDouble() > 0.5, duration.toString());
    }
    report(0, results, "--clips=0");
    assertFalse(Files.readString(results.resolve("report.html")).contains("<audio"));
  }

  @Test
  void whatDoesNotFitTheResultsIsNamed() throws Exception {
    Path results = generated(200);
    String unknown = report(2, results, "--by=town");
    assertTrue(unknown.contains("The metadata has city, date, speaker"), unknown);
    assertFalse(Files.exists(results.resolve("report.json")), "nothing was done");
    report(2, results, "--date=city");
    Files.delete(results.resolve("summary.json"));
    Files.writeString(results.resolve("job.json"), "{}");
    String unfinished = report(2, results);
    assertTrue(unfinished.contains("not finished"), unfinished);
    String nowhere = report(2, folder.resolve("nowhere"));
    assertTrue(nowhere.contains("There is no folder"), nowhere);
  }

  @Test
  void reportsThatAreMadeAtOnceDoNotTouchEachOthersFiles() throws Exception {
    Path results = generated(200);
    List<String> groupings = List.of("--by=city", "--by=date", "--by=speaker");
    List<Thread> making = new ArrayList<>();
    List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
    for (String by : groupings) {
      Thread thread = new Thread(() -> report(0, results, by));
      thread.setUncaughtExceptionHandler((t, e) -> failed.add(e));
      making.add(thread);
      thread.start();
    }
    for (Thread thread : making) {
      thread.join();
    }
    assertEquals(List.of(), failed);
    assertFigures(results, 200);
    assertTrue(Files.readString(results.resolve("report.html")).endsWith("</html>\n"));
    try (Stream<Path> files = Files.list(results)) {
      assertEquals(
          List.of(), files.filter(file -> file.getFileName().toString().startsWith(".")).toList());
    }
  }

  @Exhaustive
  @Test
  void aMillionSegmentsMakeAPageOfTheSameSize() throws Exception {
    Path results = generated(1_000_000);
    report(0, results, "--by=city");
    assertFigures(results, 1_000_000);
    assertTrue(Files.size(results.resolve("report.html")) < 1 << 20, "without clips");
    try (Browser browser = open(results)) {
      assertEquals(
          40,
          browser
              .evaluate(
                  "document.querySelector('#groups table').querySelectorAll('tbody tr').length")
              .asInt());
      assertTrue(browser.text("#groups").contains("of 5,000"), browser.text("#groups"));
      assertEquals(List.of(), browser.complaints());
    }
  }
}
