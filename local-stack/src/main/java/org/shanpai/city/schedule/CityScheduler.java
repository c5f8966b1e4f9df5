package org.shanpai.city.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.shanpai.contracts.time.CityClock;

/**
 * One queue of what the city's agents do next, ordered by city time, and a few threads that do it.
 *
 * <p>Steps of one agent never overlap, so an agent needs no locks of its own. A step must not wait
 * for anything. How late each step begins is measured.
 */
public final class CityScheduler implements AutoCloseable {

  private final class Due implements Delayed {
    private final long atMillis;
    private final long order;
    private final Object agent;
    private final Runnable step;

    Due(long atMillis, Object agent, Runnable step) {
      this.atMillis = atMillis;
      this.order = sequence.incrementAndGet();
      this.agent = agent;
      this.step = step;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      double wallMillis = (atMillis - clock.millis()) / clock.speed();
      return unit.convert((long) Math.ceil(wallMillis * 1_000_000), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Due due = (Due) other;
      int byTime = Long.compare(atMillis, due.atMillis);
      return byTime != 0 ? byTime : Long.compare(order, due.order);
    }
  }

  private final CityClock clock;
  private final Consumer<Throwable> bugs;
  private final DelayQueue<Due> queue = new DelayQueue<>();
  private final AtomicLong sequence = new AtomicLong();
  private final LagMeter lag = new LagMeter();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /**
   * @param bugs is told of an exception that a step threw; the step's agent goes on
   */
  public CityScheduler(CityClock clock, int threads, Consumer<Throwable> bugs) {
    this.clock = clock;
    this.bugs = bugs;
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(this::work, "city-" + i);
      thread.setDaemon(true);
      this.threads.add(thread);
      thread.start();
    }
  }

  public CityClock clock() {
    return clock;
  }

  /** City time, epoch milliseconds. */
  public long now() {
    return clock.millis();
  }

  /**
   * Does the step at that time, or at once when it has passed.
   *
   * @param agent whose step it is
   * @param cityMillis epoch milliseconds
   */
  public void at(Object agent, long cityMillis, Runnable step) {
    if (!closed) {
      queue.add(new Due(Math.max(cityMillis, clock.millis()), agent, step));
    }
  }

  /** Does the step after so many city milliseconds. */
  public void after(Object agent, long cityMillis, Runnable step) {
    at(agent, clock.millis() + cityMillis, step);
  }

  /** City seconds in a second. */
  public double speed() {
    return clock.speed();
  }

  /** Does the step after so many wall milliseconds; for retries. */
  public void afterWall(Object agent, long wallMillis, Runnable step) {
    after(agent, Math.round(wallMillis * clock.speed()), step);
  }

  /** Does the step as soon as a thread is free. */
  public void soon(Object agent, Runnable step) {
    at(agent, clock.millis(), step);
  }

  public LagMeter lag() {
    return lag;
  }

  private void work() {
    while (!closed) {
      try {
        Due due = queue.take();
        lag.record(clock.millis() - due.atMillis);
        synchronized (due.agent) {
          due.step.run();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        bugs.accept(e);
      }
    }
  }

  /** No step begins any more. */
  @Override
  public void close() {
    closed = true;
    queue.clear();
    threads.forEach(Thread::interrupt);
  }
}
