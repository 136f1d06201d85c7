package io.gemoclap.census;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Lists an input in its own JVM and prints each entry in a line, in Base64. */
final class ListNames {
  private ListNames() {}

  public static void main(String[] arguments) throws Exception {
    for (CensusEntry entry : Census.of(arguments[0]).entries()) {
      String line = entry.name() + "\n" + entry.location() + "\n" + entry.problem().orElse("");
      System.out.println(Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8)));
      if (entry.isFile()) {
        StoredFile.of(entry.name()).open().close();
        StoredFile.of(entry.location()).open().close();
      }
    }
  }
}
