package dev.gradus.teach.page;

import dev.gradus.graph.Node;
import org.jspecify.annotations.Nullable;

/// What a page shows first, where its link does not say otherwise.
///
/// @param tab what the right side shows
/// @param step the step, from 0; [#END] for the last
/// @param node the node that is chosen, or null
/// @param element the element of its tensor that is chosen, counted row by row from 0
public record Opening(Tab tab, int step, @Nullable Node node, int element) {
  /// The last step, however many there are.
  public static final int END = Integer.MAX_VALUE;

  /// The first step, and no node chosen.
  public static final Opening START = new Opening(Tab.STEP, 0, null, 0);

  /// What the right side of a page can show.
  public enum Tab {
    /// The step in rule, symbols and numbers.
    STEP("step"),
    /// The node that is chosen, with its value, its gradient and its curve.
    NODE("node"),
    /// Questions about the next step, and the lesson's own.
    QUIZ("quiz"),
    /// Gradient descent; the step where the lesson has no training.
    TRAINING("training"),
    /// What goes wrong without sorting.
    SORT("sort");

    private final String key;

    Tab(String key) {
      this.key = key;
    }
  }

  /// A tab at the end of the backward pass.
  public static Opening atEnd(Tab tab) {
    return new Opening(tab, END, null, 0);
  }

  /// A tab at a step.
  public static Opening at(int step, Tab tab) {
    return new Opening(tab, step, null, 0);
  }

  /// The same with a node chosen.
  public Opening on(Node chosen) {
    return new Opening(tab, step, chosen, element);
  }

  /// The same with an element of the node's tensor chosen.
  public Opening element(int chosen) {
    return new Opening(tab, step, node, chosen);
  }

  /// The state as the page's links write it, without `#`.
  ///
  /// @param id the number of the chosen node; not used where none is chosen
  /// @param steps how many steps there are
  /// @param isTrained whether the page has training to show
  String link(int id, int steps, boolean isTrained) {
    StringBuilder link = new StringBuilder("k=").append(Math.min(step, steps - 1));
    if (node != null) {
      link.append("&n=").append(id);
    }
    if (element != 0) {
      link.append("&e=").append(element);
    }
    if (tab != Tab.STEP && (tab != Tab.TRAINING || isTrained)) {
      link.append("&t=").append(tab.key);
    }
    return link.toString();
  }
}
