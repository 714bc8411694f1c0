package dev.gradus.optim;

/// Is told what a [Trainer] does while it does it, in its thread.
public interface Listener {

  /// An update was done.
  ///
  /// @param step the update
  /// @param progress the share of the run that is done, from 0 to 1; NaN where it cannot be known
  default void stepped(Step step, double progress) {}

  /// The whole was looked at.
  default void evaluated(Evaluation evaluation) {}

  /// The run ended; the history says why.
  default void ended(History history) {}

  /// The run ends in an error, which the caller of the trainer gets.
  default void failed() {}
}
