package io.gemoclap.census;

import io.gemoclap.failure.FaultPolicy;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Walks local folders and follows links, each real file and folder once. Links wait until all
 * folders that are reached without them are listed, so that a file keeps its own path. Not
 * thread-safe.
 */
final class FolderWalk {
  static final String SPECIAL_FILE = "it is a pipe, a socket or a device, not a file";

  private final Folders folders;
  @Nullable private final Glob glob;
  private final List<CensusEntry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<Path> realFolders = new HashSet<>();
  private final Set<Path> realFiles = new HashSet<>();
  private final Deque<Place> toList = new ArrayDeque<>();
  private final Set<Place> folderLinks = new TreeSet<>(Place.BY_NAME);
  private final Set<Place> fileLinks = new TreeSet<>(Place.BY_NAME);

  /**
   * An entry on the way.
   *
   * @param named as it was reached
   * @param real links followed
   * @param steps names from the folder where the walk began; empty for that folder
   */
  private record Place(Path named, Path real, List<String> steps, long size, long modified) {
    static final Comparator<Place> BY_NAME = Comparator.comparing(Place::named);

    Place child(Path child) {
      List<String> longer = new ArrayList<>(steps);
      longer.add(LocalNames.lastName(child));
      return new Place(
          named.resolve(child.getFileName()), real.resolve(child.getFileName()), longer, 0, 0);
    }

    Place at(Path target, BasicFileAttributes is) {
      return new Place(named, target, steps, is.size(), is.lastModifiedTime().toMillis());
    }
  }

  /**
   * A walk that takes what matches a pattern.
   *
   * @param glob matched from the folder where the walk begins; null takes everything
   */
  FolderWalk(Folders folders, @Nullable Glob glob) {
    this.folders = folders;
    this.glob = glob;
  }

  /** Lists all that is below a folder. */
  void folder(Path folder) {
    link(new Place(folder, folder, List.of(), 0, 0));
    while (!toList.isEmpty() || !folderLinks.isEmpty()) {
      if (toList.isEmpty()) {
        Place link = folderLinks.iterator().next();
        folderLinks.remove(link);
        enter(link);
      } else {
        list(toList.remove());
      }
    }
    fileLinks.forEach(this::addFile);
    fileLinks.clear();
  }

  /** Lists one entry that is not a folder. */
  void file(Path file) {
    link(new Place(file, file, List.of(), 0, 0));
    fileLinks.forEach(this::addFile);
    fileLinks.clear();
  }

  List<CensusEntry> entries() {
    return entries;
  }

  Set<String> names() {
    return names;
  }

  private void enter(Place folder) {
    names.add(LocalNames.name(folder.named));
    if (realFolders.add(folder.real)) {
      toList.add(folder);
    }
  }

  private void list(Place folder) {
    List<Path> children;
    try {
      children = folders.children(folder.real);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return; // Somebody has removed it since.
    } catch (IOException e) {
      FaultPolicy.throwIfOfWorker(e);
      problem(folder, "The folder cannot be read: " + reason(e) + ".");
      return;
    }
    for (Path child : children) {
      Place place = folder.child(child);
      try {
        add(place, folders.attributes(place.real, LinkOption.NOFOLLOW_LINKS));
      } catch (NoSuchFileException e) {
        // Somebody has removed it since.
      } catch (IOException e) {
        FaultPolicy.throwIfOfWorker(e);
        if (matches(place)) {
          problem(place, "The entry cannot be read: " + reason(e) + ".");
        }
      }
    }
  }

  private void add(Place place, BasicFileAttributes is) {
    Place found = place.at(place.real, is);
    if (is.isSymbolicLink()) {
      link(found);
    } else if (is.isDirectory()) {
      if (glob == null || glob.mayMatchIn(place.steps)) {
        enter(found);
      }
    } else if (matches(place)) {
      if (is.isRegularFile()) {
        addFile(found);
      } else {
        problem(found, "The file cannot be opened: " + SPECIAL_FILE + ".");
      }
    }
  }

  /** Follows a link, or the name that the walk begins with. */
  private void link(Place link) {
    boolean wanted = link.steps.isEmpty() || matches(link);
    boolean leadsOn = glob == null || link.steps.isEmpty() || glob.mayMatchIn(link.steps);
    if (!wanted && !leadsOn) {
      return;
    }
    try {
      Path real = link.real.toRealPath();
      BasicFileAttributes is = folders.attributes(real);
      Place target = link.at(real, is);
      if (is.isDirectory()) {
        if (leadsOn) {
          folderLinks.add(target);
        }
      } else if (wanted && is.isRegularFile()) {
        fileLinks.add(target);
      } else if (wanted) {
        problem(link, "The file cannot be opened: " + SPECIAL_FILE + ".");
      }
    } catch (NoSuchFileException e) {
      if (wanted) {
        problem(link, "The link is broken: its target does not exist.");
      }
    } catch (IOException e) {
      FaultPolicy.throwIfOfWorker(e);
      if (wanted) {
        problem(link, "The link cannot be followed: " + reason(e) + ".");
      }
    }
  }

  private boolean matches(Place place) {
    return glob == null || glob.matches(place.steps);
  }

  private void addFile(Place file) {
    String name = LocalNames.name(file.named);
    names.add(name);
    if (realFiles.add(file.real)) {
      String location = file.named.equals(file.real) ? name : LocalNames.name(file.real);
      entries.add(CensusEntry.file(name, location, file.size, file.modified));
    }
  }

  private void problem(Place place, String sentence) {
    String name = LocalNames.name(place.named);
    names.add(name);
    entries.add(CensusEntry.problem(name, sentence, place.modified));
  }

  /** Why, without the path, which the entry has already. */
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    return e instanceof FileSystemException ? e.getClass().getSimpleName() : e.toString();
  }
}
