package dev.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.graph.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void constant() {
    Schedule schedule = Schedule.constant(0.1);
    assertEquals(0.1, schedule.at(0));
    assertEquals(0.1, schedule.at(1_000_000_000_000L));
  }

  @Test
  void stepsDropAfterEveryTen() {
    Schedule schedule = new Schedule.Steps(0.8, 0.5, 10);
    assertEquals(0.8, schedule.at(0));
    assertEquals(0.8, schedule.at(9));
    assertEquals(0.4, schedule.at(10));
    assertEquals(0.4, schedule.at(19));
    assertEquals(0.2, schedule.at(20));
  }

  @Test
  void exponentialShrinksEvenly() {
    Schedule schedule = new Schedule.Exponential(0.8, 0.25, 10);
    assertEquals(0.8, schedule.at(0));
    assertEquals(0.4, schedule.at(5), 1e-16);
    assertEquals(0.2, schedule.at(10), 1e-16);
    assertEquals(0.05, schedule.at(20), 1e-16);
    double ratio = schedule.at(1) / schedule.at(0);
    assertEquals(ratio, schedule.at(8) / schedule.at(7), 1e-15);
  }

  @Test
  void cosineFallsToItsLastRateAndStays() {
    Schedule schedule = new Schedule.Cosine(0.9, 0.1, 100);
    assertEquals(0.9, schedule.at(0));
    assertEquals(0.1 + 0.8 * (1 + Math.sqrt(0.5)) / 2, schedule.at(25), 1e-15);
    assertEquals(0.5, schedule.at(50), 1e-15);
    assertEquals(0.1, schedule.at(100), 1e-15);
    assertEquals(0.1, schedule.at(1000), 1e-15);
    assertEquals(0, new Schedule.Cosine(0.9, 100).at(100), 1e-16);
  }

  @Test
  void warmUpRisesInEqualPartsAndThenBegins() {
    Schedule schedule = new Schedule.Steps(0.8, 0.5, 3).warmedUp(4);
    List<Double> rates = List.of(0.2, 0.4, 0.6000000000000001, 0.8, 0.8, 0.8, 0.8, 0.4);
    for (int step = 0; step < rates.size(); step++) {
      assertEquals(rates.get(step), schedule.at(step), 1e-15);
    }
  }

  /// A step by α under a constant gradient 1 moves the parameter by exactly the rate.
  @Test
  void theTrainerFollowsIt() {
    Parameter theta = Parameter.of("theta", 0);
    Schedule schedule = new Schedule.Steps(0.5, 0.5, 2);
    Trainer trainer = Trainer.of(theta.times(1)).optimizer(new Sgd(), schedule).build();
    History history = trainer.descend(Stopping.steps(5));
    assertEquals(-(0.5 + 0.5 + 0.25 + 0.25 + 0.125), trainer.state().of(theta).item());
    assertEquals(
        List.of(0.5, 0.5, 0.25, 0.25, 0.125), history.steps().stream().map(Step::learningRate).toList());
  }

  @Test
  void refusesWhatIsNoRate() {
    assertEquals(
        "schedule: rate must be a number of at least 0, but got -0.1; choose another", Refusal.of(() -> Schedule.constant(-0.1)));
    assertEquals(
        "schedule: factor must be a number above 0, but got 0.0; choose another", Refusal.of(() -> new Schedule.Steps(1, 0, 1)));
    assertEquals(
        "schedule: every must be at least 1, but got 0; choose another", Refusal.of(() -> new Schedule.Exponential(1, 1, 0)));
    assertEquals(
        "schedule: last must be a number of at least 0, but got NaN; choose another",
        Refusal.of(() -> new Schedule.Cosine(1, Double.NaN, 5)));
    assertEquals(
        "schedule: steps must be at least 1, but got 0; choose another", Refusal.of(() -> Schedule.constant(1).warmedUp(0)));
  }
}
