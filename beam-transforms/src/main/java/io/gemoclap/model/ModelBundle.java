package io.gemoclap.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.gemoclap.model.audio.AudioEncoders;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.text.RobertaConfig;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.model.weights.Placeholder;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A model bundle: a local folder whose {@code gemoclap.json} vouches for every other file by
 * digest.
 *
 * <p>Opening checks sizes, paths and digests before anything is parsed. Nothing in a bundle is ever
 * executed, except the traced encoder of one whose audio tower is of kind {@code torchscript}.
 * Immutable and thread-safe.
 *
 * @hidden
 */
@Internal
public final class ModelBundle {
  /** Name of the manifest. */
  public static final String MANIFEST = "gemoclap.json";

  static final String AUDIO_CONFIG = "audio/config.json";
  static final String AUDIO_WEIGHTS = "audio/model.safetensors";

  /** A traced encoder, in bundles of kind {@code torchscript}; their audio weights are empty. */
  static final String AUDIO_MODULE = "audio/model.pt";

  static final String TEXT_CONFIG = "text/config.json";
  static final String TEXT_WEIGHTS = "text/model.safetensors";
  static final String TOKENIZER = "text/tokenizer.json";
  static final String HEADS = "heads.safetensors";
  static final String GOLDEN = "golden.json";

  /** The distance from the training data; bundles that have not measured it lack this file. */
  static final String FAMILIARITY = "familiarity.safetensors";

  /** Examples of the training data; bundles that keep none lack this file. */
  static final String EXEMPLARS = "exemplars.safetensors";

  private static final List<String> REQUIRED =
      List.of(AUDIO_CONFIG, AUDIO_WEIGHTS, TEXT_CONFIG, TEXT_WEIGHTS, TOKENIZER, HEADS);
  private static final long MAX_FILE = 32L << 30;
  private static final long MAX_MANIFEST = 4L << 20;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;
  private final ModelManifest manifest;
  private final String id;

  private ModelBundle(Path folder, ModelManifest manifest, String id) {
    this.folder = folder;
    this.manifest = manifest;
    this.id = id;
  }

  /**
   * Opens a folder and verifies every file that its manifest names.
   *
   * @throws IOException with one sentence that names the folder and file: no bundle, an unknown
   *     format version, a missing file, a wrong digest
   */
  public static ModelBundle open(Path folder) throws IOException {
    Path file = folder.resolve(MANIFEST);
    byte[] content = manifestOf(folder);
    ModelManifest manifest = parse(content, file.toString());
    for (String name : REQUIRED) {
      if (!manifest.files().containsKey(name)) {
        throw new IOException(file + " cannot be used: it has no sha256 of " + name);
      }
    }
    for (Map.Entry<String, String> entry : manifest.files().entrySet()) {
      verify(folder, entry.getKey(), entry.getValue());
    }
    return new ModelBundle(folder, manifest, id(content));
  }

