package io.gemoclap.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.flink.Polling;
import io.gemoclap.training.report.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Uses the page of {@code gemoclap review} in Chromium as a person does. Screenshots stay in
 * integration-tests/target.
 */
final class ReviewPageIT {
  private static final Path KEPT = Path.of("integration-tests", "target", "review");
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String SELECTED = "#list li[aria-selected=true]";

  @TempDir private static Path folder;
  private static Path results;
  private static ReviewProcess review;
  private static Browser browser;

  @BeforeAll
  static void serveTheSamplesAndStartTheBrowser() throws Exception {
    Optional<Path> chromium = Browser.find();
    if (chromium.isPresent()) {
      results = SampleResults.copyTo(folder.resolve("out"));
      review = new ReviewProcess(folder.resolve("jvm"), results, "--by=kim");
      browser = new Browser(chromium.get(), folder.resolve("profile"));
      browser.call(
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", 1280, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    }
  }

  @BeforeEach
  void openThePage() throws Exception {
    assumeTrue(browser != null, "No Chromium is installed");
    open();
  }

  @AfterAll
  static void closeBoth() throws Exception {
    if (browser != null) {
      browser.close();
      review.close();
    }
  }

  private static void open() throws Exception {
    browser.open("about:blank");
    browser.open(review.url());
    until("the page is ready", "document.body?.dataset.ready === 'yes'");
  }

  private static void until(String what, String condition) throws Exception {
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
  private static void loaded() throws Exception {
    until("the list is loaded", "document.getElementById('list').ariaBusy === 'false'");
  }

  /** Presses a key, as Chromium tells a page of it. */
  private static void press(String key) throws Exception {
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

  private static void choose(String field, String value) throws Exception {
    browser.evaluate(
        ("{ const f = document.querySelector('#filters').elements['%s']; f.value = '%s';"
                + " document.getElementById('list').ariaBusy = 'true';"
                + " f.dispatchEvent(new Event('input', {bubbles: true})); }")
            .formatted(field, value));
    loaded();
  }

  private static void search(String words) throws Exception {
    browser.evaluate(
        ("document.getElementById('words').value = '%s'; document.getElementById('list').ariaBusy ="
                + " 'true'; document.getElementById('search').requestSubmit()")
            .formatted(words));
    loaded();
  }

  private static List<String> corrections() throws Exception {
    Path file = results.resolve("corrections.jsonl");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @Test
  void theListIsFilteredAndKeptInTheAddress() throws Exception {
    int all = browser.count("#list li");
    assertTrue(browser.text("#count").matches(all + " of " + all + " segments"));
    choose("recording", "german-male");
    int filtered = browser.count("#list li");
    assertTrue(filtered > 0 && filtered < all, filtered + " of " + all);
    until(
        "the count follows",
        "document.getElementById('count').innerText.startsWith('" + filtered + " of')");
    browser.evaluate("document.body.dataset.ready = 'no'; location.reload()");
    until("the page is ready again", "document.body?.dataset.ready === 'yes'");
    assertEquals(filtered, browser.count("#list li"), "after reloading");
    choose("recording", "no such recording");
    assertEquals("No segment matches the filters.", browser.text("#list li"));
    browser.evaluate(
        "document.getElementById('list').ariaBusy = 'true'; document.getElementById('clear').click()");
    loaded();
    assertEquals(all, browser.count("#list li"));

    browser.evaluate("document.querySelector('#metadata summary').click()");
    choose("metadata.speaker", "=dora");
    assertEquals(1, browser.count("#list li"));
    browser.evaluate("document.querySelector('#list li').click()");
    until(
        "the transcript is shown",
        "document.getElementById('transcript').innerText === 'Good morning'");
  }

  @Test
  void keysMoveThroughTheListAndTheRecording() throws Exception {
    String first = browser.text(SELECTED);
    press("ArrowDown");
    until(
        "the second is selected",
        "document.querySelector('" + SELECTED + "').dataset.index === '1'");
    press("ArrowRight");
    until(
        "the third is selected",
        "document.querySelector('" + SELECTED + "').dataset.index === '2'");
    press("ArrowLeft");
    press("ArrowUp");
    until(
        "the first is selected",
        "document.querySelector('" + SELECTED + "').dataset.index === '0'");
    assertEquals(first, browser.text(SELECTED));
    press("?");
    until("help is shown", "document.getElementById('help').open");
    press("Escape");
    until("help is closed", "!document.getElementById('help').open");
    press("/");
    assertEquals("words", browser.evaluate("document.activeElement.id").asText());
  }

  @Test
  void movingOnBeforeARecordingIsLoadedLeavesNoMessageAndLoadsItsSegments() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertTrue(segmentId(i).contains("conversation.ogg"), segmentId(i));
    }
    browser.evaluate("[...document.querySelectorAll('#list li')].at(-1).click()");
    until(
        "another recording is shown",
        "document.getElementById('recording').innerText.includes('german')");
    until("its sound is there", "document.getElementById('audio').src !== ''");
    browser.evaluate(
        "{ const li = document.querySelectorAll('#list li'); li[0].click();"
            + " setTimeout(() => li[1].click()); }");
    until(
        "the second is selected",
        "document.querySelector('" + SELECTED + "').dataset.index === '1'");
    until("the sound is there", "document.getElementById('audio').src !== ''");
    assertEquals("", browser.text("#notices"));
    press("ArrowRight");
    until(
        "the next of the recording is selected",
        "document.querySelector('" + SELECTED + "').dataset.index === '2'");
  }

  @Test
  void chosenSegmentsAreListedInTheOrderOfListening() throws Exception {
    Path sampled = SampleResults.copyTo(folder.resolve("sampled"));
    List<String> chosen = List.of(segmentId(2), segmentId(0), segmentId(1));
    Files.write(
        sampled.resolve("sample.jsonl"),
        chosen.stream().map(id -> "{\"segment_id\":\"" + id + "\"}").toList());
    try (OpenReview serving = new OpenReview(sampled, AllowedRoots.everywhere())) {
      JsonNode entries = serving.client().get("/api/segments?sampled=yes").path("entries");
      for (int i = 0; i < chosen.size(); i++) {
        assertEquals(chosen.get(i), entries.at("/" + i + "/segment/segment_id").asText());
      }
      browser.open(serving.url());
      until("the page is ready", "document.body?.dataset.ready === 'yes'");
      choose("sampled", "yes");
      until("only they are listed", "document.querySelectorAll('#list li').length === 3");
      assertEquals(chosen, List.of(segmentId(0), segmentId(1), segmentId(2)));
      assertEquals(
          "sample", browser.evaluate("document.querySelector('[name=order]').value").asText());
    }
  }

  @Test
  void spacePlaysTheSegmentAndStopsAtItsEnd() throws Exception {
    choose("recording", "english-male-8k");
    browser.evaluate("document.querySelector('#list li').click()");
    until("the sound is there", "document.getElementById('audio').src !== ''");
    press(" ");
    until("it plays", "document.getElementById('audio').currentTime > 0.1");
    until("it stops", "document.getElementById('audio').paused");
    double end = browser.evaluate("document.getElementById('audio').currentTime").asDouble();
    assertTrue(end > 1.5, "It stopped at " + end + " s");
    JsonNode ink =
        browser.evaluate(
            "(() => { const c = document.getElementById('wave'); const d ="
                + " c.getContext('2d').getImageData(0, 0, c.width, c.height).data; const seen = new"
                + " Set(); for (let i = 0; i < d.length; i += 4) seen.add(d[i] + ' ' + d[i + 1] + '"
                + " ' + d[i + 2]); return seen.size })()");
    assertTrue(ink.asInt() > 2, "The waveform and its segments have " + ink + " colours");
  }

  @Test
  void theSoundOfAMovedRecordingIsMissedAndNothingElse() throws Exception {
    Path moved = SampleResults.copyOfMoved(folder.resolve("moved"));
    try (OpenReview serving = new OpenReview(moved, AllowedRoots.everywhere())) {
      browser.open(serving.url());
      until("the page is ready", "document.body?.dataset.ready === 'yes'");
      until("it says why", "!document.getElementById('no-sound').hidden");
      String why = browser.text("#no-sound");
      assertTrue(why.contains("/moved/away/conversation.ogg': it does not exist"), why);
      press("2");
      until(
          "it is saved", "document.getElementById('answer-state').innerText === 'Saved: boredom'");
      assertEquals(1, Files.readAllLines(moved.resolve("corrections.jsonl")).size());
    }
  }

  @Test
  void wordsAndSegmentsAreSearched() throws Exception {
    search("tired, giving up");
    assertTrue(browser.text("#search-state").contains("Nearest to “tired, giving up”, by model "));
    assertTrue(browser.text("#origin").contains(", label set "));
    browser.screenshot(Files.createDirectories(KEPT).resolve("search.png"));
    browser.evaluate("document.getElementById('list').ariaBusy = 'true'");
    press("s");
    loaded();
    assertTrue(browser.text("#search-state").contains("Nearest to this segment"));
    assertTrue(browser.text("#list li").contains("1.00"));
    press("Escape");
    until("the list is back", "!document.getElementById('leave-search')");
  }

  @Test
  void aDroppedRecordingIsSearched() throws Exception {
    Path file = SampleResults.recordings().resolve("english-male-8k.amr");
    JsonNode document = browser.call("DOM.getDocument", Map.of());
    JsonNode field =
        browser.call(
            "DOM.querySelector",
            Map.of("nodeId", document.at("/root/nodeId").asInt(), "selector", "#file"));
    browser.evaluate("document.getElementById('list').ariaBusy = 'true'");
    browser.call(
        "DOM.setFileInputFiles",
        Map.of("nodeId", field.path("nodeId").asInt(), "files", List.of(file.toString())));
    loaded();
    assertTrue(
        browser.text("#search-state").contains("Nearest to english-male-8k.amr"),
        browser.text("#search-state"));
    assertTrue(browser.text("#list li").contains("english-male-8k.amr"));
  }

  @Test
  void answersAreAppendedAndWithdrawnByKeys() throws Exception {
    int before = corrections().size();
    press("1");
    until("it is saved", "document.getElementById('answer-state').innerText === 'Saved: anger'");
    until(
        "the next is selected", "document.querySelector('" + SELECTED + "').dataset.index === '1'");
    press("n");
    until(
        "it is saved", "document.getElementById('answer-state').innerText === 'Saved: not speech'");
    until(
        "the next is selected", "document.querySelector('" + SELECTED + "').dataset.index === '2'");
    press("u");
    until("it is saved", "document.getElementById('answer-state').innerText === 'Saved: unsure'");
    until(
        "the next is selected", "document.querySelector('" + SELECTED + "').dataset.index === '3'");
    press("z");
    until(
        "the last answer is withdrawn",
        "document.getElementById('answer-state').innerText === 'Your answer is withdrawn.'");
    List<String> lines = corrections().subList(before, corrections().size());
    assertEquals(4, lines.size(), lines.toString());
    assertTrue(lines.get(0).contains("\"answer\":\"label\",\"label\":\"anger\",\"by\":\"kim\""));
    assertTrue(lines.get(1).contains("\"answer\":\"not_speech\""), lines.get(1));
    assertTrue(lines.get(2).contains("\"answer\":\"unsure\""), lines.get(2));
    assertTrue(lines.get(3).contains("\"answer\":\"withdrawn\""), lines.get(3));
    assertEquals(
        lines.get(2).replaceAll(",\"answer.*", ""), lines.get(3).replaceAll(",\"answer.*", ""));
    browser.screenshot(Files.createDirectories(KEPT).resolve("list.png"));
  }

  /** Presses digits one after the other, before the page can do anything in between. */
  private static String pressAtOnce(String digits) {
    return "for (const key of '%s') document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));"
        .formatted(digits);
  }

  /** The ids of segments and the labels of the answers in a file. */
  private static List<String> answered(List<String> lines) {
    return lines.stream()
        .map(
            line ->
                line.replaceAll(".*\"segment_id\":\"([^\"]*)\".*\"label\":\"(\\w+)\".*", "$1 $2"))
        .toList();
  }

  private static String segmentId(int index) throws Exception {
    return browser
        .evaluate("document.querySelectorAll('#list li .where')[%s].title".formatted(index))
        .asText();
  }

  @Test
  void keysPressedWhileAnAnswerIsSavedNeverAnswerTheSegmentBefore() throws Exception {
    int before = corrections().size();
    List<String> expected = List.of(segmentId(0) + " anger", segmentId(1) + " disgust");
    browser.evaluate(pressAtOnce("12"));
    until(
        "the next is selected", "document.querySelector('" + SELECTED + "').dataset.index === '1'");
    press("3");
    until(
        "the one after is selected",
        "document.querySelector('" + SELECTED + "').dataset.index === '2'");
    assertEquals(expected, answered(corrections().subList(before, corrections().size())));
  }

  @Test
  void keysPressedWhileAPageLoadsNeverAnswerTheSegmentBefore() throws Exception {
    Path many = folder.resolve("many");
    LargeResults.write(many, 120, 120, Bundles.resolve(Bundles.BUNDLED).id());
    try (OpenReview serving = new OpenReview(many, AllowedRoots.everywhere())) {
      browser.open(serving.url());
      until("the page is ready", "document.body?.dataset.ready === 'yes'");
      String last = segmentId(49);
      browser.evaluate("document.querySelectorAll('#list li')[49].click()");
      until(
          "the last is selected",
          "document.querySelector('" + SELECTED + "').dataset.index === '49'");
      browser.evaluate(
          "{ const real = window.fetch; window.fetch = (path, ...rest) => { if"
              + " (path.startsWith('/api/segments')) { "
              + pressAtOnce("2")
              + " } return real(path, ...rest); }; "
              + pressAtOnce("12")
              + " }");
      until("the next page is there", "document.getElementById('page').innerText === 'page 2'");
      until(
          "its first is selected",
          "document.querySelector('" + SELECTED + "')?.dataset.index === '0'");
      List<String> expected = List.of(last + " anger", segmentId(0) + " disgust");
      press("3");
      until(
          "its second is selected",
          "document.querySelector('" + SELECTED + "')?.dataset.index === '1'");
      assertEquals(expected, answered(Files.readAllLines(many.resolve("corrections.jsonl"))));
    }
  }

  @Test
  void aLabelOutsideTheLabelSetMustBeGivenTwice() throws Exception {
    int before = corrections().size();
    String give =
        "document.getElementById('label').value = '%s';"
            + " document.getElementById('other-label').requestSubmit()";
    browser.evaluate(give.formatted("hold music"));
    until(
        "it is asked for again",
        "document.getElementById('answer-state').innerText.includes('none of the labels')");
    assertEquals(before, corrections().size());
    browser.evaluate(give.formatted("hold music"));
    until(
        "it is saved", "document.getElementById('answer-state').innerText === 'Saved: hold music'");
    browser.evaluate(give.formatted(" SADNESS "));
    until("it is known", "document.getElementById('answer-state').innerText === 'Saved: sadness'");
    assertEquals(before + 2, corrections().size());
  }

  @Test
  void answersSurviveReloadingAKilledServerAndAnother() throws Exception {
    choose("recording", "german-male");
    browser.evaluate("document.querySelector('#list li').click()");
    until("it is shown", "document.getElementById('recording').innerText.includes('german-male')");
    press("4");
    until("it is saved", "document.getElementById('answer-state').innerText === 'Saved: fear'");
    browser.evaluate("document.body.dataset.ready = 'no'; location.reload()");
    until("the page is ready again", "document.body?.dataset.ready === 'yes'");
    assertTrue(browser.text("#list li").contains("fear"));
    assertEquals("fear", browser.text("#list li .badge"));

    review.kill();
    press("5");
    until(
        "the lost server is noticed",
        "document.getElementById('answer-state').innerText.includes('does not answer')");
    review = new ReviewProcess(folder.resolve("jvm"), results, "--by=lee");
    open();
    choose("recording", "german-male");
    assertEquals("fear", browser.text("#list li .badge"), "kim's answer");
    browser.evaluate("document.querySelector('#list li').click()");
    until(
        "who said it is shown",
        "document.getElementById('answers').innerText.startsWith('kim: fear')");
    press("4");
    until("it is saved", "document.getElementById('answer-state').innerText === 'Saved: fear'");
    browser.evaluate("document.getElementById('open-agreement').click()");
    until("agreement is shown", "document.getElementById('agreement').open");
    String agreement = browser.text("#agreement-content");
    assertTrue(agreement.matches("(?s).*kim, lee\\s+1\\s+100 %\\s+undefined.*"), agreement);
  }

  @Test
  void nothingComesFromElsewhereAndNothingGoesWrong() throws Exception {
    String own = review.url().replaceAll("/\\?.*", "/");
    int before = browser.requests().size();
    search("calm");
    for (String request : browser.requests().subList(before, browser.requests().size())) {
      assertTrue(request.startsWith(own), request);
    }
    assertFalse(browser.evaluate("location.href").asText().contains("token"));
    choose("recording", "german-male");
    browser.evaluate("document.querySelector('#list li').click()");
    until("the transcript is shown", "!document.getElementById('transcript').hidden");
    assertEquals("<b>Guten Tag</b>", browser.text("#transcript"), "text, not markup");
    assertEquals(0, browser.count("#transcript b"));
  }

  @Test
  void everythingFitsIntoAWindowOf1280By800() throws Exception {
    for (String size : List.of("scrollWidth <= 1280", "scrollHeight <= 800")) {
      assertTrue(browser.evaluate("document.documentElement." + size).asBoolean(), size);
    }
    assertTrue(
        browser
            .evaluate("document.getElementById('similar').getBoundingClientRect().bottom <= 800")
            .asBoolean());
  }
}
