package dev.gradus.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/// What a person, or a pipe, types.
///
/// @param lines standard input
/// @param isTerminal whether standard input and output are a terminal
record Keyboard(BufferedReader lines, boolean isTerminal) {
  /// One at which nobody sits.
  static Keyboard none() {
    return new Keyboard(new BufferedReader(Reader.nullReader()), false);
  }

  /// That of this process.
  @SuppressWarnings("SystemConsoleNull") // it may be null again where nobody sits, since JDK 25
  static Keyboard system() {
    Console console = System.console();
    return new Keyboard(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), console != null && console.isTerminal());
  }
}
