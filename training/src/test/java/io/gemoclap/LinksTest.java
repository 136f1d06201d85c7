package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every link between pages leads to a file or a folder that exists, and to a heading of it. */
final class LinksTest {
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|(`+)[^`]+\\1");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern LINK =
      Pattern.compile("\\]\\(\\s*([^)\\s#]*)(?:#([^)\\s]*))?\\s*\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?)\\s*$");

  private static List<String> broken(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll("code"));
    while (link.find()) {
      String file = link.group(1);
      if (!file.contains(":")) {
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        String heading = link.group(2);
        if (!Files.exists(target)
            || (heading != null && !headings(Files.readString(target)).contains(heading))) {
          broken.add(Markdown.root().relativize(page) + ": " + link.group());
        }
      }
    }
    return broken;
  }

  /** Names by which links find headings, as GitHub makes them. */
  private static Set<String> headings(String text) {
    Set<String> names = new HashSet<>();
    Map<String, Integer> uses = new HashMap<>();
    Matcher heading = HEADING.matcher(FENCED.matcher(text).replaceAll(""));
    while (heading.find()) {
      String name =
          heading
              .group(1)
              .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}_ -]", "")
              .replace(' ', '-');
      int use = uses.merge(name, 1, Integer::sum);
      names.add(use == 1 ? name : name + "-" + (use - 1));
    }
    return names;
  }

  @Test
  void everyLinkResolves() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> pages = Markdown.pages();
    for (Path page : pages) {
      broken.addAll(broken(page));
    }
    assertTrue(pages.contains(Markdown.root().resolve("README.md")), pages.toString());
    assertTrue(pages.size() > 20, pages.toString());
    assertEquals(List.of(), broken);
  }

  @Test
  void headingsAreNamedAsGitHubNamesThem() {
    assertEquals(
        Set.of("title", "failures-jsonl-one-row-an-item", "title-1"),
        headings(
            "# Title\n```sh\n# no title\n```\n## `failures-*.jsonl`: one row an item\n# Title"));
  }
}