  private static byte[] manifestOf(Path folder) throws IOException {
    try {
      return bounded(folder.resolve(MANIFEST), MAX_MANIFEST);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "'"
              + folder
              + "' is not a model bundle: it has no "
              + MANIFEST
              + "; name the folder that has one",
          e);
    }
  }

  /**
   * Parses a manifest's bytes.
   *
   * @param origin what error messages call it
   */
  public static ModelManifest parse(byte[] content, String origin) throws IOException {
    try {
      ModelManifest manifest = JSON.readValue(content, ModelManifest.class);
      if (manifest == null) {
        throw new IOException(origin + " cannot be used: it is empty");
      }
      return manifest;
    } catch (JsonProcessingException e) {
      Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
      throw new IOException(origin + " cannot be used: " + cause.getMessage(), e);
    }
  }

  /** The bundle id that a manifest's bytes give: the first 16 hex digits of their sha256. */
  public static String id(byte[] manifest) {
    return Hashing.sha256().hashBytes(manifest).toString().substring(0, 16);
  }

  private static void verify(Path folder, String name, String digest) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    Path file = root.resolve(name).normalize();
    if (!file.startsWith(root)) {
      throw new IOException("Bundle '" + folder + "' lists a file outside its folder: " + name);
    }
    String actual;
    try {
      checkSize(file, MAX_FILE);
      actual = sha256(file);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "Bundle '" + folder + "' lacks its file " + name + "; copy the bundle again", e);
    }
    if (!actual.equals(digest)) {
      Placeholder.refuse(file);
      throw new IOException(
          "Bundle '"
              + folder
              + "' is damaged: the sha256 of "
              + name
              + " is "
              + actual
              + ", but its manifest says "
              + digest
              + "; copy the bundle again");
    }
  }

  private static byte[] bounded(Path file, long limit) throws IOException {
    checkSize(file, limit);
    return Files.readAllBytes(file);
  }

  private static void checkSize(Path file, long limit) throws IOException {
    long size = Files.size(file);
    if (size > limit) {
      throw new IOException(file + " has " + size + " bytes; at most " + limit + " are read");
    }
  }

  /** The sha256 of a file in hex digits, as manifests give it. */
  public static String sha256(Path file) throws IOException {
    return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
  }

  /** The digest of {@code gemoclap.json}: every output record carries it. */
  public String id() {
    return id;
  }

  /** The manifest. */
  public ModelManifest manifest() {
    return manifest;
  }

  /** The folder that the bundle is in. */
  public Path folder() {
    return folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Reads a JSON file of the bundle. */
  <T> T read(String name, Class<T> type) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file(name)), type);
    } catch (JsonProcessingException e) {
      throw new IOException(file(name) + " cannot be used: " + e.getOriginalMessage(), e);
    }
  }

  /** The config of the audio encoder. */
  AudioConfig audioConfig() throws IOException {
    try {
      return AudioEncoders.config(read(AUDIO_CONFIG, ObjectNode.class));
    } catch (IllegalArgumentException e) {
      throw new IOException(file(AUDIO_CONFIG) + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * What measures the distance of segments from the training data, if the bundle has it.
   *
   * @throws IOException when the file cannot be read or used
   */
  public Optional<Familiarity> familiarity() throws IOException {
    if (!manifest.files().containsKey(FAMILIARITY)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Familiarity.of(Safetensors.read(file(FAMILIARITY))));
    } catch (IllegalArgumentException e) {
      throw new IOException(file(FAMILIARITY) + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Examples of the training data, if the bundle keeps some.
   *
   * @throws IOException when the file cannot be read or used
   */
  public Optional<Exemplars> exemplars() throws IOException {
    if (!manifest.files().containsKey(EXEMPLARS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Exemplars.of(Safetensors.read(file(EXEMPLARS)), manifest.labels()));
    } catch (IllegalArgumentException e) {
      throw new IOException(file(EXEMPLARS) + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** The tokenizer of the text encoder; the caller closes it. */
  public TextTokenizer tokenizer() throws IOException {
    return TextTokenizer.of(
        Files.readString(file(TOKENIZER)), read(TEXT_CONFIG, RobertaConfig.class));
  }

  static void writeJson(Path file, Object value) throws IOException {
    Files.write(file, JSON.writeValueAsString(value).concat("\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Whether loading runs a self-check: bundles that others made may have none. */
  public boolean hasKnownAnswer() {
    return manifest.files().containsKey(GOLDEN);
  }

  /** Size of all the bundle's files on disk. */
  public long bytesOnDisk() throws IOException {
    long bytes = Files.size(file(MANIFEST));
    for (String name : manifest.files().keySet()) {
      bytes += Files.size(file(name));
    }
    return bytes;
  }

  /** Writes the manifest last, with the digests of all files in the folder. */
  static ModelBundle seal(Path folder, ModelManifest manifest) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (var walk = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (!name.equals(MANIFEST)) {
          digests.put(name, sha256(file));
        }
      }
    }
    ModelManifest sealed = manifest.toBuilder().setFiles(digests).build();
    writeJson(folder.resolve(MANIFEST), sealed);
    return new ModelBundle(folder, sealed, id(Files.readAllBytes(folder.resolve(MANIFEST))));
  }
}
