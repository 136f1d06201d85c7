package io.gemoclap.export.turns;

import io.gemoclap.turns.EmotionTurn;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** ELAN's annotation format: a tier of alignable annotations for each voice, in milliseconds. */
final class ElanFile {
  private static final String SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd";
  private static final String TYPE = "emotion";

  /** ELAN requires a date; this one keeps files of equal turns equal. */
  private static final String DATE = "1970-01-01T00:00:00Z";

  private final XMLStreamWriter xml;

  private ElanFile(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String text(String recording, List<EmotionTurn> turns) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new ElanFile(xml).write(recording, turns);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text + "\n";
  }

  private void write(String recording, List<EmotionTurn> turns) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    start("ANNOTATION_DOCUMENT", "AUTHOR", "", "DATE", DATE, "FORMAT", "3.0", "VERSION", "3.0");
    xml.writeAttribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    xml.writeAttribute("xsi:noNamespaceSchemaLocation", SCHEMA);
    start("HEADER", "MEDIA_FILE", "", "TIME_UNITS", "milliseconds");
    String uri =
        recording.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") ? recording : "file://" + recording;
    empty("MEDIA_DESCRIPTOR", "MEDIA_URL", clean(uri), "MIME_TYPE", "unknown");
    xml.writeEndElement();
    Map<String, List<EmotionTurn>> tiers = Voices.tiers(turns);
    start("TIME_ORDER");
    int slot = 0;
    for (List<EmotionTurn> tier : tiers.values()) {
      for (EmotionTurn turn : tier) {
        slot = slot(slot, turn.getStartSeconds());
        slot = slot(slot, turn.getEndSeconds());
      }
    }
    xml.writeEndElement();
    int annotation = 0;
    for (Map.Entry<String, List<EmotionTurn>> tier : tiers.entrySet()) {
      start("TIER", "LINGUISTIC_TYPE_REF", TYPE, "TIER_ID", clean(tier.getKey()));
      for (EmotionTurn turn : tier.getValue()) {
        annotation++;
        annotation(turn, annotation);
      }
      xml.writeEndElement();
    }
    empty(
        "LINGUISTIC_TYPE",
        "GRAPHIC_REFERENCES",
        "false",
        "LINGUISTIC_TYPE_ID",
        TYPE,
        "TIME_ALIGNABLE",
        "true");
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private int slot(int before, double seconds) throws XMLStreamException {
    empty(
        "TIME_SLOT",
        "TIME_SLOT_ID",
        "ts" + (before + 1),
        "TIME_VALUE",
        Long.toString(Math.round(seconds * 1000)));
    return before + 1;
  }

  private void annotation(EmotionTurn turn, int number) throws XMLStreamException {
    start("ANNOTATION");
    start(
        "ALIGNABLE_ANNOTATION",
        "ANNOTATION_ID",
        "a" + number,
        "TIME_SLOT_REF1",
        "ts" + (2 * number - 1),
        "TIME_SLOT_REF2",
        "ts" + 2 * number);
    start("ANNOTATION_VALUE");
    xml.writeCharacters(clean(turn.getEmotion()));
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void start(String name, String... attributes) throws XMLStreamException {
    xml.writeStartElement(name);
    attributes(attributes);
  }

  private void empty(String name, String... attributes) throws XMLStreamException {
    xml.writeEmptyElement(name);
    attributes(attributes);
  }

  private void attributes(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i], attributes[i + 1]);
    }
  }

  /** XML 1.0 cannot hold control characters. */
  private static String clean(String text) {
    return Voices.oneLine(text)
        .replaceAll("[\\uFFFE\\uFFFF\\uD800-\\uDFFF&&[^\\x{10000}-\\x{10FFFF}]]", "");
  }
}
