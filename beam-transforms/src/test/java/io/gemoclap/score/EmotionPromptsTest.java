package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.refresh.StrictJson;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmotionPromptsTest {
  @Test
  void labelsAndTemplatesAreRead() {
    EmotionPrompts prompts =
        EmotionPrompts.parse("{\"labels\":[\"angry\",\"calm\"],\"templates\":[\"a {} voice\"]}");

    assertEquals(new Labels(List.of("angry", "calm")), prompts.labels());
    assertEquals(new PromptTemplates(List.of("a {} voice")), prompts.templates());
    assertNull(EmotionPrompts.parse("{\"templates\":[\"{}\"]}").labels());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "angry,calm                      | not JSON",
        "{}                              | neither labels nor templates",
        "null                            | neither labels nor templates",
        "{\"labels\":[\"angry\"]}          | fewer than two",
        "{\"labels\":[\"a\",\"a\"]}        | twice",
        "{\"labels\":[\"a\",null]}         | null",
        "{\"labels\":\"a\"}                | not JSON",
        "{\"lables\":[\"a\",\"b\"]}        | not JSON",
        "{\"labels\":[\"a\",\"b\"]} x      | not JSON",
        "{\"labels\":[\"a\",\"b\"],\"labels\":[\"c\",\"d\"]} | not JSON",
        "{\"templates\":[\"no slot\"]}     | exactly one {}"
      })
  void aBadSetIsRejectedWithItsReason(String json, String reason) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> EmotionPrompts.parse(json));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void aHugeSetIsRejectedUnread() {
    String json = "{\"labels\":[\"" + "a".repeat(StrictJson.MAX_LENGTH) + "\"]}";
    assertThrows(IllegalArgumentException.class, () -> EmotionPrompts.parse(json));
  }

  @Test
  void moreSentencesThanCanBeEmbeddedAreRejected() {
    String labels =
        IntStream.range(0, 101).mapToObj(i -> "\"l" + i + "\"").collect(Collectors.joining(","));
    String templates = "\"{}\",".repeat(99) + "\"{}!\"";
    String json = "{\"labels\":[" + labels + "],\"templates\":[" + templates + "]}";
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> EmotionPrompts.parse(json));
    assertTrue(e.getMessage().contains("are 10100 sentences"), e.getMessage());
    PromptTemplates hundred = new PromptTemplates(texts(100, "{} %d"));
    assertEquals(hundred, new EmotionPrompts(new Labels(texts(100, "l%d")), hundred).templates());
  }

  private static List<String> texts(int count, String form) {
    return IntStream.range(0, count).mapToObj(form::formatted).toList();
  }

  private static final EmotionPrompts OF_A_MODEL =
      new EmotionPrompts(
          new Labels(texts(7, "label %d")), new PromptTemplates(texts(3, "{} voice %d")));

  @Test
  void theModelsLabelsCountWhereASetLeavesThemOut() {
    PromptTemplates most = new PromptTemplates(texts(1428, "{} %d"));
    PromptTemplates tooMany = new PromptTemplates(texts(1429, "{} %d"));

    assertEquals(7, new EmotionPrompts(null, most).orElse(OF_A_MODEL).labels().labels().size());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new EmotionPrompts(null, tooMany).orElse(OF_A_MODEL));
    assertTrue(e.getMessage().startsWith("7 labels in 1429 templates are 10003"), e.getMessage());
  }

  @Test
  void theModelsTemplatesCountWhereASetLeavesThemOut() {
    Labels most = new Labels(texts(3333, "l%d"));
    Labels tooMany = new Labels(texts(3334, "l%d"));

    assertEquals(most, new EmotionPrompts(most, null).orElse(OF_A_MODEL).labels());
    assertThrows(
        IllegalArgumentException.class, () -> new EmotionPrompts(tooMany, null).orElse(OF_A_MODEL));
  }
}
