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

/**
 * Opens the matrix of an evaluation in Chromium and looks at it. Screenshots stay in
 * integration-tests/target.
 */
final class MatrixHtmlIT {
  private static final Path KEPT = Path.of("integration-tests", "target", "matrix");
  private static final Path PAGE = KEPT.resolve(EvaluationMatrix.PAGE).toAbsolutePath();

  @TempDir private static Path folder;
  private static Browser browser;

  @BeforeAll
  static void startTheBrowser() throws Exception {
    Optional<Path> chromium = Browser.find();
    if (chromium.isPresent()) {
      SampleMatrix.write(Files.createDirectories(KEPT));
      browser = new Browser(chromium.get(), folder.resolve("profile"));
    }
  }

  /** Before each and not before all, so that every test is reported as skipped by its name. */
  @BeforeEach
  void openTheMatrix() throws Exception {
    assumeTrue(browser != null, "No Chromium is installed");
    browser.open(PAGE);
  }

  @AfterAll
  static void closeTheBrowser() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everyModelIsARowAndEveryCorpusAColumn() throws Exception {
    assertEquals(2, browser.count("#evaluations tbody tr"));
    assertEquals(4, browser.count("#evaluations thead th"), "model, normalisation and corpora");
    assertEquals(4, browser.count("#counts tbody tr"));
    for (int row = 1; row <= 2; row++) {
      String cells = "#evaluations tbody tr:nth-child(" + row + ") td.n";
      assertEquals(2, browser.count(cells));
      assertTrue(browser.text(cells).contains("training corpus"), browser.text(cells));
    }
    assertEquals("no result", browser.text("#evaluations tbody tr:last-child td:last-child"));
    assertTrue(browser.text("#command").contains("'--corpus=emodb:/data/<emodb>' --output="));
  }

  @Test
  void everyFigureIsShownWithItsInterval() throws Exception {
    String interval = "\\s+[0-9.]+ \\([-0-9.]+–[0-9.]+\\)";
    String cell = browser.text("#evaluations tbody tr:first-child td.n");
    for (String pattern :
        List.of(
            "[0-9.]+ %",
            "utterances\\s+[0-9.]+–[0-9.]+",
            "speakers\\s+[0-9.]+–[0-9.]+",
            "chance\\s+33\\.3",
            "mean confidence" + interval,
            "calibration error" + interval,
            "gap of genders" + interval)) {
      assertTrue(cell.matches("(?s).*" + pattern + ".*"), pattern + " in " + cell);
    }
  }

  @Test
  void everyFigureLeadsToItsReport() throws Exception {
    JsonNode links =
        browser.evaluate(
            "Array.from(document.querySelectorAll('#evaluations a'), a => a.getAttribute('href'))");
    assertEquals(3, links.size(), links.toString());
    for (JsonNode link : links) {
      browser.open(PAGE.resolveSibling(link.asText()));
      assertTrue(link.asText().contains(browser.text("h1")), link + ": " + browser.text("h1"));
      assertEquals(1, browser.count("section#calibration"));
    }
  }

  @Test
  void textFromDataIsNeverMarkup() throws Exception {
    assertTrue(browser.text("#evaluations tbody tr:last-child th").contains("<img src=x"));
    assertTrue(browser.text("#counts").contains("<b>surprise</b> (2)"), browser.text("#counts"));
    assertEquals(0, browser.count("img"));
    assertEquals(0, browser.count("script"));
  }

  @Test
  void nothingIsFetchedAndNothingIsComplainedOf() throws Exception {
    for (String url : browser.requests()) {
      assertTrue(
          url.startsWith("data:") || url.startsWith(KEPT.toAbsolutePath().toUri().toString()), url);
    }
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void twoCorporaFitOnAScreen() throws Exception {
    int hidden =
        browser
            .evaluate(
                "(t => t.scrollWidth - t.clientWidth)(document.querySelector('#matrix .scroll'))")
            .asInt();
    assertEquals(0, hidden, "pixels of the matrix that are hidden");
  }

  @Test
  void aNarrowScreenScrollsTheTablesAndNotThePage() throws Exception {
    browser.width(400);
    int wide = browser.evaluate("document.documentElement.scrollWidth").asInt();
    assertTrue(wide <= 400, "the page is " + wide + " pixels wide");
    browser.width(1280);
  }

  @Test
  void isReadableInLightAndInDark() throws Exception {
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      int sum = browser.background();
      assertEquals(scheme.equals("light"), sum > 382, scheme + " page: " + sum);
      Path shot = KEPT.resolve("matrix-" + scheme + ".png");
      browser.screenshot(shot);
      assertTrue(Files.size(shot) > 20_000, "a picture of the whole page");
    }
  }
}
