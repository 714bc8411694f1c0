/// The steps of a [dev.gradus.teach.replay.Replay] in a terminal: [dev.gradus.teach.terminal.Stepper] walks through them, on a
/// screen of its own or line by line. What is shown is pure: a view and a size make a frame.
@NullMarked
package dev.gradus.teach.terminal;

import org.jspecify.annotations.NullMarked;
