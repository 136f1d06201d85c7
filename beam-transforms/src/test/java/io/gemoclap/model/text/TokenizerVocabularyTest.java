package io.gemoclap.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenizerVocabularyTest {
  private static final String FILE = "a/tokenizer.json";

  @Test
  void theLargestIdOfAPairVocabularyIsFound() throws IOException {
    ByteLevelBpe bpe = ByteLevelBpe.learn(List.of("an angry voice"), 10);
    assertEquals(
        bpe.vocabularySize() - 1, TokenizerVocabulary.largestId(bpe.tokenizerJson(), FILE));
  }

  @Test
  void theOrderOfAUnigramVocabularyAndAddedTokensCount() throws IOException {
    String json = "{\"model\":{\"vocab\":[[\"<s>\",0],[\"a\",-1.5]]},\"added_tokens\":[%s]}";
    assertEquals(1, TokenizerVocabulary.largestId(json.formatted(""), FILE));
    assertEquals(1, TokenizerVocabulary.largestId(json.formatted("{\"id\":0}"), FILE));
    assertEquals(9, TokenizerVocabulary.largestId(json.formatted("{\"id\":9}"), FILE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"model\":{\"vocab\":{}}}", "{\"model\""})
  void aTokenizerWithoutVocabularyIsRejected(String json) {
    String message =
        assertThrows(IOException.class, () -> TokenizerVocabulary.largestId(json, FILE))
            .getMessage();
    assertTrue(message.startsWith(FILE + " cannot be used: "), message);
  }
}
