package dev.gradus.show;

import com.google.common.collect.ImmutableList;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/// A plot: curves and points over two axes. It is drawn as text for a terminal or, by [SvgPlot], as a picture.
///
/// ```java
/// Tensor x = Tensor.linspace(-4, 4, 41);
/// Node sigma = sigmoid(constant(x));
/// Tensor y = Interpreter.run(sigma).of(sigma);
/// Plot plot = new Plot("sigmoid", "x", "").curve("σ(x)", x, y);
/// out.print(plot.toText(72, 12, false));
/// ```
public final class Plot {
  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final List<Series> series = new ArrayList<>();
  private boolean logarithmic;
  private double low = Double.NaN;
  private double high = Double.NaN;

  /// A plot without curves yet. Labels may be empty.
  public Plot(String title, String xLabel, String yLabel) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
  }

  /// Adds a curve through the points (x, y), in their order; it breaks where a number is not finite.
  ///
  /// @param x a vector
  /// @param y a vector of the same length
  public Plot curve(String label, Tensor x, Tensor y) {
    series.add(new Series(label, true, x, y));
    return this;
  }

  /// Adds points that are not joined.
  ///
  /// @param x a vector
  /// @param y a vector of the same length
  public Plot points(String label, Tensor x, Tensor y) {
    series.add(new Series(label, false, x, y));
    return this;
  }

  /// Spaces x by its logarithm; all x must be positive.
  public Plot logarithmicX() {
    logarithmic = true;
    return this;
  }

  /// Shows this range of y only.
  public Plot yRange(double from, double to) {
    low = from;
    high = to;
    return this;
  }

  String title() {
    return title;
  }

  String xLabel() {
    return xLabel;
  }

  String yLabel() {
    return yLabel;
  }

  List<Series> series() {
    return ImmutableList.copyOf(series);
  }

  /// @param most how many ticks there is room for
  Axis xAxis(int most) {
    double[] x = finite(Series::x);
    return logarithmic ? Axis.logarithmic(least(x), greatest(x)) : Axis.around(least(x), greatest(x), most);
  }

  /// @param most how many ticks there is room for
  Axis yAxis(int most) {
    double[] y = finite(Series::y);
    return Double.isNaN(low) ? Axis.around(least(y), greatest(y), most) : Axis.exactly(low, high, most);
  }

  private double[] finite(Function<Series, Tensor> coordinate) {
    double[] all = series.stream().map(coordinate).flatMapToDouble(t -> DoubleStream.of(t.toDoubles())).filter(Double::isFinite).toArray();
    if (all.length == 0) {
      throw new IllegalStateException("a plot without a finite point");
    }
    return all;
  }

  private static double least(double[] all) {
    return DoubleStream.of(all).min().orElseThrow();
  }

  private static double greatest(double[] all) {
    return DoubleStream.of(all).max().orElseThrow();
  }

  /// The plot for a terminal, each line ended: curves in braille dots, or in ASCII characters.
  ///
  /// @param columns how wide it may be, all in all
  /// @param rows the height of the area for curves
  public String toText(int columns, int rows, boolean ascii) {
    return TerminalPlot.of(this, columns, rows, ascii);
  }
}
