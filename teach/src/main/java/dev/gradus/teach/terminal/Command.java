package dev.gradus.teach.terminal;

import java.util.Arrays;
import java.util.Optional;

/// What a person can ask for.
enum Command {
  NEXT("n"),
  PREVIOUS("p"),
  FAN_OUT("f"),
  GO("g"),
  BEGIN("b"),
  END("e"),
  HELP("?"),
  QUIT("q");

  private final String key;

  Command(String key) {
    this.key = key;
  }

  /// The key that stands for it.
  String key() {
    return key;
  }

  static Optional<Command> of(String key) {
    return Arrays.stream(values()).filter(command -> command.key.equals(key)).findFirst();
  }
}
