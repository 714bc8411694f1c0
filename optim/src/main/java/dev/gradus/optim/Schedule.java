package dev.gradus.optim;

/// The learning rate as a function of the number of updates done. The rate is an input of the training step, so any
/// function will do and changing it rebuilds nothing. Schedules compose: a [WarmUp] ends in any other.
@FunctionalInterface
public interface Schedule {

  /// The rate for the next update when `step` updates are done, so 0 is the first.
  double at(long step);

  /// Always the same rate.
  static Schedule constant(double rate) {
    return new Constant(rate);
  }

  /// This schedule after `steps` updates on which the rate rises in equal parts to its first value.
  default Schedule warmedUp(long steps) {
    return new WarmUp(steps, this);
  }

  /// Always the same rate.
  ///
  /// @param rate the rate, at least 0
  record Constant(double rate) implements Schedule {
    /// Checks the rate.
    public Constant {
      Settings.requireAtLeastZero("schedule", "rate", rate);
    }

    @Override
    public double at(long step) {
      return rate;
    }
  }

  /// A rate that is multiplied by `factor` after every `every` updates: rate · factor^⌊step/every⌋.
  ///
  /// @param rate the first rate
  /// @param factor what it is multiplied by
  /// @param every after how many updates
  record Steps(double rate, double factor, long every) implements Schedule {
    /// Checks the settings.
    public Steps {
      Settings.requireAtLeastZero("schedule", "rate", rate);
      Settings.requirePositive("schedule", "factor", factor);
      Settings.requirePositive("schedule", "every", every);
    }

    @Override
    public double at(long step) {
      long drops = step / every;
      return rate * StrictMath.pow(factor, (double) drops);
    }
  }

  /// A rate that shrinks evenly by `factor` over every `every` updates: rate · factor^(step/every).
  ///
  /// @param rate the first rate
  /// @param factor what it has been multiplied by after `every` updates
  /// @param every how many updates that takes
  record Exponential(double rate, double factor, long every) implements Schedule {
    /// Checks the settings.
    public Exponential {
      Settings.requireAtLeastZero("schedule", "rate", rate);
      Settings.requirePositive("schedule", "factor", factor);
      Settings.requirePositive("schedule", "every", every);
    }

    @Override
    public double at(long step) {
      return rate * StrictMath.pow(factor, (double) step / every);
    }
  }

  /// A rate that falls along half a cosine from `rate` to `last` in `steps` updates and stays there:
  /// last + (rate − last)·(1 + cos(π·step/steps))/2. Loshchilov and Hutter, *SGDR: stochastic gradient descent with warm
  /// restarts*, 2017, equation 5, without restarts.
  ///
  /// @param rate the first rate
  /// @param last the rate it ends at
  /// @param steps how many updates that takes
  record Cosine(double rate, double last, long steps) implements Schedule {
    /// Checks the settings.
    public Cosine {
      Settings.requireAtLeastZero("schedule", "rate", rate);
      Settings.requireAtLeastZero("schedule", "last", last);
      Settings.requirePositive("schedule", "steps", steps);
    }

    /// Down to 0.
    public Cosine(double rate, long steps) {
      this(rate, 0, steps);
    }

    @Override
    public double at(long step) {
      double done = Math.min(1, (double) step / steps);
      return last + (rate - last) * (1 + StrictMath.cos(Math.PI * done)) / 2;
    }
  }

  /// A rise in equal parts to the first rate of another schedule, which then begins: the update number k of `steps` runs
  /// at k/steps of it. Goyal et al., *Accurate, large minibatch SGD*, 2017, section 2.2.
  ///
  /// @param steps how many updates the rise takes
  /// @param then what follows
  record WarmUp(long steps, Schedule then) implements Schedule {
    /// Checks the length.
    public WarmUp {
      Settings.requirePositive("schedule", "steps", steps);
    }

    @Override
    public double at(long step) {
      return step < steps ? then.at(0) * (step + 1) / steps : then.at(step - steps);
    }
  }
}
