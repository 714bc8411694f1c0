package dev.gradus.graph;

import org.jspecify.annotations.Nullable;

/// A stretch of code whose nodes' names share a prefix: inside `NameScope.open("encoder")` a node named `W` is
/// called `encoder/W`. Scopes nest and belong to the thread that opened them.
///
/// ```java
/// try (var _ = NameScope.open("layer1")) {
///   h = sigmoid(x.times(w)).named("h"); // layer1/h
/// }
/// ```
public final class NameScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable NameScope> CURRENT = new ThreadLocal<>();

  private final String prefix;
  private final @Nullable NameScope outer;

  private NameScope(String prefix, @Nullable NameScope outer) {
    this.prefix = prefix;
    this.outer = outer;
  }

  /// Opens a scope inside the current one.
  public static NameScope open(String name) {
    NameScope outer = CURRENT.get();
    NameScope scope = new NameScope(qualify(name) + "/", outer);
    CURRENT.set(scope);
    return scope;
  }

  /// `name` with the prefix of the scopes that are open in this thread.
  static String qualify(String name) {
    NameScope scope = CURRENT.get();
    return scope == null ? name : scope.prefix + name;
  }

  /// Ends the scope; the one around it is current again.
  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
