package io.gemoclap.corrections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Answers as lines of JSON. Stateless. */
final class CorrectionLines {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .registerModule(new SimpleModule().addDeserializer(Instant.class, new Instants()));

  private CorrectionLines() {}

  /** The line of an answer, with its end. */
  static byte[] line(Correction correction) {
    try {
      return (JSON.writeValueAsString(correction) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the answers of a file in the order of its lines. A process that is killed while it writes
   * leaves a line without the brace that ends an answer. Such lines are skipped.
   *
   * @param skipped takes a sentence for each line that is skipped
   * @throws IOException naming the file, and the line that holds no answer
   */
  static void read(Path file, List<Correction> corrections, Consumer<String> skipped)
      throws IOException {
    String text;
    try {
      // A line that ends within a character is no reason to reject the others.
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file of corrections");
    }
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        corrections.add(JSON.readValue(line, Correction.class));
      } catch (JsonProcessingException e) {
        if (isIncomplete(line, e)) {
          skipped.accept(
              file + ", line " + number + " is incomplete: its writer was stopped. It is skipped");
        } else {
          throw new IOException(file + ", line " + number + ": " + problem(e), e);
        }
      }
    }
  }

  /** A label may hold the brace that ends an answer; then the parser misses the label's end. */
  private static boolean isIncomplete(String line, JsonProcessingException e) {
    return !line.stripTrailing().endsWith("}") || e.getCause() instanceof JsonEOFException;
  }

  private static String problem(JsonProcessingException e) {
    return e instanceof ValueInstantiationException && e.getCause() != null
        ? e.getCause().getMessage()
        : e.getOriginalMessage();
  }

  private static final class Instants extends FromStringDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    Instants() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String value, DeserializationContext context)
        throws IOException {
      try {
        return Instant.parse(value);
      } catch (DateTimeException e) {
        return (Instant)
            context.handleWeirdStringValue(
                Instant.class, value, "not a time such as 2026-11-28T10:00:00.123Z");
      }
    }
  }
}
