package dev.gradus.optim;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a run of training ends; asked after every update. Criteria are values and combine:
/// `Stopping.epochs(100).or(Stopping.noImprovement(5))`.
@FunctionalInterface
public interface Stopping {

  /// Why training ends now, in words, or null to go on.
  @Nullable String reason(History history);

  /// The share of the way that is done, from 0 to 1, for displays; NaN where it cannot be known.
  default double progress(History history) {
    return Double.NaN;
  }

  /// Ends when this or the other criterion is met.
  default Stopping or(Stopping other) {
    return new Either(List.of(this, other));
  }

  /// After this many updates.
  static Stopping steps(long limit) {
    return new Steps(limit);
  }

  /// After this many passes over the training set, counted in examples.
  static Stopping epochs(long limit) {
    return new Epochs(limit);
  }

  /// When the loss is below a limit: see [LossBelow].
  static Stopping lossBelow(double limit) {
    return new LossBelow(limit);
  }

  /// When the validation loss stays above its lowest for this many evaluations: see [NoImprovement].
  static Stopping noImprovement(int evaluations) {
    return new NoImprovement(evaluations);
  }

  /// When the gradient is nearly zero: see [GradientNormBelow].
  static Stopping gradientNormBelow(double limit) {
    return new GradientNormBelow(limit);
  }

  /// After a number of updates.
  ///
  /// @param limit how many
  record Steps(long limit) implements Stopping {
    /// Checks the limit.
    public Steps {
      Settings.requirePositive("stopping", "steps", limit);
    }

    @Override
    public @Nullable String reason(History history) {
      return history.steps().size() >= limit ? limit + " steps done" : null;
    }

    @Override
    public double progress(History history) {
      return (double) history.steps().size() / limit;
    }
  }

  /// After a number of passes over the training set, counted in examples.
  ///
  /// @param limit how many
  record Epochs(long limit) implements Stopping {
    /// Checks the limit.
    public Epochs {
      Settings.requirePositive("stopping", "epochs", limit);
    }

    @Override
    public @Nullable String reason(History history) {
      return history.epochs() >= limit ? limit + " epochs done" : null;
    }

    @Override
    public double progress(History history) {
      return Math.min(1, history.epochs() / limit);
    }
  }

  /// When the mean loss of the batches between two evaluations is below a limit. The loss of one batch would not do: of
  /// single examples some are easy from the start.
  ///
  /// @param limit the limit
  record LossBelow(double limit) implements Stopping {
    @Override
    public @Nullable String reason(History history) {
      List<Evaluation> all = history.evaluations();
      return !all.isEmpty() && all.getLast().trainingLoss() < limit ? "the loss is below " + limit : null;
    }
  }

  /// When the validation loss was lowest this many evaluations ago (early stopping: Prechelt, *Early stopping, but when?*,
  /// 1998). Needs a trainer with a validation set.
  ///
  /// @param evaluations how many, at least 1
  record NoImprovement(int evaluations) implements Stopping {
    /// Checks the number.
    public NoImprovement {
      Settings.requirePositive("stopping", "evaluations", evaluations);
    }

    @Override
    public @Nullable String reason(History history) {
      if (!history.isValidated()) {
        throw new GradusException(
            "stopping", "no improvement is seen on a validation set", "none", "give the trainer one");
      }
      return history.evaluationsSinceBest() >= evaluations
          ? "no improvement for " + evaluations + " evaluations"
          : null;
    }
  }

  /// When the norm of the gradient of a step's batch, before clipping, is below a limit.
  ///
  /// @param limit the limit
  record GradientNormBelow(double limit) implements Stopping {
    @Override
    public @Nullable String reason(History history) {
      List<Step> all = history.steps();
      return !all.isEmpty() && all.getLast().gradientNorm() < limit ? "the gradient's norm is below " + limit : null;
    }
  }

  /// When the first of several criteria is met.
  ///
  /// @param criteria the criteria
  record Either(List<Stopping> criteria) implements Stopping {
    /// Copies the list.
    public Either {
      criteria = ImmutableList.copyOf(criteria);
    }

    @Override
    public @Nullable String reason(History history) {
      for (Stopping criterion : criteria) {
        String reason = criterion.reason(history);
        if (reason != null) {
          return reason;
        }
      }
      return null;
    }

    @Override
    public double progress(History history) {
      return criteria.stream().mapToDouble(c -> c.progress(history)).filter(p -> !Double.isNaN(p)).max().orElse(Double.NaN);
    }
  }
}
