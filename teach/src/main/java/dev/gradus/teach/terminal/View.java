package dev.gradus.teach.terminal;

import org.jspecify.annotations.Nullable;

/// What is looked at: a step, and what lies over it.
///
/// @param at the step's number, from 0
/// @param mode what keys do
/// @param typed what has been typed of a node's label
/// @param note something to tell, or null
record View(int at, Mode mode, String typed, @Nullable String note) {
  /// What keys do.
  enum Mode {
    /// They are commands.
    STEP,
    /// They spell a label.
    GO,
    /// They leave the help.
    HELP,
    /// Nothing: it is over.
    DONE
  }

  static final View FIRST = new View(0, Mode.STEP, "", null);

  View to(int step) {
    return new View(step, Mode.STEP, "", null);
  }

  View in(Mode other) {
    return new View(at, other, "", null);
  }

  View typing(String text) {
    return new View(at, Mode.GO, text, null);
  }

  View noting(String text) {
    return new View(at, mode, typed, text);
  }
}
