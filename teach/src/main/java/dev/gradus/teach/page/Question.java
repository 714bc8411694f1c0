package dev.gradus.teach.page;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import java.util.List;

/// A question about a lesson with several answers to choose from, of which one is right.
///
/// @param text what is asked
/// @param choices the answers
/// @param right the place of the right one, from 0
/// @param why what makes it right
public record Question(String text, List<Choice> choices, int right, String why) {
  /// Copies the list.
  ///
  /// @throws GradusException where there are fewer than two answers, or none at the place of the right one
  public Question {
    choices = ImmutableList.copyOf(choices);
    if (choices.size() < 2) {
      throw new GradusException("question", "there must be answers to choose from", choices.size(), "give at least 2");
    }
    if (right < 0 || right >= choices.size()) {
      throw new GradusException("question", "the right answer must be one of " + choices.size(), right, "count from 0");
    }
  }

  /// One answer.
  ///
  /// @param text what it says
  /// @param mistake what leads to it, for one that is wrong by a known mistake; empty otherwise
  public record Choice(String text, String mistake) {
    /// An answer about which there is nothing to say.
    public static Choice of(String text) {
      return new Choice(text, "");
    }
  }
}
