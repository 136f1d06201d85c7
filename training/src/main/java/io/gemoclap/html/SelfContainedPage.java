package io.gemoclap.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.mustachejava.DefaultMustacheFactory;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;

/**
 * Makes pages that are one file and need nothing else. Their content security policy forbids every
 * request and every script but those that are rendered into them, so that nothing that comes from
 * data can act. Stateless.
 */
public final class SelfContainedPage {
  private static final String CHARTS = "org.webjars.npm/chart.js";

  private SelfContainedPage() {}

  /**
   * Fills a template; text of the page becomes no markup, except where the template says so.
   *
   * @param owner a class whose package has the template among its resources
   * @param page what the template names
   */
  public static String fill(Class<?> owner, String template, Object page) throws IOException {
    StringWriter html = new StringWriter();
    new DefaultMustacheFactory()
        .compile(new StringReader(resource(owner, template)), template)
        .execute(html, page);
    return html.toString();
  }

  /** A text among the resources of a class's package. */
  public static String resource(Class<?> owner, String name) throws IOException {
    return Resources.toString(Resources.getResource(owner, name), StandardCharsets.UTF_8);
  }

  /** The styles that all pages share. */
  public static String styles() throws IOException {
    return resource(SelfContainedPage.class, "page.css");
  }

  /**
   * The script that draws charts: Chart.js, which its WebJar holds under a folder named by its
   * version, and {@code Plots}, which the scripts of all pages share. The page's data lie before
   * it.
   */
  public static String charts() throws IOException {
    Properties artifact = new Properties();
    try (var in =
        Resources.getResource("META-INF/maven/" + CHARTS + "/pom.properties").openStream()) {
      artifact.load(in);
    }
    String version = artifact.getProperty("version");
    String script =
        Resources.toString(
            Resources.getResource(
                "META-INF/resources/webjars/chart.js/" + version + "/dist/chart.umd.js"),
            StandardCharsets.UTF_8);
    return script.replaceFirst("\\s*//# sourceMappingURL=\\S*\\s*$", "\n")
        + resource(SelfContainedPage.class, "plots.js");
  }

  /** Data as JSON that no browser can take for markup. */
  public static String json(Object data) throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
  }

  /** The policy of a page that runs these scripts alone. */
  public static String policy(String... scripts) {
    StringBuilder policy =
        new StringBuilder(
            "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'");
    if (scripts.length > 0) {
      policy.append("; script-src");
    }
    for (String script : scripts) {
      byte[] digest = Hashing.sha256().hashString(script, StandardCharsets.UTF_8).asBytes();
      policy.append(" 'sha256-").append(Base64.getEncoder().encodeToString(digest)).append('\'');
    }
    return policy.toString();
  }
}
