package dev.gradus.optim;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets a program that is told to end (Ctrl-C, a signal to terminate) first finish what it is at: inside the block the end
/// of the program asks the work to stop and waits until the block is left.
///
/// ```java
/// try (var _ = Interruption.guard(trainer::stop)) {
///   History history = trainer.epochs(32, Stopping.epochs(1000));
///   trainer.state().checkpoint().save(file); // with what was learned so far
/// }
/// ```
///
/// What shall still happen belongs inside the block; once it is left, an ending program ends.
public final class Interruption implements AutoCloseable {
  /// How long an ending program waits for a block that does not react, in seconds.
  private static final long PATIENCE = 30;

  private final Runnable stop;
  private final CountDownLatch left = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "gradus-interruption");
  private volatile boolean interrupted;

  private Interruption(Runnable stop) {
    this.stop = stop;
  }

  /// Begins a block whose work ends early when `stop` is called, from another thread.
  public static Interruption guard(Runnable stop) {
    Interruption guard = new Interruption(stop);
    Runtime.getRuntime().addShutdownHook(guard.hook);
    return guard;
  }

  /// Whether the program was told to end.
  public boolean isInterrupted() {
    return interrupted;
  }

  private void interrupt() {
    interrupted = true;
    stop.run();
    try {
      boolean inTime = left.await(PATIENCE, TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println("gradus: gave up waiting for the running step; what it would have saved is lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the block.
  @Override
  public void close() {
    left.countDown();
    if (!interrupted) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The program is ending already: the hook runs, and finds the block left.
        interrupted = true;
      }
    }
  }
}
