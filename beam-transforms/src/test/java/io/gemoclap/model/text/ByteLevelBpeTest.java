package io.gemoclap.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is learnt; {@code TokenizerParityIT} tells what becomes of sentences. */
final class ByteLevelBpeTest {
  private static final int SPECIAL_AND_BYTES = 5 + 256;
  private static final List<String> SENTENCES =
      List.of("an angry voice", "a calm voice", "Angry people", "wütend", "müde", "calm");

  private static JsonNode tokenizer(ByteLevelBpe bpe) throws JsonProcessingException {
    return new ObjectMapper().readTree(bpe.tokenizerJson());
  }

  @Test
  void withEnoughMergesEveryKnownWordIsOneToken() throws JsonProcessingException {
    JsonNode vocabulary =
        tokenizer(ByteLevelBpe.learn(SENTENCES, 1_000)).path("model").path("vocab");
    // GPT-2's alphabet writes a leading blank as Ġ and the two bytes of ü as Ã¼.
    for (String word : List.of("Ġan", "Ġangry", "Ġvoice", "Ġcalm", "Ġpeople", "ĠwÃ¼tend")) {
      assertTrue(vocabulary.has(word), word);
    }
    assertFalse(vocabulary.has("ĠAngry"));
  }

  @Test
  void everyByteHasATokenSoThatNothingIsUnknown() throws JsonProcessingException {
    JsonNode vocabulary = tokenizer(ByteLevelBpe.learn(SENTENCES, 0)).path("model").path("vocab");
    assertEquals(SPECIAL_AND_BYTES, vocabulary.size());
    for (String symbol : List.of("Ġ", "!", "~", "Ċ", "ÿ", "Ā", "Ń", "¡", "®")) {
      assertTrue(vocabulary.has(symbol), symbol);
    }
  }

  @Test
  void specialTokensHaveTheIdsOfRoberta() throws JsonProcessingException {
    JsonNode vocabulary = tokenizer(ByteLevelBpe.learn(SENTENCES, 9)).path("model").path("vocab");
    assertEquals(0, vocabulary.path("<s>").asInt(-1));
    assertEquals(1, vocabulary.path("<pad>").asInt(-1));
    assertEquals(2, vocabulary.path("</s>").asInt(-1));
  }

  @Test
  void vocabularySizeIsThatOfTheFile() throws JsonProcessingException {
    for (int limit : new int[] {0, 1, 10, 1_000}) {
      ByteLevelBpe bpe = ByteLevelBpe.learn(SENTENCES, limit);
      JsonNode model = tokenizer(bpe).path("model");
      assertEquals(bpe.vocabularySize(), model.path("vocab").size());
      assertTrue(model.path("merges").size() <= limit);
      assertTrue(bpe.vocabularySize() <= SPECIAL_AND_BYTES + limit);
    }
    assertEquals(SPECIAL_AND_BYTES + 10, ByteLevelBpe.learn(SENTENCES, 10).vocabularySize());
  }

  @Test
  void learningIsDeterministicAndDoesNotDependOnTheOrderOfSentences() {
    List<String> backwards = new ArrayList<>(SENTENCES);
    Collections.reverse(backwards);
    String once = ByteLevelBpe.learn(SENTENCES, 20).tokenizerJson();
    assertEquals(once, ByteLevelBpe.learn(SENTENCES, 20).tokenizerJson());
    assertEquals(once, ByteLevelBpe.learn(backwards, 20).tokenizerJson());
    assertNotEquals(once, ByteLevelBpe.learn(SENTENCES, 21).tokenizerJson());
  }

  @Test
  void theMostFrequentPairIsMergedFirst() throws JsonProcessingException {
    // " ab" twice and " xy" once; among equals the pair first in the alphabet wins.
    JsonNode merges =
        tokenizer(ByteLevelBpe.learn(List.of("ab abc xy"), 2)).path("model").path("merges");
    assertEquals("a b", merges.get(0).asText());
    assertEquals("Ġ ab", merges.get(1).asText());
  }
}
