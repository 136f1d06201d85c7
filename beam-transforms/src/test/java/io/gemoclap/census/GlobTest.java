package io.gemoclap.census;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobTest {
  private static final List<String> PATHS =
      List.of(
          "a.wav",
          "b.wav",
          "ab.wav",
          "A.WAV",
          ".a.wav",
          "a[1].wav",
          "a.b",
          "x/a.wav",
          "x/y/a.wav",
          "x/b.mp3",
          "y/a.wav",
          "a,b",
          "a&b",
          "a^b",
          "a-b",
          "a$b",
          "(a)");

  /** The JDK's own matcher is the reference, for all that it can spell. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "**",
        "*.wav",
        "**.wav",
        "**/a.wav",
        "*/a.wav",
        "x/*",
        "x/**",
        "?.wav",
        "[ab].wav",
        "[!a].wav",
        "[a-b].wav",
        "[^a].wav",
        "a[[]1?.wav",
        "{a,b}.wav",
        "{x,y}/a.wav",
        "{x/y/,}a.wav",
        "a[,&^-]b",
        "a[$]b",
        "(a)",
        "*.{wav,mp3}",
        "x/{*,y/*}.wav",
        "a.b",
        "[.]a.wav"
      })
  void matchesLikeTheJdk(String pattern) {
    for (String path : PATHS) {
      boolean expected =
          FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(path));
      assertEquals(expected, matches(pattern, path), pattern + " on " + path);
    }
  }

  private static boolean matches(String pattern, String path) {
    return Glob.of(pattern).matches(Arrays.asList(path.split("/")));
  }

  @Test
  void namesMayHoldLineBreaksAndBackslashes() {
    assertEquals(true, matches("*.wav", "a\nb.wav"));
    assertEquals(true, matches("**.wav", "x/a\r\nb.wav"));
    assertEquals(true, matches("a\\*", "a\\b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a", "{a,b", "a[", "{a,{b}}"})
  void unclosedBracketsAreNotAPattern(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> Glob.of(pattern));
  }

  /** A folder is entered only if something in it can match. */
  @Test
  void foldersInWhichNothingCanMatchAreNotEntered() {
    assertEquals(true, Glob.of("x*/a.wav").mayMatchIn(List.of("xy")));
    assertEquals(false, Glob.of("x*/a.wav").mayMatchIn(List.of("y")));
    assertEquals(false, Glob.of("x*/a.wav").mayMatchIn(List.of("xy", "z")));
    assertEquals(true, Glob.of("**.wav").mayMatchIn(List.of("x", "y", "z")));
    assertEquals(true, Glob.of("x/**/a").mayMatchIn(List.of("x", "y", "z")));
    assertEquals(false, Glob.of("x/**/a").mayMatchIn(List.of("y")));
    assertEquals(true, Glob.of("{x/y,z}/a.wav").mayMatchIn(List.of("x", "y")));
  }
}
