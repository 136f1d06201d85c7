package io.gemoclap.training.transfer;

import static io.gemoclap.training.transfer.Utterances.corpus;
import static io.gemoclap.training.transfer.Utterances.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.Corpus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LabelsInCommonTest {
  private static final Corpus CORPUS =
      corpus(
          whole("1", "a", "happiness"),
          whole("2", "a", "anger"),
          whole("3", "b", "surprise"),
          whole("4", "b", "surprise"),
          whole("5", "b", "calm"));

  private static LabelsInCommon of(Corpus corpus, Synonyms synonyms, String... offered) {
    return LabelsInCommon.of(List.of(offered), corpus, synonyms);
  }

  @Test
  void labelsAreInCommonByMeaningInTheOrderAndWordsOfTheModel() {
    LabelsInCommon labels = of(CORPUS, Synonyms.common(), "happy", "bored", "angry");
    assertEquals(List.of("happy", "angry"), labels.labels());
    assertEquals(List.of("bored"), labels.unused());
    assertEquals(Map.of("surprise", 2, "calm", 1), labels.excluded());
    assertEquals(Optional.of("happy"), labels.truth(CORPUS.utterances().get(0)));
    assertEquals(Optional.empty(), labels.truth(CORPUS.utterances().get(2)));
  }

  @Test
  void aDeclaredSynonymMergesALabelOfTheCorpus() {
    LabelsInCommon labels =
        of(CORPUS, Synonyms.with(List.of("calm=neutral")), "anger", "happiness", "neutral");
    assertEquals(List.of("anger", "happiness", "neutral"), labels.labels());
    assertEquals(Optional.of("neutral"), labels.truth(CORPUS.utterances().get(4)));
    assertEquals(Map.of("surprise", 2), labels.excluded());
  }

  @Test
  void unknownAndLeftOutLabelsAreExcludedUnlessASynonymKnowsThem() {
    Corpus unknown =
        corpus(List.of("glee"), whole("1", "a", "happiness"), whole("2", "a", "anger"));
    Corpus both =
        new Corpus(
            unknown.name(),
            unknown.labels(),
            unknown.utterances(),
            unknown.problems(),
            Map.of("unclear", 3),
            unknown.labelMap(),
            unknown.unmapped());
    assertEquals(
        Map.of("glee", 1, "unclear", 3),
        of(both, Synonyms.common(), "anger", "happiness").excluded());
    LabelsInCommon declared =
        of(both, Synonyms.with(List.of("glee=happiness")), "anger", "happiness");
    assertEquals(Map.of("unclear", 3), declared.excluded());
    assertEquals(Optional.of("happiness"), declared.truth(unknown.unmapped().get(0).utterance()));
  }

  @Test
  void refusesFewerThanTwoLabelsInCommonAndNamesBothSides() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> of(CORPUS, Synonyms.common(), "anger", "boredom"));
    assertTrue(refused.getMessage().contains("only one label in common"), refused.getMessage());
    assertTrue(refused.getMessage().contains("anger, boredom"), refused.getMessage());
    assertTrue(
        refused.getMessage().contains("anger, calm, happiness, surprise"), refused.getMessage());
  }

  @Test
  void refusesTwoLabelsOfOneMeaning() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> of(CORPUS, Synonyms.common(), "anger", "angry", "happy"));
    assertTrue(refused.getMessage().contains("'anger' and 'angry'"), refused.getMessage());
  }
}
