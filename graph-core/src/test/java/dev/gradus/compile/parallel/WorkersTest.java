package dev.gradus.compile.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  private final Workers workers = new Workers();

  @Test
  void everyRoundRunsOnce() {
    for (int threads : new int[] {0, 1, 2, 3, 8}) {
      for (int tasks : new int[] {0, 1, 2, 7, 1000}) {
        AtomicIntegerArray seen = new AtomicIntegerArray(tasks);
        workers.run(tasks, seen::incrementAndGet, threads);
        for (int i = 0; i < tasks; i++) {
          assertEquals(1, seen.get(i), threads + " threads, round " + i);
        }
      }
    }
  }

  /// Rounds that wait for each other end only if as many threads take part.
  @Test
  void asManyThreadsTakePartAsWereAskedFor() {
    CountDownLatch all = new CountDownLatch(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    workers.run(3, i -> meet(all, threads), 3);
    assertEquals(3, threads.size());
    assertTrue(threads.contains(Thread.currentThread()));
    Set<Thread> two = ConcurrentHashMap.newKeySet();
    workers.run(1000, i -> two.add(Thread.currentThread()), 2);
    assertTrue(two.size() <= 2, two.toString());
  }

  private static void meet(CountDownLatch all, Set<Thread> threads) {
    threads.add(Thread.currentThread());
    all.countDown();
    try {
      all.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /// What one loop wrote, the caller and the next loop read, many thousand times, with pauses in which workers fall asleep.
  @Test
  void loopsFollowOneAnother() throws InterruptedException {
    int[] numbers = new int[64];
    for (int round = 0; round < 20_000; round++) {
      workers.run(64, i -> numbers[i]++, 2 + round % 3);
      if (round % 4000 == 0) {
        Thread.sleep(Duration.ofMillis(5));
      }
    }
    for (int number : numbers) {
      assertEquals(20_000, number);
    }
  }

  @Test
  void nestedLoopsRun() {
    AtomicInteger sum = new AtomicInteger();
    workers.run(8, i -> workers.run(8, j -> sum.addAndGet(8 * i + j), 4), 4);
    assertEquals(64 * 63 / 2, sum.get());
  }

  @Test
  void callersDoNotDisturbEachOther() throws InterruptedException {
    AtomicInteger wrong = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int round = 0; round < 2000; round++) {
                      AtomicInteger sum = new AtomicInteger();
                      workers.run(20, sum::addAndGet, 3);
                      if (sum.get() != 190) {
                        wrong.incrementAndGet();
                      }
                    }
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(0, wrong.get());
  }

  @Test
  void whatARoundThrowsComesOut() {
    for (int round = 0; round < 200; round++) {
      var planned = new IllegalStateException("planned");
      AtomicInteger after = new AtomicInteger();
      assertSame(
          planned,
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      100,
                      i -> {
                        if (i == 1) {
                          throw planned;
                        }
                      },
                      3)));
      workers.run(10, i -> after.incrementAndGet(), 3);
      assertEquals(10, after.get());
    }
  }
}
