package dev.gradus.teach;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The headless Chromium in which pages are tested: one for all tests of a JVM, started when first wanted. Where none is
/// installed, tests that ask for a page are left out.
///
/// Belongs to one thread, as all of Playwright does.
public final class Browser {
  private static @Nullable Browser running;

  private final com.microsoft.playwright.Browser chromium;
  private final List<BrowserContext> contexts = new ArrayList<>();

  private Browser(Path executable) {
    Playwright playwright =
        Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium = playwright.chromium().launch(
        new BrowserType.LaunchOptions()
            .setExecutablePath(executable)
            .setHeadless(true)
            .setArgs(isRoot() ? List.of("--no-sandbox") : List.of()));
    Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "closes the browser"));
  }

  /// Chromium refuses its sandbox to root.
  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /// A blank page that shares nothing with any other. Close it when done.
  ///
  /// @throws org.opentest4j.TestAbortedException where there is no Chromium
  public static Page page() {
    Path executable = Installed.CHROMIUM.require();
    Browser browser = running;
    if (browser == null) {
      browser = new Browser(executable);
      running = browser;
    }
    return browser.fresh();
  }

  private Page fresh() {
    contexts.removeIf(context -> {
      boolean isDone = context.pages().isEmpty();
      if (isDone) {
        context.close();
      }
      return isDone;
    });
    BrowserContext context = chromium.newContext();
    context.setDefaultTimeout(10_000);
    contexts.add(context);
    return context.newPage();
  }
}
