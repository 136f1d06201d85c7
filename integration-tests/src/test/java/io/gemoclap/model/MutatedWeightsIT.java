package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.Exhaustive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Folders with random changes are opened or refused in one short sentence, and with nothing but an
 * {@link IOException}.
 */
final class MutatedWeightsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KINDS = "io.gemoclap.model.speech.SpeechFixtures#kinds";

  private static final int VALUES_A_FIELD = 4;

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "\"\"",
          "\"gelu\"",
          "\"" + "x".repeat(5_000) + "\"",
          "-1",
          "0",
          "1",
          "3",
          "24.5",
          "2147483647",
          "2147483648",
          "1e400",
          "123456789012345678901234567890",
          "[]",
          "[0]",
          "[1,1,1]",
          "[3,2147483647,3]",
          "{}",
          "{\"a\":[[[]]]}");

  @TempDir private Path temp;
  private EncoderFolder text;

  @BeforeEach
  void copiesATextEncoder() throws IOException {
    text = EncoderFolder.text(temp.resolve("text"));
  }

  /** Null if the folders are opened, else what is wrong with the way in which they are refused. */
  private static String fault(Path audio, Path text) {
    try {
      PretrainedTowers.open(audio, text, false).close();
      return null;
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      boolean fine =
          message.length() < 1_500
              && message.lines().count() == 1
              && (message.contains(audio.toString()) || message.contains(text.toString()));
      return fine ? null : "message: " + message;
    } catch (RuntimeException | Error e) {
      return e.toString();
    }
  }

  private static void note(List<String> faults, String change, Path audio, Path text) {
    String fault = fault(audio, text);
    if (fault != null) {
      faults.add(change + ": " + fault);
    }
  }

  @Exhaustive
  @ParameterizedTest
  @MethodSource(KINDS)
  void anyValueOfAnyFieldOfTheSpeechConfiguration(String kind) throws IOException {
    EncoderFolder audio = EncoderFolder.copy("speech/" + kind, temp.resolve(kind));
    anyField(audio.file("config.json"), audio.path(), text.path());
  }

  @Test
  void anyValueOfAnyFieldOfTheTextConfiguration() throws IOException {
    EncoderFolder audio = EncoderFolder.copy("speech/wavlm-base", temp.resolve("audio"));
    anyField(text.file("config.json"), audio.path(), text.path());
  }

  private static void anyField(Path file, Path audio, Path text) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    List<String> faults = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(audio.getFileName().toString().hashCode());
    for (String field : fieldNames(JSON.readTree(whole))) {
      for (int i = 0; i < VALUES_A_FIELD; i++) {
        int choice = random.nextInt(VALUES.size() + 1);
        String value = choice == VALUES.size() ? null : VALUES.get(choice);
        Files.writeString(file, changed(whole, field, value));
        note(faults, field + "=" + excerpt(value), audio, text);
      }
    }
    Files.write(file, whole);
    assertEquals(List.of(), faults);
  }

  private static List<String> fieldNames(JsonNode config) {
    List<String> names = new ArrayList<>();
    config.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The file with another value, or without the field if the value is null. */
  private static String changed(byte[] whole, String field, String value) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(whole);
    if (value == null) {
      json.remove(field);
      return json.toString();
    }
    return json.put(field, "@@").toString().replace("\"@@\"", value);
  }

  private static String excerpt(String value) {
    return value == null ? "absent" : value.substring(0, Math.min(20, value.length()));
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void anyBytesInTheHeaderOfTheWeights(String kind) throws IOException {
    EncoderFolder audio = EncoderFolder.copy("speech/" + kind, temp.resolve(kind));
    Path file = audio.file("model.safetensors");
    byte[] whole = Files.readAllBytes(file);
    int header = 8 + (whole[0] & 0xff) + ((whole[1] & 0xff) << 8);
    assertTrue(header > 1_000 && header < whole.length);
    SplittableRandom random = new SplittableRandom(11);
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] mutant = whole.clone();
      int changes = 1 + random.nextInt(3);
      for (int c = 0; c < changes; c++) {
        int at = random.nextInt(4) == 0 ? random.nextInt(10) : random.nextInt(header);
        mutant[at] =
            random.nextBoolean()
                ? (byte) random.nextInt()
                : (byte) "0123456789[]{},:\"F".charAt(random.nextInt(18));
      }
      Files.write(file, mutant);
      note(faults, "mutant " + i, audio.path(), text.path());
    }
    assertEquals(List.of(), faults);
  }
}
