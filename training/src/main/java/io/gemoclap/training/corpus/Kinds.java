package io.gemoclap.training.corpus;

import io.gemoclap.census.LocalNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every kind of corpus by its name: the place to register a new one. */
final class Kinds {
  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    folder("emodb", EmoDb::read);
    folder("iemocap", Iemocap::read);
    folder("ravdess", Ravdess::read);
    folder("crema-d", CremaD::read);
    folder("tess", Tess::read);
    folder("savee", Savee::read);
    KINDS.put("msp-podcast", MspPodcast::read);
    file("csv", CsvManifest::read);
    file("nemo", NemoManifest::read);
    KINDS.put("lhotse", LhotseManifest::read);
    folder("audiofolder", AudioFolder::read);
  }

  private Kinds() {}

  /** Reads what lies at a path or URI. */
  private interface Kind {
    Corpus read(String location) throws IOException;
  }

  private interface FolderKind {
    Corpus read(Path folder) throws IOException;
  }

  private static void folder(String name, FolderKind kind) {
    KINDS.put(
        name,
        location -> {
          if (!isFolder(location)) {
            throw new IllegalArgumentException(
                "The corpus folder '" + location + "' does not exist");
          }
          return kind.read(folderOf(location));
        });
  }

  private static void file(String name, Kind kind) {
    KINDS.put(
        name,
        location -> {
          if (!Location.maybeExists(location)) {
            throw new IllegalArgumentException("The corpus file '" + location + "' does not exist");
          }
          return kind.read(location);
        });
  }

  private static boolean isFolder(String location) {
    try {
      return Location.isLocal(location) && Files.isDirectory(LocalNames.path(location));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** As it was given, relative or not; only a name that is a URI, or no text here, is resolved. */
  private static Path folderOf(String location) {
    try {
      Path given = Path.of(location);
      return Files.isDirectory(given) ? given : LocalNames.path(location);
    } catch (InvalidPathException e) {
      return LocalNames.path(location);
    }
  }

  static Corpus read(String spec) throws IOException {
    int colon = spec.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "A corpus must be <kind>:<folder or file>, for example emodb:/data/emodb, not '"
              + spec
              + "'");
    }
    String name = spec.substring(0, colon);
    Kind kind = KINDS.get(name);
    if (kind == null) {
      throw new IllegalArgumentException(
          "Unknown corpus kind '" + name + "'; known: " + String.join(", ", KINDS.keySet()));
    }
    return kind.read(spec.substring(colon + 1));
  }
}
