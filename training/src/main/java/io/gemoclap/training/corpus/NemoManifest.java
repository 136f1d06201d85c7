package io.gemoclap.training.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest of NVIDIA NeMo: JSON Lines with {@code audio_filepath}, absolute or relative to the
 * manifest.
 *
 * <p>With an {@code offset}, the line is a stretch of {@code duration} seconds of its file; without
 * one it is the whole file, whatever its duration says. The label is {@code emotion}, else {@code
 * label}, also in the form {@code <|emo:happy|>}; NeMo's placeholders {@code <|emo:undefined|>} and
 * {@code infer} count as left out, and {@code "-"} as no text. {@code recording} names what a file
 * was cut from. Unknown fields are passed over. Files inside the tars of a tarred set cannot be
 * read: they are reported as missing.
 */
final class NemoManifest {
  private static final Pattern TOKEN = Pattern.compile("<\\|emo:(.*)\\|>");

  private NemoManifest() {}

  static Corpus read(String uri) throws IOException {
    Reading reading = new Reading(CsvManifest.name(uri), LabelMap.beside(uri));
    reading.jsonLines(uri, (object, line) -> add(object, uri, line, reading));
    return reading.corpusOfLabelsThatOccur();
  }

  private static void add(JsonNode object, String uri, long line, Reading reading) {
    String label = ManifestEntry.text(object, "emotion", "label");
    Matcher token = TOKEN.matcher(label);
    String text = ManifestEntry.text(object, "text");
    ManifestEntry entry =
        new ManifestEntry(uri, line)
            .with("path", ManifestEntry.text(object, "audio_filepath"))
            .with("emotion", token.matches() ? token.group(1) : label)
            .with("speaker", ManifestEntry.text(object, "speaker", "speaker_id"))
            .with("gender", ManifestEntry.text(object, "gender"))
            .with("session", ManifestEntry.text(object, "session"))
            .with("language", ManifestEntry.text(object, "lang", "language", "source_lang"))
            .with("text", text.equals("-") ? "" : text)
            .with("recording", ManifestEntry.text(object, "recording"));
    if (object.hasNonNull("offset")) {
      JsonNode offset = object.get("offset");
      JsonNode duration = object.path("duration");
      if (!offset.isNumber() || !duration.isNumber()) {
        reading.problem(uri, line, "offset and duration are not both numbers");
        return;
      }
      entry
          .with("start_s", Double.toString(offset.asDouble()))
          .with("end_s", Double.toString(offset.asDouble() + duration.asDouble()));
    }
    entry.addTo(reading);
  }
}
