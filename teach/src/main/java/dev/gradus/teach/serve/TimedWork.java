package dev.gradus.teach.serve;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Work that is waited for only so long, in few threads: what strangers ask for shall not take the whole machine.
final class TimedWork implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 32;

  private final int seconds;
  private final ThreadPoolExecutor threads;

  /// Threads that do not keep the program alive.
  ///
  /// @param seconds how long to wait for a piece of work, the time in the queue included
  TimedWork(int seconds) {
    this.seconds = seconds;
    this.threads = new ThreadPoolExecutor(
        THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_WAITING),
        Thread.ofPlatform().daemon().name("lesson-", 0).factory());
  }

  int seconds() {
    return seconds;
  }

  /// Does the work.
  ///
  /// @throws RejectedExecutionException where too many wait
  /// @throws TimeoutException where it takes too long; it may go on, but nobody waits for it
  /// @throws ExecutionException with what the work threw
  <T> T run(Callable<T> work) throws InterruptedException, TimeoutException, ExecutionException {
    Future<T> done = threads.submit(work);
    try {
      return done.get(seconds, TimeUnit.SECONDS);
    } finally {
      done.cancel(true);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
