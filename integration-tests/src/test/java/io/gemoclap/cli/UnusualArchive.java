package io.gemoclap.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An archive of tiny recordings whose names and kinds are unusual, with what a listing of it must
 * account for: ids of recordings, and ids of failures.
 */
final class UnusualArchive {
  private static final int RATE = 16_000;

  /** File names in percent-encoding, so that they hold any bytes. */
  private static final List<String> NAMES =
      List.of(
          "plain.wav",
          "UPPER.WAV",
          "no-suffix",
          "a.wav.bak",
          "..wav",
          "...",
          ".hidden.wav",
          "-dash.wav",
          "--output%3Dx.wav",
          "~.wav",
          "brackets%5B1%5D.wav",
          "open%5B.wav",
          "brace%7Ba,b%7D.wav",
          "open%7B.wav",
          "star*.wav",
          "**.wav",
          "question%3F.wav",
          "blank%20.wav",
          "%20leading.wav",
          "trailing%20",
          "line%0Abreak.wav",
          "return%0D.wav",
          "both%0D%0A.wav",
          "tab%09.wav",
          "bell%07.wav",
          "quote%22.wav",
          "apostrophe'.wav",
          "back%5Cslash.wav",
          "percent%25.wav",
          "percent%2541.wav",
          "hash%23.wav",
          "plus+.wav",
          "and%26.wav",
          "equals=.wav",
          "semicolon;.wav",
          "comma,.wav",
          "colon:.wav",
          "at@.wav",
          "not!.wav",
          "dollar$HOME.wav",
          "round(1).wav",
          "pipe%7C.wav",
          "angle%3C%3E.wav",
          "caret%5E.wav",
          "backtick%60.wav",
          "file:x.wav",
          "M%C3%BCller.wav",
          "nfc%C3%A9.wav",
          "nfde%CC%81.wav",
          "%F0%9F%98%80.wav",
          "%E9%9F%B3%E5%A3%B0.wav",
          "%D8%B5%D9%88%D8%AA.wav",
          "rtl%E2%80%AE.wav",
          "nbsp%C2%A0.wav",
          "replaced%EF%BF%BD.wav",
          "latin1%FC.wav",
          "cut%C3.wav",
          "lone%80.wav",
          "ff%FF%FE.wav",
          "surrogate%ED%A0%80.wav",
          "calls%20%5B2021%5D/a.wav",
          "Proj%20%7Bx%7D/calls/a%20%5B1%5D.wav",
          "a*b/c.wav",
          ".hidden/a.wav",
          "M%FCnchen/M%C3%BCller.wav",
          "same/a.wav",
          "other/a.wav",
          "1/2/3/4/5/6/7/8/9/deep.wav");

  /** Files that are no recordings. */
  private static final List<String> NO_AUDIO =
      List.of("empty.wav", "letter.wav", "list.csv", "note%5B1%5D.txt");

  private final Path folder;
  private final Set<String> recordings = new TreeSet<>();
  private final Set<String> failures = new TreeSet<>();

  private UnusualArchive(Path folder) {
    this.folder = folder;
  }

  /** Makes the archive and, next to it, files that only links lead to. */
  static UnusualArchive in(Path parent) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(parent.toRealPath().resolve("archive [2021]"));
    UnusualArchive archive = new UnusualArchive(folder);
    for (String name : NAMES) {
      archive.write(name, wav(), archive.recordings);
    }
    archive.write("x".repeat(250) + ".wav", wav(), archive.recordings);
    for (String name : NO_AUDIO) {
      byte[] text =
          name.startsWith("empty")
              ? new byte[0]
              : "Dear Sir or Madam, ".repeat(9).getBytes(StandardCharsets.UTF_8);
      archive.write(name, text, archive.failures);
    }
    archive.link(parent);
    archive.pipe();
    return archive;
  }

  private Path path(String encoded) {
    return Path.of(URI.create(folder.toUri() + encoded.replace("%2F", "/")));
  }

  /** The id that a name must have: text if it is UTF-8, otherwise a URI. */
  private String id(String encoded) {
    byte[] bytes = decode(encoded);
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean exact = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
    return exact ? folder + "/" + text : path(encoded).toUri().toString();
  }

  private static byte[] decode(String encoded) {
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      boolean escaped = encoded.charAt(i) == '%';
      bytes.put(
          escaped
              ? (byte) Integer.parseInt(encoded.substring(i + 1, i + 3), 16)
              : (byte) encoded.charAt(i));
      i += escaped ? 2 : 0;
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private void write(String encoded, byte[] content, Set<String> ids) throws IOException {
    Path file = path(encoded);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    ids.add(id(encoded));
  }

  private void link(Path parent) throws IOException {
    Path outside = Files.createDirectory(parent.resolve("outside"));
    Files.write(outside.resolve("one.wav"), wav());
    Files.write(outside.resolve("two.wav"), wav());
    Files.write(parent.resolve("three.wav"), wav());
    // To what is listed already: not counted again.
    link("again.wav", "plain.wav");
    link("again", "same");
    link("loop", ".");
    link("same/up", "..");
    // To what only links reach: once, by the first of them.
    link("linked", "../outside");
    link("linked-again", "../outside");
    link("two-again.wav", "../outside/two.wav");
    link("three.wav", "../three.wav");
    link("three-again.wav", "../three.wav");
    recordings.addAll(
        List.of(
            folder + "/linked/one.wav", folder + "/linked/two.wav", folder + "/three-again.wav"));
    link("dead.wav", "gone.wav");
    link("dead%FC.wav", "gone.wav");
    link("self.wav", "self.wav");
    failures.addAll(List.of(id("dead.wav"), id("dead%FC.wav"), id("self.wav")));
  }

  private void link(String encoded, String target) throws IOException {
    Files.createSymbolicLink(path(encoded), Path.of(target));
  }

  private void pipe() throws IOException, InterruptedException {
    int status = new ProcessBuilder("mkfifo", path("pipe.wav").toString()).start().waitFor();
    if (status != 0) {
      throw new IOException("mkfifo ended with " + status);
    }
    failures.add(id("pipe.wav"));
  }

  /** Adds a folder that nobody may read but one who may read everything. */
  void addSecretFolder() throws IOException {
    Path secret = Files.createDirectory(path("secret"));
    Files.write(secret.resolve("a.wav"), wav());
    Files.setPosixFilePermissions(secret, Set.of());
    failures.add(id("secret"));
  }

  /** A manifest that names each entry by its id and, where it is text, once more in another way. */
  Path manifest(Path file) throws IOException {
    StringBuilder text = new StringBuilder("\uFEFFpath,note\r\n\r\n");
    Set<String> all = new TreeSet<>(recordings);
    all.addAll(failures);
    for (String id : all) {
      text.append('"').append(id.replace("\"", "\"\"")).append("\",first\r\n");
      if (id.startsWith("/")) {
        String relative = "./archive [2021]/." + id.substring(folder.toString().length());
        text.append('"').append(relative.replace("\"", "\"\"")).append("\",second\r\n");
      }
    }
    return Files.writeString(file, text);
  }

  Path folder() {
    return folder;
  }

  Set<String> recordings() {
    return recordings;
  }

  Set<String> failures() {
    return failures;
  }

  /** 0.3 seconds of a hum that swells. */
  private static byte[] wav() {
    int samples = RATE * 3 / 10;
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      wav.putShort((short) (8_000 * Math.sin(0.08 * i) * Math.sin(0.0015 * i)));
    }
    return wav.array();
  }
}
