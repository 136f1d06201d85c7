package io.gemoclap.training.prompts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import com.google.common.io.ByteSource;
import com.google.common.io.Resources;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Many ways of saying an emotion: synonyms and templates in several languages, from the resource
 * {@code wordings.json}. Some synonyms are held out to measure what the text tower understands
 * beyond its training. Immutable.
 */
public final class Wordings {
  /** Codes of the languages that there are wordings in. */
  public static final List<String> LANGUAGES = List.of("en", "de");

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

    Emotion without(Set<String> words) {
      Map<String, List<String>> held = new LinkedHashMap<>();
      heldOut.forEach((language, list) -> held.put(language, without(list, words)));
      return new Emotion(without(en, words), without(de, words), held);
    }

    private static List<String> without(List<String> list, Set<String> words) {
      return list.stream().filter(word -> !words.contains(word.toLowerCase(Locale.ROOT))).toList();
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

  /** SHA-256 of the resources that all sentences come from, in hexadecimal. */
  public static String digest() {
    try {
      return ByteSource.concat(source(RESOURCE), source(TaughtTexts.RESOURCE))
          .hash(Hashing.sha256())
          .toString();
    } catch (IOException e) {
      throw new IllegalStateException("The resource " + RESOURCE + " is broken", e);
    }
  }

  private static ByteSource source(String resource) {
    return Resources.asByteSource(Resources.getResource(Wordings.class, resource));
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
    if (language.equals("de") && random.nextBoolean()) {
      // Classification puts words of every language into English templates.
      language = "en";
    }
    if (gender == null) {
      return pick(content.templates().get(language), random).replace("{}", word);
    }
    return pick(content.genderTemplates().get(language), random)
        .replace("{gender}", pick(content.genders().get(gender).get(language), random))
        .replace("{}", word);
  }

  /** A text in one of the templates that classify, drawn at random. */
  public String say(String text, SplittableRandom random) {
    return pick(defaultTemplates(), random).replace("{}", text);
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
    Map<String, List<String>> prompts = new TreeMap<>();
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

  /**
   * The wordings of some labels only. A word that two of them share, as "ruhig" may mean neutral or
   * calm, stays with the label that stands last in the resource, which is the narrower one.
   *
   * @throws IllegalArgumentException when there are no wordings for a label
   */
  public Wordings among(List<String> labels) {
    labels.forEach(this::emotion);
    Map<String, Emotion> kept = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    List<String> order = new ArrayList<>(content.emotions().keySet());
    order.retainAll(labels);
    for (int i = order.size() - 1; i >= 0; i--) {
      Emotion emotion = emotion(order.get(i)).without(taken);
      kept.put(order.get(i), emotion);
      Stream.of(List.of(emotion.en, emotion.de), emotion.heldOut.values())
          .flatMap(lists -> lists.stream().flatMap(List::stream))
          .forEach(word -> taken.add(word.toLowerCase(Locale.ROOT)));
    }
    Map<String, Emotion> emotions = new LinkedHashMap<>();
    order.forEach(label -> emotions.put(label, kept.get(label)));
    return new Wordings(
        new Content(content.templates, content.genderTemplates, content.genders, emotions));
  }

  /**
   * Every template, and every word that training uses for the labels, for learning a tokenizer. The
   * order is that of the resource, whatever that of the labels.
   */
  public List<String> sentences(List<String> labels) {
    List<String> sentences = new ArrayList<>();
    content.templates().values().forEach(sentences::addAll);
    content.genderTemplates().values().forEach(sentences::addAll);
    content.genders().values().forEach(words -> words.values().forEach(sentences::addAll));
    labels.forEach(this::emotion);
    content.emotions().keySet().stream()
        .filter(labels::contains)
        .forEach(label -> sentences.addAll(known(label)));
    return sentences.stream().map(s -> s.replaceAll("[{}:,]|gender\\}", " ")).toList();
  }

  /** Synonyms of a label that training has seen. */
  public List<String> known(String label) {
    List<String> words = new ArrayList<>(emotion(label).en());
    words.addAll(emotion(label).de());
    return words;
  }

  /**
   * Synonyms of a label, in one language, that training has seen.
   *
   * @param language one of {@link #LANGUAGES}
   */
  public List<String> known(String label, String language) {
    return emotion(label).in(language);
  }

  /** Synonyms of a label that training has never seen. */
  public List<String> heldOut(String label) {
    List<String> words = new ArrayList<>();
    emotion(label).heldOut().values().forEach(words::addAll);
    return words;
  }

  /**
   * Synonyms of a label, in one language, that training has never seen.
   *
   * @param language one of {@link #LANGUAGES}
   */
  public List<String> heldOut(String label, String language) {
    return emotion(label).heldOut().get(language);
  }

  /** What training must not say: the held-out words of all labels here. */
  public HeldOutWords heldOutWords() {
    return new HeldOutWords(labels().stream().flatMap(label -> heldOut(label).stream()).toList());
  }

  /** The labels that there are wordings for, in the order of the resource. */
  public List<String> labels() {
    return List.copyOf(content.emotions().keySet());
  }

  private static String pick(List<String> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}
