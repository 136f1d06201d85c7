package io.gemoclap.training.prompts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Many ways of saying an emotion: synonyms and templates in several languages, from the resource
 * {@code wordings.json}. Some synonyms are held out to measure what the text tower understands
 * beyond its training. Immutable.
 */
public final class Wordings {
  private static final String RESOURCE = "wordings.json";

  private final Content content;

  private Wordings(Content content) {
    this.content = content;
  }

  private record Content(
      Map<String, List<String>> templates,
      @JsonProperty("gender_templates") Map<String, List<String>> genderTemplates,
      Map<Gender, Map<String, List<String>>> genders,
      Map<String, Emotion> emotions) {}

  private record Emotion(
      List<String> en,
      List<String> de,
      @JsonProperty("held_out") Map<String, List<String>> heldOut) {
    List<String> in(String language) {
      return language.equals("de") ? de : en;
    }
  }

  /** Loads the resource. */
  public static Wordings load() {
    try (InputStream in = Wordings.class.getResourceAsStream(RESOURCE)) {
      return new Wordings(new ObjectMapper().readValue(in, Content.class));
    } catch (IOException e) {
      throw new IllegalStateException("The resource " + RESOURCE + " is broken", e);
    }
  }

  /**
   * Draws a sentence.
   *
   * @param emotion a label of the corpus
   * @param gender named in the sentence, or null
   */
  public String draw(String emotion, Gender gender, SplittableRandom random) {
    String language = random.nextInt(10) < 6 ? "en" : "de";
    String word = pick(emotion(emotion).in(language), random);
    if (gender == null) {
      return pick(content.templates().get(language), random).replace("{}", word);
    }
    return pick(content.genderTemplates().get(language), random)
        .replace("{gender}", pick(content.genders().get(gender).get(language), random))
        .replace("{}", word);
  }

  private Emotion emotion(String label) {
    Emotion emotion = content.emotions().get(label);
    if (emotion == null) {
      throw new IllegalArgumentException(
          "There are no wordings for the label '"
              + label
              + "'; known: "
              + content.emotions().keySet());
    }
    return emotion;
  }

  /** The English templates, default prompts of a bundle. */
  public List<String> defaultTemplates() {
    return content.templates().get("en");
  }

  /** Sentences that name a gender with each of the labels: what gender is scored by. */
  public Map<String, List<String>> genderPrompts(List<String> labels) {
    Map<String, List<String>> prompts = new java.util.TreeMap<>();
    content
        .genders()
        .forEach(
            (gender, words) -> {
              List<String> sentences = new ArrayList<>();
              for (String template : content.genderTemplates().get("en")) {
                for (String label : labels) {
                  sentences.add(
                      template.replace("{gender}", words.get("en").get(0)).replace("{}", label));
                }
              }
              prompts.put(gender.name().toLowerCase(Locale.ROOT), sentences);
            });
    return prompts;
  }

  /** Every template and every word that training uses, for learning a tokenizer. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    content.templates().values().forEach(sentences::addAll);
    content.genderTemplates().values().forEach(sentences::addAll);
    content.genders().values().forEach(words -> words.values().forEach(sentences::addAll));
    content.emotions().keySet().forEach(label -> sentences.addAll(known(label)));
    return sentences.stream().map(s -> s.replaceAll("[{}:,]|gender\\}", " ")).toList();
  }

  /** Synonyms of a label that training has seen. */
  public List<String> known(String label) {
    List<String> words = new ArrayList<>(emotion(label).en());
    words.addAll(emotion(label).de());
    return words;
  }

  /** Synonyms of a label that training has never seen. */
  public List<String> heldOut(String label) {
    List<String> words = new ArrayList<>();
    emotion(label).heldOut().values().forEach(words::addAll);
    return words;
  }

  private static String pick(List<String> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}
