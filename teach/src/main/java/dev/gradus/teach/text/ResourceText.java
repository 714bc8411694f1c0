package dev.gradus.teach.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A text that ships beside a class.
public final class ResourceText {
  private ResourceText() {}

  /// The text of a resource, which its own package must have opened: modules hide resources from others.
  ///
  /// @param stream what `getResourceAsStream(name)` gave
  public static String read(@Nullable InputStream stream, String name) {
    try (InputStream open = Objects.requireNonNull(stream, name)) {
      return new String(open.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
