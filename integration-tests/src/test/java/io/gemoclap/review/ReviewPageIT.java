package io.gemoclap.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.AllowedRoots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Uses the page of {@code gemoclap review} in Chromium as a person does. Screenshots stay in
 * integration-tests/target.
 */
final class ReviewPageIT extends ServedPage {
  @Test
  void theListIsFilteredAndKeptInTheAddress() throws Exception {
    int all = browser.count("#list li");
    assertTrue(browser.text("#count").matches(all + " of " + all + " segments"));
    page.choose("recording", "german-male");
    int filtered = browser.count("#list li");
    assertTrue(filtered > 0 && filtered < all, filtered + " of " + all);
    page.until(
        "the count follows",
        "document.getElementById('count').innerText.startsWith('" + filtered + " of')");
    browser.reload();
    page.until("the page is ready again", "document.body?.dataset.ready === 'yes'");
    assertEquals(filtered, browser.count("#list li"), "after reloading");
    page.choose("recording", "no such recording");
    assertEquals("No segment matches the filters.", browser.text("#list li"));
    browser.evaluate(
        "document.getElementById('list').ariaBusy = 'true'; document.getElementById('clear').click()");
    page.loaded();
    assertEquals(all, browser.count("#list li"));

    browser.evaluate("document.querySelector('#metadata summary').click()");
    page.choose("metadata.speaker", "=dora");
    assertEquals(1, browser.count("#list li"));
    browser.evaluate("document.querySelector('#list li').click()");
    page.until(
        "the transcript is shown",
        "document.getElementById('transcript').innerText === 'Good morning'");
  }

  @Test
  void keysMoveThroughTheListAndTheRecording() throws Exception {
    String first = browser.text(ReviewPage.SELECTED);
    page.press("ArrowDown");
    page.until(
        "the second is selected",
        "document.querySelector('" + ReviewPage.SELECTED + "').dataset.index === '1'");
    page.press("ArrowRight");
    page.until(
        "the third is selected",
        "document.querySelector('" + ReviewPage.SELECTED + "').dataset.index === '2'");
    page.press("ArrowLeft");
    page.press("ArrowUp");
    page.until(
        "the first is selected",
        "document.querySelector('" + ReviewPage.SELECTED + "').dataset.index === '0'");
    assertEquals(first, browser.text(ReviewPage.SELECTED));
    page.press("?");
    page.until("help is shown", "document.getElementById('help').open");
    page.press("Escape");
    page.until("help is closed", "!document.getElementById('help').open");
    page.press("/");
    assertEquals("words", browser.evaluate("document.activeElement.id").asText());
  }

  @Test
  void movingOnBeforeARecordingIsLoadedLeavesNoMessageAndLoadsItsSegments() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertTrue(page.segmentId(i).contains("conversation.ogg"), page.segmentId(i));
    }
    browser.evaluate("[...document.querySelectorAll('#list li')].at(-1).click()");
    page.until(
        "another recording is shown",
        "document.getElementById('recording').innerText.includes('german')");
    page.until("its sound is there", "document.getElementById('audio').src !== ''");
    browser.evaluate(
        "{ const li = document.querySelectorAll('#list li'); li[0].click();"
            + " setTimeout(() => li[1].click()); }");
    page.until(
        "the second is selected",
        "document.querySelector('" + ReviewPage.SELECTED + "').dataset.index === '1'");
    page.until("the sound is there", "document.getElementById('audio').src !== ''");
    assertEquals("", browser.text("#notices"));
    page.press("ArrowRight");
    page.until(
        "the next of the recording is selected",
        "document.querySelector('" + ReviewPage.SELECTED + "').dataset.index === '2'");
  }

  @Test
  void chosenSegmentsAreListedInTheOrderOfListening() throws Exception {
    Path sampled = SampleResults.copyTo(folder.resolve("sampled"));
    List<String> chosen = List.of(page.segmentId(2), page.segmentId(0), page.segmentId(1));
    Files.write(
        sampled.resolve("sample.jsonl"),
        chosen.stream().map(id -> "{\"segment_id\":\"" + id + "\"}").toList());
    try (OpenReview serving = new OpenReview(sampled, AllowedRoots.everywhere())) {
      JsonNode entries = serving.client().get("/api/segments?sampled=yes").path("entries");
      for (int i = 0; i < chosen.size(); i++) {
        assertEquals(chosen.get(i), entries.at("/" + i + "/segment/segment_id").asText());
      }
      browser.open(serving.url());
      page.until("the page is ready", "document.body?.dataset.ready === 'yes'");
      page.choose("sampled", "yes");
      page.until("only they are listed", "document.querySelectorAll('#list li').length === 3");
      assertEquals(chosen, List.of(page.segmentId(0), page.segmentId(1), page.segmentId(2)));
      assertEquals(
          "sample", browser.evaluate("document.querySelector('[name=order]').value").asText());
    }
  }

  @Test
  void spacePlaysTheSegmentAndStopsAtItsEnd() throws Exception {
    page.choose("recording", "english-male-8k");
    browser.evaluate("document.querySelector('#list li').click()");
    page.until("the sound is there", "document.getElementById('audio').src !== ''");
    page.press(" ");
    page.until("it plays", "document.getElementById('audio').currentTime > 0.1");
    page.until("it stops", "document.getElementById('audio').paused");
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
      page.until("the page is ready", "document.body?.dataset.ready === 'yes'");
      page.until("it says why", "!document.getElementById('no-sound').hidden");
      String why = browser.text("#no-sound");
      assertTrue(
          why.contains(
              "/moved/away/conversation.ogg': The file cannot be opened: it does not exist"),
          why);
      page.press("2");
      page.until(
          "it is saved", "document.getElementById('answer-state').innerText === 'Saved: boredom'");
      assertEquals(1, Files.readAllLines(moved.resolve("corrections.jsonl")).size());
    }
  }

  @Test
  void wordsAndSegmentsAreSearched() throws Exception {
    page.search("tired, giving up");
    assertTrue(browser.text("#search-state").contains("Nearest to “tired, giving up”, by model "));
    assertTrue(browser.text("#origin").contains(", label set "));
    browser.screenshot(Files.createDirectories(KEPT).resolve("search.png"));
    browser.evaluate("document.getElementById('list').ariaBusy = 'true'");
    page.press("s");
    page.loaded();
    assertTrue(browser.text("#search-state").contains("Nearest to this segment"));
    assertTrue(browser.text("#list li").contains("1.00"));
    page.press("Escape");
    page.until("the list is back", "!document.getElementById('leave-search')");
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
    page.loaded();
    assertTrue(
        browser.text("#search-state").contains("Nearest to english-male-8k.amr"),
        browser.text("#search-state"));
    assertTrue(browser.text("#list li").contains("english-male-8k.amr"));
  }

  @Test
  void nothingComesFromElsewhereAndNothingGoesWrong() throws Exception {
    String own = review.url().replaceAll("/\\?.*", "/");
    int before = browser.requests().size();
    page.search("calm");
    for (String request : browser.requests().subList(before, browser.requests().size())) {
      assertTrue(request.startsWith(own), request);
    }
    assertFalse(browser.evaluate("location.href").asText().contains("token"));
    page.choose("recording", "german-male");
    browser.evaluate("document.querySelector('#list li').click()");
    page.until("the transcript is shown", "!document.getElementById('transcript').hidden");
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
