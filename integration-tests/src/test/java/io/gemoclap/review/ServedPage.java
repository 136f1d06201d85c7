package io.gemoclap.review;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gemoclap.training.report.Browser;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Serves the samples to Chromium for the tests of a class, which are skipped without it. The page
 * is open before each test. Screenshots stay in {@link #KEPT}.
 */
abstract class ServedPage {
  static final Path KEPT = Path.of("integration-tests", "target", "review");

  @TempDir static Path folder;
  static Path results;
  static ReviewProcess review;
  static Browser browser;
  static ReviewPage page;

  @BeforeAll
  static void serveTheSamplesAndStartTheBrowser() throws Exception {
    Optional<Path> chromium = Browser.find();
    if (chromium.isPresent()) {
      results = SampleResults.copyTo(folder.resolve("out"));
      review = new ReviewProcess(folder.resolve("jvm"), results, "--by=kim");
      browser = new Browser(chromium.get(), folder.resolve("profile"));
      page = new ReviewPage(browser);
    }
  }

  @BeforeEach
  void openThePage() throws Exception {
    assumeTrue(browser != null, "No Chromium is installed");
    page.open(review.url());
  }

  @AfterAll
  static void closeBoth() throws Exception {
    if (browser != null) {
      browser.close();
      review.close();
      browser = null;
    }
  }
}
