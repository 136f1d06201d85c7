package io.gemoclap.census;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** What a walk asks of the local file system; tests give it one that refuses. */
interface Folders {
  Folders LOCAL =
      new Folders() {
        @Override
        public List<Path> children(Path folder) throws IOException {
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            List<Path> children = new ArrayList<>();
            stream.forEach(children::add);
            return children;
          } catch (DirectoryIteratorException e) {
            throw e.getCause();
          }
        }

        @Override
        public BasicFileAttributes attributes(Path path, LinkOption... options) throws IOException {
          return Files.readAttributes(path, BasicFileAttributes.class, options);
        }
      };

  /** The entries of a folder, in any order. */
  List<Path> children(Path folder) throws IOException;

  /** What an entry is, and when it was changed. */
  BasicFileAttributes attributes(Path path, LinkOption... options) throws IOException;
}
