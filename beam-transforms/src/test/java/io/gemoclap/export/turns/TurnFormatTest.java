package io.gemoclap.export.turns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.score.LabelScore;
import io.gemoclap.turns.EmotionTurn;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Files have the syntax of their specifications, whatever is in names and labels. */
final class TurnFormatTest {
  private static final List<EmotionTurn> TURNS =
      List.of(
          turn("Kim", 0, 0.5, 2.25, "anger"),
          turn("", 1, 1, 3, "hold music"),
          turn("Kim", 0, 4, 3_725.5, "say \"no\" <now> & --> then"));

  private static EmotionTurn turn(
      String speaker, int channel, double start, double end, String emotion) {
    return EmotionTurn.builder()
        .setRecording("/calls/a b.wav")
        .setChannel(channel)
        .setSpeaker(speaker)
        .setStartSeconds(start)
        .setEndSeconds(end)
        .setEmotion(emotion)
        .setConfidence(0.75)
        .setAbstained(false)
        .setScores(List.of(LabelScore.of(emotion, 0.75)))
        .setSegmentIds(List.of("s"))
        .setModelId("m")
        .setLabelSet("l")
        .setMetadata(Map.of())
        .build();
  }

  private static String text(TurnFormat format) {
    return format.text("/calls/a b.wav", "a b", TURNS);
  }

  @Test
  void rttmHasTenFieldsWithoutWhiteSpace() {
    assertEquals(
        """
        SPEAKER a_b 1 0.500 1.750 anger <NA> Kim 0.750 <NA>
        SPEAKER a_b 2 1.000 2.000 hold_music <NA> channel1 0.750 <NA>
        SPEAKER a_b 1 4.000 3721.500 say_"no"_<now>_&_-->_then <NA> Kim 0.750 <NA>
        """,
        text(TurnFormat.RTTM));
  }

  @Test
  void labelTracksHaveTabs() {
    assertEquals(
        """
        0.500000\t2.250000\tKim: anger
        1.000000\t3.000000\thold music
        4.000000\t3725.500000\tKim: say "no" <now> & --> then
        """,
        text(TurnFormat.AUDACITY));
  }

  @Test
  void cuesAreEscaped() {
    assertEquals(
        """
        WEBVTT

        00:00:00.500 --> 00:00:02.250
        <v Kim>anger

        00:00:01.000 --> 00:00:03.000
        hold music

        00:00:04.000 --> 01:02:05.500
        <v Kim>say "no" &lt;now&gt; &amp; --&gt; then
        """,
        text(TurnFormat.WEBVTT));
  }

  @Test
  void intervalsOfATierFollowEachOther() {
    String grid = text(TurnFormat.TEXTGRID);
    assertTrue(grid.contains("text = \"say \"\"no\"\" <now> & --> then\""), grid);
    assertTrue(grid.contains("size = 2\nitem []:"), grid);
    List<Double> bounds = new ArrayList<>();
    for (String line : grid.lines().toList()) {
      if (line.startsWith("            xm")) {
        bounds.add(Double.parseDouble(line.substring(line.indexOf('=') + 1)));
      }
    }
    assertEquals(
        List.of(0.0, 0.5, 0.5, 2.25, 2.25, 4.0, 4.0, 3725.5, 0.0, 1.0, 1.0, 3.0, 3.0, 3725.5),
        bounds);
  }

  @Test
  void overlappingTurnsOfAVoiceAreInTwoTiers() {
    List<EmotionTurn> windows =
        List.of(
            turn("Kim", 0, 0, 4, "anger"),
            turn("Kim", 0, 2, 6, "sadness"),
            turn("Kim", 0, 4, 8, "anger"));
    assertEquals(
        Map.of("Kim", List.of(windows.get(0), windows.get(2)), "Kim (2)", List.of(windows.get(1))),
        Voices.tiers(windows));
  }

  @Test
  void elanFilesAreXmlWithSlotsForEachAnnotation() throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(text(TurnFormat.ELAN))));
    Map<String, String> times = new HashMap<>();
    NodeList slots = document.getElementsByTagName("TIME_SLOT");
    for (int i = 0; i < slots.getLength(); i++) {
      Element slot = (Element) slots.item(i);
      times.put(slot.getAttribute("TIME_SLOT_ID"), slot.getAttribute("TIME_VALUE"));
    }
    List<String> found = new ArrayList<>();
    NodeList annotations = document.getElementsByTagName("ALIGNABLE_ANNOTATION");
    for (int i = 0; i < annotations.getLength(); i++) {
      Element annotation = (Element) annotations.item(i);
      Element tier = (Element) annotation.getParentNode().getParentNode();
      found.add(
          "%s %s-%s %s"
              .formatted(
                  tier.getAttribute("TIER_ID"),
                  times.get(annotation.getAttribute("TIME_SLOT_REF1")),
                  times.get(annotation.getAttribute("TIME_SLOT_REF2")),
                  annotation.getTextContent()));
    }
    assertEquals(
        List.of(
            "Kim 500-2250 anger",
            "Kim 4000-3725500 say \"no\" <now> & --> then",
            "channel1 1000-3000 hold music"),
        found);
  }

  @Test
  void namesMayHoldAnyCharacter() throws Exception {
    List<EmotionTurn> odd = List.of(turn("K\u0000i\tm\n\uFFFF\uD800", 0, 0, 1, "a\u0001b\uFFFE"));
    for (TurnFormat format : TurnFormat.values()) {
      String text = format.text("/calls/\u0002.wav", "\u0002", odd);
      assertTrue(text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\t'), format + text);
    }
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(
            new InputSource(
                new StringReader(TurnFormat.ELAN.text("/calls/\u0002.wav", "\u0002", odd))));
  }
}
