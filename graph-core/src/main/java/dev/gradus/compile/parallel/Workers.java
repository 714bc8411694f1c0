package dev.gradus.compile.parallel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A pool of threads for short loops: the rounds of one loop are shared out, and the caller takes part.
///
/// Loops here take microseconds, so that waking a thread must not: a worker that has nothing to do spins for a while before
/// it sleeps. One loop runs at a time. A loop that starts inside another, or beside it on another thread, runs on its
/// caller alone, so that nothing can wait in a circle.
///
/// Which thread takes which round is chance; a loop whose result must not depend on it has rounds that do not depend on each
/// other. A run allocates nothing.
public final class Workers {
  /// How often one looks for work without a pause, some 35 µs, and then with a yield to others between the looks, another
  /// 100 µs, before it sleeps: longer than the usual gap between two loops of a program, and little beside what waking costs.
  private static final int SPINS = 2000;

  private static final int YIELDS = 100;

  private static final VarHandle OPEN;

  static {
    try {
      OPEN = MethodHandles.lookup().findVarHandle(Workers.class, "open", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private static final Workers SHARED = new Workers();

  /// Held by the one loop that has the pool; what is not volatile below belongs to it.
  private final AtomicBoolean taken = new AtomicBoolean();

  private final List<Worker> workers = new ArrayList<>();

  /// The loop as it stands: in the low half how many of its rounds nobody has taken yet, in the high half how many workers may
  /// take one. A round is taken by counting down. Fields that describe the loop are written before this one and change only
  /// after its last round is done; whoever has counted down may therefore read them.
  private volatile long open;

  private IntConsumer task = Workers::nothing;
  private int tasks;
  private @Nullable Thread caller;
  private final AtomicInteger unfinished = new AtomicInteger();
  private volatile boolean callerSleeps;
  private volatile @Nullable Throwable failure;

  Workers() {}

  /// The pool that all programs of this JVM share.
  public static Workers shared() {
    return SHARED;
  }

  /// Runs `task` for 0, 1, … `tasks` − 1 on up to `threads` threads, this one among them, and returns when all are done.
  ///
  /// When a round throws, those not begun are left out, and the first that was thrown comes out here.
  public void run(int tasks, IntConsumer task, int threads) {
    int helpers = Math.min(threads, tasks) - 1;
    if (helpers <= 0 || !taken.compareAndSet(false, true)) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
      return;
    }
    Throwable thrown;
    try {
      share(tasks, task, helpers);
      thrown = failure;
    } finally {
      this.task = Workers::nothing;
      caller = null;
      failure = null;
      taken.set(false);
    }
    if (thrown != null) {
      throw Workers.<RuntimeException>unchecked(thrown);
    }
  }

  private void share(int tasks, IntConsumer task, int helpers) {
    while (workers.size() < helpers) {
      workers.add(new Worker(workers.size()));
    }
    this.task = task;
    this.tasks = tasks;
    caller = Thread.currentThread();
    unfinished.set(tasks);
    open = (long) helpers << 32 | tasks;
    for (int i = 0; i < helpers; i++) {
      workers.get(i).wake();
    }
    while (takeRound(-1)) {}
    for (int looks = 0; unfinished.get() > 0; looks++) {
      if (!pause(looks)) {
        callerSleeps = true;
        if (unfinished.get() > 0) {
          LockSupport.park(this);
        }
        callerSleeps = false;
      }
    }
  }

  /// Does a round of the loop, or loses the race for it; says whether there was one that the worker of this number may take.
  private boolean takeRound(int worker) {
    long seen = open;
    int left = (int) seen;
    if (left == 0 || worker >= (int) (seen >>> 32)) {
      return false;
    }
    if (OPEN.compareAndSet(this, seen, seen - 1)) {
      Thread waiting = caller;
      try {
        if (failure == null) {
          task.accept(tasks - left);
        }
      } catch (Throwable thrown) {
        failure = thrown;
      }
      // After the last one is counted, the fields may belong to the next loop.
      if (unfinished.decrementAndGet() == 0 && callerSleeps) {
        LockSupport.unpark(waiting);
      }
    }
    return true;
  }

  private static void nothing(int round) {}

  /// Waits a moment before the next look; refuses when there were so many that one should sleep.
  @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on the yield: it is for others who want the core.
  private static boolean pause(int looks) {
    if (looks < SPINS) {
      Thread.onSpinWait();
    } else if (looks < SPINS + YIELDS) {
      Thread.yield();
    } else {
      return false;
    }
    return true;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private final class Worker implements Runnable {
    private final int number;
    private final Thread thread;
    private volatile boolean sleeps;

    Worker(int number) {
      this.number = number;
      thread = Thread.ofPlatform().daemon().name("gradus-worker-" + number).unstarted(this);
      thread.start();
    }

    void wake() {
      if (sleeps) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      for (int looks = 0; ; looks++) {
        if (takeRound(number)) {
          looks = 0;
        } else if (!pause(looks)) {
          // Whoever opens a loop after this line sees that this one sleeps; whoever did so before is seen by the next look.
          sleeps = true;
          if (!takeRound(number)) {
            LockSupport.park(Workers.this);
          }
          sleeps = false;
          looks = 0;
        }
      }
    }
  }
}
