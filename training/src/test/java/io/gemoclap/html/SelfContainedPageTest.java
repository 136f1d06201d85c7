package io.gemoclap.html;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.overview.OverviewPage;
import io.gemoclap.training.report.Report;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SelfContainedPageTest {
  @Test
  void whatAllChartsShareStandsInOneScript() throws IOException {
    String shared = SelfContainedPage.charts();
    Map<Class<?>, String> pages =
        Map.of(OverviewPage.class, "overview.js", Report.class, "report.js");
    for (Map.Entry<Class<?>, String> page : pages.entrySet()) {
      String own = SelfContainedPage.resource(page.getKey(), page.getValue());
      for (String part : new String[] {"#0072b2", "prefers-color-scheme", "afterDatasetsDraw"}) {
        assertTrue(shared.contains(part), part);
        assertFalse(own.contains(part), page.getValue() + " has a copy of " + part);
      }
      assertTrue(own.contains("} = Plots;"), page.getValue());
    }
  }
}
