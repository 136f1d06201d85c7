package io.gemoclap.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AudioClipsTest {
  @TempDir private Path folder;
  private final AudioClips clips = new AudioClips();

  private Path file(String name, int size) throws IOException {
    return Files.write(folder.resolve(name), new byte[size]);
  }

  @Test
  void embedsByPathAndByUri() throws IOException {
    Path file = file("a b.WAV", 3);
    assertEquals(Optional.of("data:audio/wav;base64,AAAA"), clips.embed(file.toString()));
    assertEquals(Optional.of("data:audio/wav;base64,AAAA"), clips.embed(file.toUri().toString()));
  }

  @Test
  void leavesOutWhatIsLongAbsentElsewhereOrNoAudio() throws IOException {
    assertTrue(clips.embed(file("full.mp3", 1 << 20).toString()).isPresent());
    assertEquals(Optional.empty(), clips.embed(file("long.mp3", (1 << 20) + 1).toString()));
    assertEquals(Optional.empty(), clips.embed(folder.resolve("absent.wav").toString()));
    assertEquals(Optional.empty(), clips.embed("gs://bucket/a.wav"));
    assertEquals(Optional.empty(), clips.embed("file://elsewhere/a b.wav"));
    assertEquals(Optional.empty(), clips.embed(file("secret.txt", 3).toString()));
    assertEquals(Optional.empty(), clips.embed("\0.wav"));
    assertEquals(Optional.empty(), clips.embed(null));
  }

  @Test
  void stopsWhenThePageHasEnough() throws IOException {
    Path file = file("a.flac", 1 << 20);
    for (int i = 0; i < 8; i++) {
      assertTrue(clips.embed(file.toString()).isPresent());
    }
    assertEquals(Optional.empty(), clips.embed(file.toString()));
  }
}
