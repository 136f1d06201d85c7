package io.gemoclap.training.corpus;

import io.gemoclap.audio.segment.Span;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One labelled utterance of a corpus. What a corpus does not tell is an empty string, {@link
 * Gender#UNKNOWN}, an empty map or no span; nothing is null. Immutable.
 *
 * @param id unique in the corpus
 * @param uri its audio: a path, or a URI of a Beam file system
 * @param speaker speaker id, unique in the corpus; empty where unknown
 * @param session recording session; empty where the corpus has none
 * @param gender who speaks
 * @param rawLabel label as the corpus writes it
 * @param emotion mapped label, a noun such as {@code anger}
 * @param language as the corpus writes it, usually a code such as {@code de}
 * @param text what is said
 * @param votes annotators' votes, raw label to number
 * @param manner how it came about, such as {@code improvised} or {@code scripted}
 * @param recording source recording, where several utterances are cut from one; otherwise empty
 * @param span stretch of the audio to take; without it, all of it
 */
public record Utterance(
    String id,
    String uri,
    String speaker,
    String session,
    Gender gender,
    String rawLabel,
    String emotion,
    String language,
    String text,
    Map<String, Integer> votes,
    String manner,
    String recording,
    Optional<Span> span) {

  /** Copies the votes. */
  public Utterance {
    votes = Map.copyOf(votes);
  }

  /** Genders that the corpora distinguish. */
  public enum Gender {
    FEMALE(0),
    MALE(1),
    UNKNOWN(2);

    private final int index;

    Gender(int index) {
      this.index = index;
    }

    /** The class that objectives compare. */
    public int index() {
      return index;
    }

    /** Genders that a sentence can name. */
    public static List<Gender> named() {
      return List.of(FEMALE, MALE);
    }
  }

  /** Starts an utterance about which nothing else is known yet. */
  public static Builder of(String id, String uri) {
    return new Builder(id, uri);
  }

  /**
   * Opens the encoded audio; the caller closes it.
   *
   * @throws IOException when it is missing, or lies on a file system that cannot seek
   */
  public SeekableByteChannel open() throws IOException {
    return Location.open(uri);
  }

  /** Collects the fields of an utterance. Every setter returns the builder. */
  public static final class Builder {
    private final String id;
    private final String uri;
    private String speaker = "";
    private String session = "";
    private Gender gender = Gender.UNKNOWN;
    private String rawLabel = "";
    private String emotion = "";
    private String language = "";
    private String text = "";
    private Map<String, Integer> votes = Map.of();
    private String manner = "";
    private String recording = "";
    private Span span;

    private Builder(String id, String uri) {
      this.id = id;
      this.uri = uri;
    }

    /** Sets the speaker. */
    public Builder speaker(String value) {
      speaker = value;
      return this;
    }

    /** Sets the session. */
    public Builder session(String value) {
      session = value;
      return this;
    }

    /** Sets the gender. */
    public Builder gender(Gender value) {
      gender = value;
      return this;
    }

    /** Sets the label, as the corpus writes it and as it is mapped. */
    public Builder label(String raw, String mapped) {
      rawLabel = raw;
      emotion = mapped;
      return this;
    }

    /** Sets the language. */
    public Builder language(String value) {
      language = value;
      return this;
    }

    /** Sets the transcript. */
    public Builder text(String value) {
      text = value;
      return this;
    }

    /** Sets the annotators' votes. */
    public Builder votes(Map<String, Integer> value) {
      votes = value;
      return this;
    }

    /** Sets how the utterance came about. */
    public Builder manner(String value) {
      manner = value;
      return this;
    }

    /** Sets the recording from which this and other utterances are cut. */
    public Builder recording(String value) {
      recording = value;
      return this;
    }

    /** Takes a stretch of the audio only; null for all of it. */
    public Builder span(Span value) {
      span = value;
      return this;
    }

    String id() {
      return id;
    }

    String uri() {
      return uri;
    }

    /** The utterance. */
    public Utterance build() {
      return new Utterance(
          id,
          uri,
          speaker,
          session,
          gender,
          rawLabel,
          emotion,
          language,
          text,
          votes,
          manner,
          recording,
          Optional.ofNullable(span));
    }
  }
}
