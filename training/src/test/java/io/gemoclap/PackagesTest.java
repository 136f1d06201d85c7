package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.base.Splitter;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of packages in {@code docs/architecture.md} list every package of both libraries, with
 * exactly the packages that it uses, in an order without cycles.
 */
final class PackagesTest {
  private static final String ROOT = "io.gemoclap";
  private static final Path DOCUMENT = Path.of("..", "docs", "architecture.md");

  /** A row: the package, what it does, and the packages that it uses. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z.]+)` \\| .* \\| ((?:`[a-z.]+`(?:, )?)*|–) \\|$");

  private static final Map<String, SortedSet<String>> ACTUAL = actual();

  private static Map<String, SortedSet<String>> actual() {
    JavaClasses classes =
        new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);
    Map<String, SortedSet<String>> uses = new TreeMap<>();
    for (JavaClass type : classes) {
      SortedSet<String> used = uses.computeIfAbsent(name(type), p -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT) && !name(target).equals(name(type))) {
          used.add(name(target));
        }
      }
    }
    return uses;
  }

  private static String name(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "root" : name.substring(ROOT.length() + 1);
  }

  private static Map<String, SortedSet<String>> documented() throws IOException {
    Map<String, SortedSet<String>> uses = new LinkedHashMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        SortedSet<String> used = new TreeSet<>();
        if (!row.group(2).equals("–")) {
          Splitter.on(", ").split(row.group(2)).forEach(p -> used.add(p.replace("`", "")));
        }
        uses.put(row.group(1), used);
      }
    }
    return uses;
  }

  private static String lines(Map<String, SortedSet<String>> uses) {
    return uses.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void theDocumentListsWhatEachPackageUses() throws IOException {
    Map<String, SortedSet<String>> documented = documented();
    assertEquals(lines(ACTUAL), lines(new TreeMap<>(documented)));
  }

  @Test
  void aPackageUsesOnlyPackagesThatAreListedBeforeIt() throws IOException {
    SortedSet<String> before = new TreeSet<>();
    documented()
        .forEach(
            (name, used) -> {
              SortedSet<String> later = new TreeSet<>(used);
              later.removeAll(before);
              assertEquals(new TreeSet<>(), later, name + " uses packages listed after it");
              before.add(name);
            });
    assertFalse(before.isEmpty(), "no package in " + DOCUMENT);
  }
}
