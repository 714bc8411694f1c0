package dev.gradus.teach.page;

import dev.gradus.GradusException;
import dev.gradus.graph.Node;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What a page needs to train the graph it shows, by w ← w − η ∂L/∂w.
///
/// @param rate η, the learning rate at the start
/// @param boundary what to draw for points in the plane, or null
public record Training(double rate, @Nullable Boundary boundary) {
  /// @throws GradusException where the rate is not above 0
  public Training {
    if (!(rate > 0 && Double.isFinite(rate))) {
      throw new GradusException("training", "the learning rate must be above 0 and finite", rate, "choose one such as 0.1");
    }
  }

  /// Training on what the leaves hold.
  public static Training at(double rate) {
    return new Training(rate, null);
  }

  /// The same with a picture of the decision boundary.
  public Training with(Boundary drawn) {
    return new Training(rate, drawn);
  }

  /// The plane in the colours of what a network says, and the points it learns from.
  ///
  /// @param value what the network says at each place of the grid, row by row: as many elements as the grid has places
  /// @param grid the places
  /// @param points a row (x, y) for each point
  /// @param labels a number for each point
  /// @param threshold what separates the two classes, for values and labels
  public record Boundary(Node value, Grid grid, Tensor points, Tensor labels, double threshold) {
    /// @throws GradusException where sizes do not fit each other
    public Boundary {
      if (value.shape().size() != grid.rows() * grid.columns()) {
        throw new GradusException(
            "boundary", "there must be a value for each of the grid's " + grid.rows() * grid.columns() + " places", value.shape(), "compute it for grid.places()");
      }
      if (!points.shape().equals(Shape.of(labels.size(), 2))) {
        throw new GradusException("boundary", "there must be a row (x, y) for each of " + labels.size() + " labels", points.shape(), "give as many of both");
      }
    }
  }

  /// Places in a rectangle, row by row from the lower left.
  ///
  /// @param left the least x
  /// @param right the largest x
  /// @param columns how many places in x
  /// @param bottom the least y
  /// @param top the largest y
  /// @param rows how many places in y
  public record Grid(double left, double right, int columns, double bottom, double top, int rows) {
    /// @throws GradusException where there are less than two places in x or y
    public Grid {
      if (columns < 2 || rows < 2) {
        throw new GradusException("grid", "there must be two rows and columns or more", rows + " by " + columns, "choose about 40 of both");
      }
    }

    /// The places as a matrix with a row (x, y) each.
    public Tensor places() {
      double[] all = new double[2 * rows * columns];
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          all[2 * (r * columns + c)] = left + (right - left) * c / (columns - 1);
          all[2 * (r * columns + c) + 1] = bottom + (top - bottom) * r / (rows - 1);
        }
      }
      return Tensor.of(Shape.of(rows * columns, 2), all);
    }
  }
}
