package io.gemoclap.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens a report in Chromium and looks at it. Screenshots stay in integration-tests/target. */
final class ReportHtmlIT {
  private static final Path KEPT = Path.of("integration-tests", "target", "report");

  @TempDir private static Path folder;
  private static Browser browser;

  @BeforeAll
  static void openTheReport() throws Exception {
    Optional<Path> chromium = Browser.find();
    if (chromium.isEmpty()) {
      return;
    }
    Files.createDirectories(KEPT);
    String audio =
        Path.of("examples", "samples", "german-male-8k-mulaw.wav")
            .toAbsolutePath()
            .toUri()
            .toString();
    FinishedRun run = SampleRun.make(audio, true);
    run.write(KEPT);
    Report.write(FinishedRun.read(KEPT), KEPT);
    browser = new Browser(chromium.get(), folder.resolve("profile"));
    browser.open(KEPT.resolve("report.html").toAbsolutePath());
  }

  /** Before each and not before all, so that every test is reported as skipped by its name. */
  @BeforeEach
  void needsABrowser() {
    assumeTrue(browser != null, "No Chromium is installed");
  }

  @AfterAll
  static void closeTheBrowser() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everySectionIsPresent() throws Exception {
    for (String section :
        List.of(
            "scores",
            "confusion",
            "learning",
            "groups",
            "calibration",
            "selective",
            "hardest",
            "made")) {
      assertEquals(1, browser.count("section#" + section), section);
    }
    assertEquals(
        SampleRun.LABELS.size() * SampleRun.LABELS.size(), browser.count(".matrix tbody td"));
    assertEquals(20, browser.count("#hardest tbody tr"));
    assertEquals(
        5, browser.count("#scores table.scores tbody tr"), "2 checkpoints, 2 prompts, gender");
    assertTrue(
        browser
            .text("#command")
            .contains("./gemoclap train '--corpus=emodb:/data/<emodb>' --output="));
  }

  @Test
  void marksWhatMustNotBeOverlooked() throws Exception {
    assertTrue(browser.text("#speaker-dependent").contains("Speaker-dependent folds"));
    assertTrue(browser.text(".failed-fold").contains("Fold 13+14 failed"));
    assertTrue(browser.text("#checkpoint-note").contains("development"));
    assertEquals(2, browser.count("#scores tr.optimistic"));
  }

  @Test
  void everyChartIsDrawn() throws Exception {
    JsonNode inks =
        browser.evaluate(
            """
            Array.from(document.querySelectorAll("canvas"), (canvas) => {
              const { width, height } = canvas;
              const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
              const colours = new Set();
              for (let i = 0; i < pixels.length; i += 4) {
                if (pixels[i + 3] > 200) {
                  colours.add(pixels[i] >> 4 << 8 | pixels[i + 1] >> 4 << 4 | pixels[i + 2] >> 4);
                }
              }
              return colours.size;
            })\
            """);
    assertEquals(9, inks.size());
    for (JsonNode ink : inks) {
      assertTrue(ink.asInt() >= 3, "axis, words and lines have colours of their own: " + inks);
    }
  }

  @Test
  void textFromDataIsNeverMarkup() throws Exception {
    assertTrue(browser.text("h1").contains("<img src=x onerror=alert(1)>"));
    assertEquals(0, browser.count("img"));
  }

  @Test
  void shortClipsArePlayableWithinThePage() throws Exception {
    assertTrue(browser.count("#hardest audio[src^='data:audio/wav;base64,']") > 0);
    assertTrue(browser.text("#hardest code").startsWith("gs://bucket/emodb/"));
    double seconds = 0;
    for (int i = 0; i < 100 && !(seconds > 0); i++) {
      Thread.sleep(50);
      seconds = browser.evaluate("document.querySelector('audio').duration || 0").asDouble();
    }
    assertTrue(seconds > 0.5, "the clip is decoded: " + seconds + " s");
  }

  @Test
  void nothingIsFetchedAndNothingIsComplainedOf() throws Exception {
    for (String url : browser.requests()) {
      assertTrue(url.startsWith("data:") || url.endsWith("/report.html"), url);
    }
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void isReadableInLightAndInDark() throws Exception {
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      int sum = browser.background();
      assertEquals(scheme.equals("light"), sum > 382, scheme + " page: " + sum);
      Path shot = KEPT.resolve("report-" + scheme + ".png");
      browser.screenshot(shot);
      assertTrue(Files.size(shot) > 50_000, "a picture of the whole page");
    }
  }
}
