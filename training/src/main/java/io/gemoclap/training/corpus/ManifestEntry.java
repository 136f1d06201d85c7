package io.gemoclap.training.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What all manifests have in common: named fields that become an utterance. Known fields are {@code
 * path, emotion, id, speaker, gender, session, language, text, start_s, end_s, recording}; without
 * an id, the path and the span are it.
 */
final class ManifestEntry {
  private final String file;
  private final long line;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private boolean decimalCommas;

  /** An entry in a line of a file. */
  ManifestEntry(String file, long line) {
    this.file = file;
    this.line = line;
  }

  /** The first of an object's fields that holds something, as text; empty if none does. */
  static String text(JsonNode object, String... fields) {
    for (String field : fields) {
      JsonNode value = object.path(field);
      if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
        return value.asText().strip();
      }
    }
    return "";
  }

  ManifestEntry with(String field, String value) {
    fields.put(field, value.strip());
    return this;
  }

  /** Whether {@code start_s} and {@code end_s} may have a comma for the decimal point. */
  ManifestEntry withDecimalCommas(boolean allowed) {
    decimalCommas = allowed;
    return this;
  }

  private String get(String field) {
    return fields.getOrDefault(field, "");
  }

  /** Adds the utterance, or the problem that it has. */
  void addTo(Reading reading) {
    String path = get("path");
    if (path.isEmpty()) {
      reading.problem(file, line, "the path is missing");
      return;
    }
    Optional<Gender> gender = gender(get("gender"));
    if (gender.isEmpty()) {
      reading.problem(
          file, line, "the gender is '" + get("gender") + "', not female, male or unknown");
      return;
    }
    Span span;
    try {
      span = span();
    } catch (IllegalArgumentException e) {
      reading.problem(file, line, e.getMessage());
      return;
    }
    String uri = Location.beside(file, path);
    String id = get("id");
    if (id.isEmpty()) {
      id = span == null ? path : path + "#" + get("start_s") + "-" + get("end_s");
    }
    String recording = get("recording");
    reading.add(
        Utterance.of(id, uri)
            .speaker(get("speaker"))
            .session(get("session"))
            .gender(gender.get())
            .language(get("language"))
            .text(get("text"))
            .recording(recording.isEmpty() && span != null ? uri : recording)
            .span(span),
        get("emotion"),
        file,
        line);
  }

  private Span span() {
    String start = get("start_s");
    String end = get("end_s");
    if (start.isEmpty() && end.isEmpty()) {
      return null;
    }
    if (start.isEmpty() || end.isEmpty()) {
      throw new IllegalArgumentException("only one of start_s and end_s is given");
    }
    try {
      return new Span(seconds(start), seconds(end));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "start_s and end_s are '" + start + "' and '" + end + "', not seconds such as 9.75", e);
    }
  }

  private double seconds(String value) {
    boolean comma = decimalCommas && value.matches("\\d*,\\d+");
    return Double.parseDouble(comma ? value.replace(',', '.') : value);
  }

  private static Optional<Gender> gender(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "female", "f", "woman" -> Optional.of(Gender.FEMALE);
      case "male", "m", "man" -> Optional.of(Gender.MALE);
      case "", "unknown", "other", "o", "u" -> Optional.of(Gender.UNKNOWN);
      default -> Optional.empty();
    };
  }
}
