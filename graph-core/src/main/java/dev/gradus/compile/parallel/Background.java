package dev.gradus.compile.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A thread that warms code up beside the work that waits for it, several pieces in turns, so that the compiler of the JVM, which
/// takes most of the time, always has something to do.
public final class Background {
  /// Pieces that are warmed at a time.
  private static final int MOST = 16;

  /// How long it waits after each round: the compiler needs the processor more.
  private static final long PAUSE_MILLIS = 1;

  private static final BlockingDeque<Supplier<BooleanSupplier>> WAITING = new LinkedBlockingDeque<>();

  /// Pieces that everything uses, and that are few: they do not wait.
  private static final Queue<Supplier<BooleanSupplier>> COMMON = new ConcurrentLinkedQueue<>();

  static {
    Thread thread = new Thread(Background::work, "gradus-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private Background() {}

  /// For tests: whether what would be warmed up is used at once, which is slow.
  public static boolean isSkipped() {
    return Boolean.getBoolean("dev.gradus.compile.cold");
  }

  /// Has something prepared on that thread and then done in turns until it says that it is done: what came last is what is being
  /// used, and goes first.
  public static void add(Supplier<BooleanSupplier> piece) {
    WAITING.addFirst(piece);
  }

  /// The same for a piece that everything uses.
  public static void addCommon(Supplier<BooleanSupplier> piece) {
    COMMON.add(piece);
    WAITING.addFirst(() -> () -> true); // wakes the thread
  }

  private static void work() {
    List<BooleanSupplier> active = new ArrayList<>();
    try {
      while (true) {
        Supplier<BooleanSupplier> next = active.isEmpty() ? WAITING.take() : null;
        if (next != null) {
          start(next, active);
        }
        while ((next = COMMON.poll()) != null || (active.size() < MOST && (next = WAITING.poll()) != null)) {
          start(next, active);
        }
        active.removeIf(turn -> guarded(turn));
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void start(Supplier<BooleanSupplier> piece, List<BooleanSupplier> active) {
    guarded(() -> active.add(piece.get()));
  }

  private static boolean guarded(BooleanSupplier turn) {
    try {
      return turn.getAsBoolean();
    } catch (RuntimeException | OutOfMemoryError e) {
      // Whoever waits for it goes on as before; the next may fare better.
      System.getLogger("dev.gradus.compile").log(System.Logger.Level.WARNING, "something stays slow that would be fast", e);
      return true;
    }
  }
}
