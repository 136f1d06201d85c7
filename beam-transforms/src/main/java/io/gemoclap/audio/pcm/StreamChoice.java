package io.gemoclap.audio.pcm;

import io.gemoclap.failure.FailureKind;
import java.io.Serializable;
import java.util.Locale;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Which audio streams of a file are decoded, where it has several, as videos with a track for each
 * language or microphone do. Immutable.
 *
 * @param rule how streams are chosen
 * @param number the number of the stream for {@link Rule#NUMBER}, counted from 1 over the audio
 *     streams in the order of the file; 0 for the other rules
 */
public record StreamChoice(Rule rule, int number) implements Serializable {

  /** How streams are chosen. */
  public enum Rule {
    /** The first stream that can be decoded. */
    FIRST,
    /** The stream with the most energy over the whole file, which is decoded twice to find it. */
    LOUDEST,
    /** Every stream that can be decoded, each as separate channels. */
    ALL,
    /** The stream with a given number. */
    NUMBER
  }

  /** Checks the number; throws {@link IllegalArgumentException} if it does not fit the rule. */
  public StreamChoice {
    if (rule == Rule.NUMBER ? number < 1 : number != 0) {
      throw new IllegalArgumentException("The number of a stream must be 1 or more, not " + number);
    }
  }

  /** The first stream that can be decoded. */
  public static StreamChoice first() {
    return new StreamChoice(Rule.FIRST, 0);
  }

  /** The stream with the most energy. A file with several streams is decoded twice. */
  public static StreamChoice loudest() {
    return new StreamChoice(Rule.LOUDEST, 0);
  }

  /** Every stream that can be decoded, each as separate channels, in the order of the file. */
  public static StreamChoice all() {
    return new StreamChoice(Rule.ALL, 0);
  }

  /**
   * One stream by its number. A file with fewer streams fails.
   *
   * @param number 1 or more
   */
  public static StreamChoice number(int number) {
    return new StreamChoice(Rule.NUMBER, number);
  }

  /**
   * Reads {@code first}, {@code loudest}, {@code all} or a number; the opposite of {@link
   * #toString}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static StreamChoice parse(String text) {
    return switch (text) {
      case "first" -> first();
      case "loudest" -> loudest();
      case "all" -> all();
      default -> {
        if (!text.matches("[1-9][0-9]{0,3}")) {
          throw new IllegalArgumentException(
              "A stream must be first, loudest, all or a number from 1, not '" + text + "'");
        }
        yield number(Integer.parseInt(text));
      }
    };
  }

  /**
   * Throws NO_AUDIO if a file with this many audio streams does not have the one of this number.
   */
  @Internal
  public void requireAmong(int streams) throws DecodeException {
    if (rule == Rule.NUMBER && number > streams) {
      throw new DecodeException(
          FailureKind.NO_AUDIO,
          streams == 1
              ? "The file has one audio stream, but stream %s was asked for; use --stream=1 or --stream=all."
                  .formatted(number)
              : "The file has %s audio streams, but stream %s was asked for; use --stream=1 to %s, or --stream=all."
                  .formatted(streams, number, streams));
    }
  }

  @Override
  public String toString() {
    return rule == Rule.NUMBER ? Integer.toString(number) : rule.name().toLowerCase(Locale.ROOT);
  }
}
