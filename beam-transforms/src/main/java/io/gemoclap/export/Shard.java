package io.gemoclap.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Where one shard writes, and what it has written. Not thread-safe. */
final class Shard {
  private final CorpusFolder folder;
  private final String split;
  private final int number;
  private final int count;
  private final List<String> files = new ArrayList<>();
  private final Map<String, String> parts = new TreeMap<>();

  Shard(CorpusFolder folder, String split, int number, int count) {
    this.folder = folder;
    this.split = split;
    this.number = number;
    this.count = count;
  }

  String split() {
    return split;
  }

  int number() {
    return number;
  }

  List<String> files() {
    return files;
  }

  Map<String, String> parts() {
    return parts;
  }

  /** Name of the file that marks the shard as finished. */
  String mark() {
    return "%s/%s.json".formatted(CorpusFolder.WORK, numbered());
  }

  /** {@code train-00002-of-00005}. */
  String name() {
    return numbered() + String.format(Locale.ROOT, "-of-%05d", count);
  }

  private String numbered() {
    return split + String.format(Locale.ROOT, "-%05d", number);
  }

  /** The folder of the shard's clips: few enough files in each for file systems and the Hub. */
  String clips() {
    return split + String.format(Locale.ROOT, "/%05d", number);
  }

  OutputStream create(String name, String mimeType) throws IOException {
    files.add(name);
    return new BufferedOutputStream(folder.create(name, mimeType), 1 << 16);
  }

  void copy(Path from, String name, String mimeType) throws IOException {
    files.add(name);
    folder.copy(from, name, mimeType);
  }

  /** A part of a manifest, which is put together once all shards are finished. */
  OutputStream part(String manifest, String mimeType) throws IOException {
    String name = "%s/%s-%s".formatted(CorpusFolder.WORK, numbered(), manifest);
    parts.put(manifest, name);
    return new BufferedOutputStream(folder.create(name, mimeType), 1 << 16);
  }
}
