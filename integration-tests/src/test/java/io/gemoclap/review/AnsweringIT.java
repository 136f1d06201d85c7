package io.gemoclap.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.bundle.Bundles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Answers on the page of {@code gemoclap review} in Chromium as a person does. A screenshot stays
 * in integration-tests/target.
 */
final class AnsweringIT extends ServedPage {
  private static List<String> corrections() throws Exception {
    Path file = results.resolve("corrections.jsonl");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** The ids of segments and the labels of the answers in a file. */
  private static List<String> answered(List<String> lines) {
    return lines.stream()
        .map(
            line ->
                line.replaceAll(".*\"segment_id\":\"([^\"]*)\".*\"label\":\"(\\w+)\".*", "$1 $2"))
        .toList();
  }

  @Test
  void answersAreAppendedAndWithdrawnByKeys() throws Exception {
    int before = corrections().size();
    page.press("1");
    page.until(
        "it is saved", "document.getElementById('answer-state').innerText === 'Saved: anger'");
    page.until(
        "the next is selected",
        "document.querySelector('" + ReviewPage.SELECTED + "').dataset.index === '1'");
    page.press("n");
    page.until(
        "it is saved", "document.getElementById('answer-state').innerText === 'Saved: not speech'");
    page.until(
        "the next is selected",
        "document.querySelector('" + ReviewPage.SELECTED + "').dataset.index === '2'");
    page.press("u");
    page.until(
        "it is saved", "document.getElementById('answer-state').innerText === 'Saved: unsure'");
    page.until(
        "the next is selected",
        "document.querySelector('" + ReviewPage.SELECTED + "').dataset.index === '3'");
    page.press("z");
    page.until(
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

  @Test
  void keysPressedWhileAnAnswerIsSavedNeverAnswerTheSegmentBefore() throws Exception {
    int before = corrections().size();
    List<String> expected = List.of(page.segmentId(0) + " anger", page.segmentId(1) + " disgust");
    browser.evaluate(ReviewPage.pressAtOnce("12"));
    page.until(
        "the next is selected",
        "document.querySelector('" + ReviewPage.SELECTED + "').dataset.index === '1'");
    page.press("3");
    page.until(
        "the one after is selected",
        "document.querySelector('" + ReviewPage.SELECTED + "').dataset.index === '2'");
    assertEquals(expected, answered(corrections().subList(before, corrections().size())));
  }

  @Test
  void keysPressedWhileAPageLoadsNeverAnswerTheSegmentBefore() throws Exception {
    Path many = folder.resolve("many");
    LargeResults.write(many, 120, 120, Bundles.resolve(Bundles.BUNDLED).id());
    try (OpenReview serving = new OpenReview(many, AllowedRoots.everywhere())) {
      browser.open(serving.url());
      page.until("the page is ready", "document.body?.dataset.ready === 'yes'");
      String last = page.segmentId(49);
      browser.evaluate("document.querySelectorAll('#list li')[49].click()");
      page.until(
          "the last is selected",
          "document.querySelector('" + ReviewPage.SELECTED + "').dataset.index === '49'");
      browser.evaluate(
          "{ const real = window.fetch; window.fetch = (path, ...rest) => { if"
              + " (path.startsWith('/api/segments')) { "
              + ReviewPage.pressAtOnce("2")
              + " } return real(path, ...rest); }; "
              + ReviewPage.pressAtOnce("12")
              + " }");
      page.until(
          "the next page is there", "document.getElementById('page').innerText === 'page 2'");
      page.until(
          "its first is selected",
          "document.querySelector('" + ReviewPage.SELECTED + "')?.dataset.index === '0'");
      List<String> expected = List.of(last + " anger", page.segmentId(0) + " disgust");
      page.press("3");
      page.until(
          "its second is selected",
          "document.querySelector('" + ReviewPage.SELECTED + "')?.dataset.index === '1'");
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
    page.until(
        "it is asked for again",
        "document.getElementById('answer-state').innerText.includes('none of the labels')");
    assertEquals(before, corrections().size());
    browser.evaluate(give.formatted("hold music"));
    page.until(
        "it is saved", "document.getElementById('answer-state').innerText === 'Saved: hold music'");
    browser.evaluate(give.formatted(" SADNESS "));
    page.until(
        "it is known", "document.getElementById('answer-state').innerText === 'Saved: sadness'");
    assertEquals(before + 2, corrections().size());
  }

  @Test
  void answersSurviveReloadingAKilledServerAndAnother() throws Exception {
    page.choose("recording", "german-male");
    browser.evaluate("document.querySelector('#list li').click()");
    page.until(
        "it is shown", "document.getElementById('recording').innerText.includes('german-male')");
    page.press("4");
    page.until(
        "it is saved", "document.getElementById('answer-state').innerText === 'Saved: fear'");
    browser.reload();
    page.until("the page is ready again", "document.body?.dataset.ready === 'yes'");
    assertTrue(browser.text("#list li").contains("fear"));
    assertEquals("fear", browser.text("#list li .badge"));

    review.kill();
    page.press("5");
    page.until(
        "the lost server is noticed",
        "document.getElementById('answer-state').innerText.includes('does not answer')");
    review = new ReviewProcess(folder.resolve("jvm"), results, "--by=lee");
    page.open(review.url());
    page.choose("recording", "german-male");
    assertEquals("fear", browser.text("#list li .badge"), "kim's answer");
    browser.evaluate("document.querySelector('#list li').click()");
    page.until(
        "who said it is shown",
        "document.getElementById('answers').innerText.startsWith('kim: fear')");
    page.press("4");
    page.until(
        "it is saved", "document.getElementById('answer-state').innerText === 'Saved: fear'");
    browser.evaluate("document.getElementById('open-agreement').click()");
    page.until("agreement is shown", "document.getElementById('agreement').open");
    String agreement = browser.text("#agreement-content");
    assertTrue(agreement.matches("(?s).*kim, lee\\s+1\\s+100 %\\s+undefined.*"), agreement);
  }
}
