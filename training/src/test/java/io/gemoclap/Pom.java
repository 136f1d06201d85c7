package io.gemoclap;

import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;

/** The parent POM, which holds all versions. */
final class Pom {
  private static final XPath XPATH = XPathFactory.newInstance().newXPath();

  private final Document document;

  private Pom(Document document) {
    this.document = document;
  }

  static Pom parent() throws Exception {
    return new Pom(
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Markdown.root().resolve("pom.xml").toFile()));
  }

  /** A property outside of profiles. */
  String property(String name) {
    return text("/project/properties/*[name()='%s']".formatted(name));
  }

  /** A property of a profile. */
  String ofProfile(String profile, String name) {
    return text(
        "/project/profiles/profile[id='%s']/properties/*[name()='%s']".formatted(profile, name));
  }

  /** The managed artifact whose id begins so. */
  String artifact(String prefix) {
    return text(
        "/project/dependencyManagement/dependencies/dependency/artifactId[starts-with(., '%s')]"
            .formatted(prefix));
  }

  /** The platforms that the build allows. */
  List<String> platforms() {
    return List.of(text("//requireProperty[property='natives']/regex").split("\\|", -1));
  }

  private String text(String path) {
    try {
      String text = XPATH.evaluate(path, document).strip();
      if (text.isEmpty()) {
        throw new IllegalStateException("The POM has no " + path);
      }
      return text;
    } catch (XPathExpressionException e) {
      throw new IllegalStateException(e);
    }
  }
}
