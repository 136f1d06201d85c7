package io.gemoclap.review;

import io.gemoclap.flink.Polling;
import io.gemoclap.training.report.Browser;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The page of {@code gemoclap review} in Chromium. Not thread-safe. */
final class ReviewPage {
  /** The selected segment in the list. */
  static final String SELECTED = "#list li[aria-selected=true]";

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Browser browser;

  /** Sets the size of the window. */
  ReviewPage(Browser browser) throws Exception {
    this.browser = browser;
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 1280, "height", 800, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Opens the page and waits until it is ready. */
  void open(String url) throws Exception {
    browser.open("about:blank");
    browser.open(url);
    until("the page is ready", "document.body?.dataset.ready === 'yes'");
  }

  /** Waits for a condition in JavaScript. */
  void until(String what, String condition) throws Exception {
    Polling.until(
        what,
        LIMIT,
        () -> browser.evaluate(condition).asBoolean(),
        () -> {
          try {
            return browser.evaluate("document.body.innerText").asText();
          } catch (Exception e) {
            return e.toString();
          }
        });
  }

  /** Waits until a list or a search has been loaded. */
  void loaded() throws Exception {
    until("the list is loaded", "document.getElementById('list').ariaBusy === 'false'");
  }

  /** Presses a key, as Chromium tells a page of it. */
  void press(String key) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      browser.call(
          "Input.dispatchKeyEvent",
          key.length() == 1
              ? Map.of("type", type, "key", key, "text", type.equals("keyDown") ? key : "")
              : Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code(key)));
    }
  }

  /** The code that a dialog closes by. */
  private static int code(String key) {
    return key.equals("Escape") ? 27 : 0;
  }

  /** Sets a filter and waits for the list. */
  void choose(String field, String value) throws Exception {
    browser.evaluate(
        ("{ const f = document.querySelector('#filters').elements['%s']; f.value = '%s';"
                + " document.getElementById('list').ariaBusy = 'true';"
                + " f.dispatchEvent(new Event('input', {bubbles: true})); }")
            .formatted(field, value));
    loaded();
  }

  /** Searches by words and waits for what is found. */
  void search(String words) throws Exception {
    browser.evaluate(
        ("document.getElementById('words').value = '%s'; document.getElementById('list').ariaBusy ="
                + " 'true'; document.getElementById('search').requestSubmit()")
            .formatted(words));
    loaded();
  }

  /**
   * JavaScript that presses digits one after the other, before the page can do anything in between.
   */
  static String pressAtOnce(String digits) {
    return "for (const key of '%s') document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));"
        .formatted(digits);
  }

  /** The id of a segment in the list. */
  String segmentId(int index) throws Exception {
    return browser
        .evaluate("document.querySelectorAll('#list li .where')[%s].title".formatted(index))
        .asText();
  }
}
