package dev.gradus.teach.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import dev.gradus.teach.Browser;
import java.util.ArrayList;
import java.util.List;

/// A page with an engine for each of some lists of instructions: `e[0]`, `e[1]`, ..., all of which have run.
final class EnginePage implements AutoCloseable {
  private final Page page = Browser.page();

  EnginePage(List<Instructions> engines) {
    StringBuilder script = new StringBuilder(Instructions.engine()).append("\nconst e = [];\n");
    for (Instructions one : engines) {
      script.append("e.push(engine(").append(one.json()).append(", ").append(one.kernels()).append("));\n");
    }
    List<String> errors = new ArrayList<>();
    page.onPageError(errors::add);
    page.addScriptTag(new Page.AddScriptTagOptions().setContent(script + "e.forEach(one => one.run());"));
    assertEquals(List.of(), errors);
  }

  /// The value of an expression, in one trip.
  Object evaluate(String expression) {
    return page.evaluate(expression);
  }

  Object evaluate(String function, Object argument) {
    return page.evaluate(function, argument);
  }

  @Override
  public void close() {
    page.close();
  }
}
